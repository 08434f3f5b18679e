import type { Outgoing } from '../../electron/application/ports/outbox-store';
import type { Account } from '../../electron/contract/entities/account';
import { accountSettingsSchema } from '../../electron/contract/entities/account-settings';
import type { ObservedChat } from '../../electron/contract/entities/chat';
import type { ObservedMessage } from '../../electron/contract/entities/message';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../../electron/contract/ids';

export const accountId = (id: string) => accountIdSchema.parse(id);
export const chatId = (id: string) => chatIdSchema.parse(id);
export const messageId = (id: string) => messageIdSchema.parse(id);

export const anAccount = (id: string, changes: Partial<Account> = {}): Account => ({
  id: accountId(id),
  label: 'Support',
  color: 0,
  network: 'practice',
  position: 0,
  autoStart: false,
  createdAtMs: 1,
  settings: accountSettingsSchema.parse({}),
  ...changes,
});

/** A customer of the tests. */
export const ana = chatId('551100000001@c.us');
export const bruno = chatId('551100000002@c.us');
export const team = chatId('120363000000000001@g.us');

export const anObservedChat = (changes: Partial<ObservedChat> = {}): ObservedChat => ({
  id: ana,
  kind: 'direct',
  name: 'Ana',
  phone: '+551100000001',
  unreadCount: 0,
  lastActivityMs: 0,
  archived: false,
  pinned: false,
  ...changes,
});

export const anInbound = (id: string, changes: Partial<ObservedMessage> = {}): ObservedMessage => ({
  id: messageId(id),
  chatId: ana,
  fromMe: false,
  type: 'text',
  body: `text of ${id}`,
  timestampMs: 1_000_000,
  ...changes,
});

export const anOwn = (id: string, changes: Partial<ObservedMessage> = {}): ObservedMessage => ({
  ...anInbound(id),
  fromMe: true,
  status: 'pending',
  ...changes,
});

/** A text on its way out, as a person sends it. */
export const anOutgoing = (id: string, changes: Partial<Outgoing> = {}): Outgoing => ({
  chatId: ana,
  messageId: messageId(id),
  content: { kind: 'text', body: 'hello' },
  quotedMessageId: undefined,
  lane: 'person',
  policy: 'never_twice',
  idempotencyKey: undefined,
  timestampMs: 2_000_000,
  ...changes,
});
