import type { profileOperations } from '../../../contract/operations/profile';
import type { PageActions } from './page-actions';

export const profileActions: PageActions<typeof profileOperations> = {};
