import type { groupSettingOperations } from '../../../contract/operations/group-settings';
import type { PageActions } from './page-actions';

export const groupSettingActions: PageActions<typeof groupSettingOperations> = {};
