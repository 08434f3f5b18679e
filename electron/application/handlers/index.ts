import { createAccountConfigurationHandlers } from './account-configuration';
import { createAccountHandlers } from './accounts';
import { createApiKeyHandlers } from './api-keys';
import { createCampaignHandlers } from './campaigns';
import { createChatActionHandlers } from './chat-actions';
import { createChatHandlers } from './chats';
import { createConsoleHandlers } from './console';
import { createDraftHandlers } from './drafts';
import { createGroupPeopleHandlers } from './group-people';
import type { HandlerPorts } from './handler-ports';
import type { Handlers } from './handler-types';
import { createMessageActionHandlers } from './message-actions';
import { createMessageHandlers } from './messages';
import { createObservationHandlers } from './observation';
import { createOptOutHandlers } from './opt-outs';
import { createPageHandlers } from './page';
import { createSendHandlers } from './sends';
import { createSessionHandlers } from './sessions';
import { createWebhookHandlers } from './webhooks';

/** One handler for every operation of the registry. */
export const createHandlers = (ports: HandlerPorts): Handlers => ({
  ...createAccountHandlers(ports),
  ...createAccountConfigurationHandlers(ports),
  ...createSessionHandlers(ports),
  ...createChatHandlers(ports),
  ...createMessageHandlers(ports),
  ...createSendHandlers(ports),
  ...createDraftHandlers(ports),
  ...createOptOutHandlers(ports),
  ...createApiKeyHandlers(ports),
  ...createWebhookHandlers(ports),
  ...createCampaignHandlers(ports),
  ...createPageHandlers(ports),
  ...createGroupPeopleHandlers(ports),
  ...createChatActionHandlers(ports),
  ...createMessageActionHandlers(ports),
  ...createConsoleHandlers(ports),
  ...createObservationHandlers(ports),
});
