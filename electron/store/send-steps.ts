import type { SendStep, Stepped, StoredSend } from '../application/ports/outbox-store';
import type { Chat } from '../contract/entities/chat';
import type { DeliveryStatus, Message } from '../contract/entities/message';
import type { SendState } from '../contract/entities/send';
import type { ChatId, MessageId } from '../contract/ids';
import { isConfirmed, mergeDeliveryStatus } from '../domain/delivery-status';
import { isConfirmedSend, mayBecome, needsAttention, refusedWords } from '../domain/send-states';
import type { ChatTable } from './chat-table';
import type { DeparturesTable } from './departures-table';
import type { MessageTable } from './message-table';
import type { OutboxTable } from './outbox-table';

/** What an observed delivery status says about the row; undefined: nothing. */
const stateByStatus: Readonly<Record<DeliveryStatus, SendState | undefined>> = {
  pending: undefined,
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
  unknown: 'unknown',
};

/** How a message is shown whose row comes to a state; undefined: as it was. What WhatsApp confirmed is merged instead. */
const statusByState: Readonly<Record<SendState, DeliveryStatus | undefined>> = {
  queued: 'pending',
  claimed: 'pending',
  handed: 'pending',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  unknown: 'unknown',
  stuck: 'pending',
  cancelled: undefined,
  dismissed: undefined,
};

/** The row after an arrow that it may take. */
const advance = (send: StoredSend, step: Omit<SendStep, 'chatId' | 'messageId' | 'departure'>): StoredSend => {
  const { to, atMs, epoch, problem } = step;
  const { problem: _problem, epoch: lastEpoch, ...kept } = send;
  const isClaim = to === 'claimed';
  const claimedEpoch = isClaim ? epoch : lastEpoch;
  return {
    ...kept,
    state: to,
    changedAtMs: atMs,
    attempt: send.attempt + (isClaim ? 1 : 0),
    ...(isClaim ? { claimedAtMs: atMs } : {}),
    ...(to === 'handed' ? { handedAtMs: atMs } : {}),
    ...(isConfirmedSend(to) ? { sentAtMs: send.sentAtMs ?? atMs } : {}),
    ...(claimedEpoch === undefined ? {} : { epoch: claimedEpoch }),
    ...(needsAttention(to) && problem !== undefined ? { problem: problem.toWellFormed() } : {}),
    wasHanded: send.wasHanded || to === 'handed' || to === 'stuck' || isConfirmedSend(to),
  };
};

/** The way of outbox rows and of the messages that show it. Its methods run inside whatever transaction the caller began. */
export interface SendSteps {
  /** Takes the arrows that the rows allow, one after the other. */
  take(steps: readonly SendStep[]): Stepped;
  /** Whether what WhatsApp says of an own message would move its row. */
  moves(chatId: ChatId, messageId: MessageId, status: DeliveryStatus | undefined): boolean;
  /**
   * Whether what is said of an own message is old news: a failure that was seen before the message was queued again says
   * nothing about the new attempt.
   */
  isOutdated(chatId: ChatId, messageId: MessageId, status: DeliveryStatus | undefined): boolean;
  /** Moves the row of an own message that WhatsApp showed; the row when it is different now. */
  follow(message: Message, atMs: number): StoredSend | undefined;
}

export const createSendSteps = (tables: {
  readonly outbox: OutboxTable;
  readonly messages: MessageTable;
  readonly chats: ChatTable;
  readonly departures: DeparturesTable;
}): SendSteps => {
  const { outbox, messages, chats, departures } = tables;

  /** The message as its row wants it shown; undefined when it is not there or shows that already. */
  const show = ({ chatId, messageId, state, problem }: StoredSend): Message | undefined => {
    const stored = messages.find(chatId, messageId, true);
    const wanted = statusByState[state];
    if (stored === undefined || wanted === undefined) return undefined;
    const isNews = isConfirmed(stored.status) || isConfirmedSend(state);
    const status = isNews ? mergeDeliveryStatus(stored.status, wanted) : wanted;
    const words = isConfirmed(status) ? undefined : problem;
    if (status === stored.status && words === stored.problem) return undefined;
    const { problem: _problem, ...rest } = stored;
    const message = { ...rest, status, ...(words === undefined ? {} : { problem: words }) };
    messages.update(message);
    return message;
  };

  const move = (step: SendStep): StoredSend | undefined => {
    const send = outbox.find(step.chatId, step.messageId);
    if (send === undefined || !mayBecome(send.state, step.to)) return undefined;
    const moved = advance(send, step);
    outbox.update(moved);
    if (step.departure !== undefined) departures.note(step.departure);
    return moved;
  };

  const movedBy = (send: StoredSend | undefined, status: DeliveryStatus | undefined): SendState | undefined => {
    const to = status === undefined ? undefined : stateByStatus[status];
    return send !== undefined && to !== undefined && mayBecome(send.state, to) ? to : undefined;
  };

  return {
    take(steps) {
      const sends = new Map<number, StoredSend>();
      const shown = new Map<number, Message>();
      const changedChats = new Set<ChatId>();
      const removed: { readonly chatId: ChatId; readonly messageId: MessageId }[] = [];
      for (const step of steps) {
        const moved = move(step);
        if (moved === undefined) continue;
        const { chatId, messageId } = moved;
        sends.set(moved.order, moved);
        if (moved.state === 'cancelled') {
          messages.remove(chatId, messageId, true);
          removed.push({ chatId, messageId });
          if (chats.refreshLastMessage(chatId)) changedChats.add(chatId);
          continue;
        }
        const message = show(moved);
        if (message === undefined) continue;
        shown.set(message.order, message);
        if (chats.lastOrder(chatId) === message.order) changedChats.add(chatId);
      }
      return {
        sends: [...sends.values()],
        messages: [...shown.values()],
        chats: [...changedChats].map((chatId): Chat => chats.get(chatId)),
        removed,
      };
    },
    moves: (chatId, messageId, status) => movedBy(outbox.find(chatId, messageId), status) !== undefined,
    isOutdated: (chatId, messageId, status) =>
      (status === 'failed' || status === 'unknown') && outbox.find(chatId, messageId)?.state === 'queued',
    follow({ chatId, id, status, problem }, atMs) {
      const send = outbox.find(chatId, id);
      if (send === undefined) return undefined;
      const to = movedBy(send, status);
      if (to === undefined) {
        // The page has shown it, so it has it: a row that was asked for is known to have got there.
        if (send.wasHanded || send.state === 'queued') return undefined;
        const handed = { ...send, wasHanded: true };
        outbox.update(handed);
        return handed;
      }
      const words = to === 'failed' ? (problem ?? refusedWords) : problem;
      const moved = advance(send, { to, atMs, ...(words === undefined ? {} : { problem: words }) });
      outbox.update(moved);
      return moved;
    },
  };
};
