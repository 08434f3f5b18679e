import type { z } from 'zod';
import type { Envelope } from './operation';
import { accountOperations } from './operations/accounts';
import { apiKeyOperations } from './operations/api-keys';
import { campaignOperations } from './operations/campaigns';
import { chatOperations } from './operations/chats';
import { consoleOperations } from './operations/console';
import { draftOperations } from './operations/drafts';
import { messageOperations } from './operations/messages';
import { optOutOperations } from './operations/opt-outs';
import { pageOperations } from './operations/page-operations';
import { sendOperations } from './operations/sends';
import { sessionOperations } from './operations/sessions';
import { statusSendOperations } from './operations/statuses';
import { webhookOperations } from './operations/webhooks';

/** Everything the product can do. Window, REST and MCP are derived from this object by plain functions. */
export const registry = {
  ...accountOperations,
  ...sessionOperations,
  ...chatOperations,
  ...messageOperations,
  ...sendOperations,
  ...statusSendOperations,
  ...draftOperations,
  ...pageOperations,
  ...campaignOperations,
  ...optOutOperations,
  ...apiKeyOperations,
  ...webhookOperations,
  ...consoleOperations,
} as const;

export type Registry = typeof registry;
export type OperationName = keyof Registry;
/** What a caller passes: before defaults are filled in. */
export type OperationInput<Name extends OperationName> = z.input<Registry[Name]['input']>;
/** What a handler receives: parsed, with defaults. */
export type ParsedInput<Name extends OperationName> = z.output<Registry[Name]['input']>;
export type OperationOutput<Name extends OperationName> = z.output<Registry[Name]['output']>;
export type OperationEnvelope<Name extends OperationName> = Envelope<OperationOutput<Name>>;

export const operationNames = Object.keys(registry) as readonly OperationName[];

export const isOperationName = (name: string): name is OperationName => Object.hasOwn(registry, name);
