import { DatabaseSync } from 'node:sqlite';
import type { StoredMessages } from '../../electron/application/ports/message-store';
import type { Outgoing, SendStep, Stepped, StoredSend } from '../../electron/application/ports/outbox-store';
import type { DeliveryStatus } from '../../electron/contract/entities/message';
import { mediaIdSchema, type OutgoingContent } from '../../electron/contract/entities/outgoing';
import type { SendState } from '../../electron/contract/entities/send';
import { type AccountDatabase, createAccountDatabase } from '../../electron/store/account-database';
import { migrate } from '../../electron/store/migrate';
import type { Queued } from '../../electron/store/outgoing-queue';
import { accountId, ana, anOutgoing, messageId } from './entities';

/** An account's database in memory, and short words for what tests of its outbox ask it. */
export interface OutboxDatabase {
  readonly file: DatabaseSync;
  readonly database: AccountDatabase;
  /** Accepts a text to Ana, or what is changed of it; throws when it is refused. */
  queue(id: string, changes?: Partial<Outgoing>): Queued;
  /** The code with which it is refused; undefined when it is accepted. */
  refusal(id: string, changes?: Partial<Outgoing>): string | undefined;
  take(id: string, to: SendState, changes?: Partial<SendStep>): Stepped;
  /** WhatsApp's word on a message to Ana. */
  ack(id: string, status: DeliveryStatus, problem?: string): StoredMessages;
  find(id: string): StoredSend | undefined;
  /** Ana's conversation as `<id> <status>`. */
  shown(): readonly string[];
  /** The open rows as `<id> <state>`. */
  states(): readonly string[];
}

/** @param ackMs The time at which the store hears of every ack. */
export const createOutboxDatabase = (ackMs: number): OutboxDatabase => {
  const file = new DatabaseSync(':memory:');
  file.exec('PRAGMA foreign_keys = ON');
  migrate(file, 'support');
  const database = createAccountDatabase(file, accountId('support'), () => ackMs);
  const tryOne = (id: string, changes: Partial<Outgoing> = {}) =>
    database.queueAllOutgoing([anOutgoing(id, changes)])[0];
  return {
    file,
    database,
    queue(id, changes) {
      const outcome = tryOne(id, changes);
      if (outcome?.ok !== true) throw new Error(`not accepted: ${outcome?.error.code ?? 'nothing'}`);
      return outcome.value;
    },
    refusal(id, changes) {
      const outcome = tryOne(id, changes);
      return outcome?.ok === false ? outcome.error.code : undefined;
    },
    take: (id, to, changes) => database.stepSends([aStep(id, to, changes)]),
    ack: (id, status, problem) => database.applyStatuses([{ chatId: ana, messageId: messageId(id), status, problem }]),
    find: (id) => database.findSend(ana, messageId(id)),
    shown: () => database.listMessages(ana, undefined, 50).messages.map(({ id, status }) => `${id} ${status ?? ''}`),
    states: () => database.listOpenSends().map((send) => `${send.messageId} ${send.state}`),
  };
};

export const aStep = (id: string, to: SendState, changes: Partial<SendStep> = {}): SendStep => ({
  chatId: ana,
  messageId: messageId(id),
  to,
  atMs: 3_000_000,
  ...changes,
});

export const someMedia = (changes: Partial<Extract<OutgoingContent, { kind: 'media' }>> = {}): OutgoingContent => ({
  kind: 'media',
  mediaId: mediaIdSchema.parse('A'.repeat(32)),
  form: 'auto',
  mimetype: 'image/png',
  filename: 'a.png',
  size: 7,
  ...changes,
});
