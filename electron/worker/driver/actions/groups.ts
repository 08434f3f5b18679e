import type { groupOperations } from '../../../contract/operations/groups';
import type { PageActions } from './page-actions';

export const groupActions: PageActions<typeof groupOperations> = {};
