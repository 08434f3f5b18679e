import type { messageActionOperations } from '../../../contract/operations/message-actions';
import type { PageActions } from './page-actions';

export const messageActions: PageActions<typeof messageActionOperations> = {};
