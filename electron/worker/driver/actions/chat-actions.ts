import type { chatActionOperations } from '../../../contract/operations/chat-actions';
import type { PageActions } from './page-actions';

export const chatActions: PageActions<typeof chatActionOperations> = {};
