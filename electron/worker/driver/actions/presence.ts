import type { presenceOperations } from '../../../contract/operations/presence';
import type { PageActions } from './page-actions';

export const presenceActions: PageActions<typeof presenceOperations> = {};
