import type { labelOperations } from '../../../contract/operations/labels';
import type { PageActions } from './page-actions';

export const labelActions: PageActions<typeof labelOperations> = {};
