import type { Account } from '../../contract/entities/account';
import type { Send, SendState } from '../../contract/entities/send';
import { OperationError } from '../../contract/errors';
import type { ChatId, MessageId } from '../../contract/ids';
import { needsAttention } from '../../domain/send-states';
import type { StoredSend } from '../ports/outbox-store';
import type { AccountOutbox } from './account-outbox';
import { doNotContact } from './opt-out-list';

interface Named {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

const stateWords: Readonly<Record<SendState, string>> = {
  queued: 'still waits',
  claimed: 'is being sent',
  handed: 'is with WhatsApp Web',
  sent: 'was sent',
  delivered: 'was delivered',
  read: 'was read',
  failed: 'failed',
  unknown: 'may or may not have left',
  stuck: 'is stuck in WhatsApp Web',
  cancelled: 'was cancelled',
  dismissed: 'was taken off the list',
};

const find = async ({ desk }: AccountOutbox, { id, label }: Account, named: Named): Promise<StoredSend> => {
  const send = await desk.ports.store.findSend(id, named.chatId, named.messageId);
  if (send !== undefined) return send;
  throw noSuchSend(label, named);
};

export const noSuchSend = (label: string, { chatId, messageId }: Named): OperationError =>
  new OperationError(
    'SEND_NOT_FOUND',
    `${label}: the outbox has no message ${messageId} to ${chatId}; sends.list names those there are.`,
    { data: { chatId, messageId } },
  );

const tooLate = (label: string, { state }: StoredSend, whatInstead: string): OperationError =>
  new OperationError('SEND_TOO_LATE', `${label}: this message ${stateWords[state]}, so ${whatInstead}.`, {
    data: { state },
  });

const describe = async ({ desk }: AccountOutbox, row: StoredSend): Promise<Send> => {
  const [send] = await desk.describe([row]);
  if (send === undefined) throw new Error('a row of the outbox has no description');
  return send;
};

/** One step by hand; the row as it is after it, which may be where somebody else has moved it in this moment. */
const step = async (outbox: AccountOutbox, account: Account, named: Named, to: SendState): Promise<StoredSend> => {
  const { desk } = outbox;
  try {
    await desk.step([{ ...named, to, atMs: desk.ports.clock.nowMs() }], 'us');
  } catch (error) {
    // It may have happened all the same.
    desk.mistrust();
    throw error;
  } finally {
    outbox.wake();
  }
  return find(outbox, account, named);
};

/** Takes back a message that still waits. Once is as good as twice. */
export const cancelSend = async (outbox: AccountOutbox, account: Account, named: Named): Promise<Send> => {
  const before = await find(outbox, account, named);
  const after = before.state === 'queued' ? await step(outbox, account, named, 'cancelled') : before;
  if (after.state === 'cancelled') return describe(outbox, after);
  throw tooLate(account.label, after, 'it cannot be cancelled any more');
};

/** Queues a message again that a person should look at, under its own id. */
export const resendSend = async (outbox: AccountOutbox, account: Account, named: Named): Promise<Send> => {
  const before = await find(outbox, account, named);
  if (before.state === 'queued') return describe(outbox, before);
  if (!needsAttention(before.state)) {
    throw tooLate(account.label, before, 'there is nothing to send again; write a new message instead');
  }
  const { ports } = outbox.desk;
  const contact = await ports.optOuts.find(account.id, named.chatId);
  if (contact !== undefined) throw doNotContact(account.label, contact);
  const again = async (): Promise<StoredSend> => {
    if (before.content.kind === 'media') await ports.files.get(account.id, account.label, before.content.mediaId);
    return step(outbox, account, named, 'queued');
  };
  const isKnownChat = await ports.store.isKnownChat(account.id, named.chatId);
  const { content } = before;
  const after = content.kind === 'media' ? await ports.files.whileNeeded(content.mediaId, again) : await again();
  if (after.state === 'queued') {
    outbox.accepted({ ...after, isKnownChat });
    ports.sessions.wake(account.id);
  }
  return describe(outbox, after);
};

/** Takes a message off the list of those that a person should look at. */
export const dismissSend = async (outbox: AccountOutbox, account: Account, named: Named): Promise<Send> => {
  const before = await find(outbox, account, named);
  const after = needsAttention(before.state) ? await step(outbox, account, named, 'dismissed') : before;
  if (after.state === 'dismissed') return describe(outbox, after);
  throw tooLate(account.label, after, 'there is nothing to look at');
};
