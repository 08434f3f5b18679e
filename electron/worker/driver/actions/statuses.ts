import type { statusOperations } from '../../../contract/operations/statuses';
import type { PageActions } from './page-actions';

export const statusActions: PageActions<typeof statusOperations> = {};
