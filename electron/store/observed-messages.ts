import type { DatabaseSync } from 'node:sqlite';
import type { ObservedStatus, StoredMessages } from '../application/ports/message-store';
import type { StoredSend } from '../application/ports/outbox-store';
import type { Chat } from '../contract/entities/chat';
import type { DeliveryStatus, Message, ObservedMessage } from '../contract/entities/message';
import type { ChatId } from '../contract/ids';
import { isConfirmed, mergeDeliveryStatus } from '../domain/delivery-status';
import { mergeMessage } from '../domain/message-merge';
import type { ChatTable } from './chat-table';
import type { MessageTable } from './message-table';
import type { SendSteps } from './send-steps';
import { inDurableTransaction, inTransaction } from './transactions';

/** What WhatsApp shows and confirms, brought together with what is stored. Each method is a transaction of its own. */
export interface ObservedMessages {
  save(observed: readonly ObservedMessage[], statuses?: readonly ObservedStatus[]): StoredMessages;
  applyStatuses(statuses: readonly ObservedStatus[]): StoredMessages;
}

/** One change after another; of a chat the newer value counts. */
const together = (first: StoredMessages, then: StoredMessages): StoredMessages => {
  const chats = new Map([...first.chats, ...then.chats].map((chat) => [chat.id, chat]));
  return {
    added: [...first.added, ...then.added],
    updated: [...first.updated, ...then.updated],
    sends: [...first.sends, ...then.sends],
    chats: [...chats.values()],
  };
};

export const createObservedMessages = (
  database: DatabaseSync,
  tables: { readonly messages: MessageTable; readonly chats: ChatTable; readonly steps: SendSteps },
  nowMs: () => number,
): ObservedMessages => {
  const { messages, chats, steps } = tables;

  /** An arrow of the outbox must survive a power cut; what WhatsApp can tell again need not, and is written faster. */
  const transaction = (isArrow: boolean): typeof inTransaction => (isArrow ? inDurableTransaction : inTransaction);

  const believed = (observed: ObservedMessage): ObservedMessage => {
    const message = messages.wellFormed(observed);
    if (!message.fromMe || !steps.isOutdated(message.chatId, message.id, message.status)) return message;
    return { ...message, status: 'pending' };
  };

  const save = (all: readonly ObservedMessage[]): StoredMessages => {
    const added: Message[] = [];
    const updated: Message[] = [];
    const sends: StoredSend[] = [];
    const touched = new Set<ChatId>();
    const changedChats = new Set<ChatId>();
    for (const message of all) {
      if (chats.ensure(message.chatId)) changedChats.add(message.chatId);
      const stored = messages.find(message.chatId, message.id, message.fromMe);
      const merged = stored === undefined ? messages.insert(message) : mergeMessage(stored, message);
      const current = merged ?? stored;
      const send = current?.fromMe === true ? steps.follow(current, nowMs()) : undefined;
      if (send !== undefined) sends.push(send);
      if (merged === undefined) continue;
      touched.add(message.chatId);
      if (stored === undefined) added.push(merged);
      else {
        messages.update(merged);
        updated.push(merged);
        if (chats.lastOrder(merged.chatId) === merged.order) changedChats.add(merged.chatId);
      }
    }
    for (const chatId of touched) if (chats.refreshLastMessage(chatId)) changedChats.add(chatId);
    return { added, updated, sends, chats: [...changedChats].map((chatId): Chat => chats.get(chatId)) };
  };

  const merge = (
    stored: Message,
    status: DeliveryStatus,
    problem: string | undefined,
  ): { readonly message: Message; readonly changed: boolean } => {
    const merged = mergeDeliveryStatus(stored.status, status);
    const { problem: oldProblem, ...rest } = stored;
    // Words belong to the status they came with; a confirmation needs none.
    const words = isConfirmed(merged) ? undefined : merged === status ? (problem ?? oldProblem) : oldProblem;
    return {
      message: { ...rest, status: merged, ...(words === undefined ? {} : { problem: words }) },
      changed: merged !== stored.status || words !== oldProblem,
    };
  };

  const applyAll = (all: readonly ObservedStatus[]): StoredMessages => {
    const updated: Message[] = [];
    const sends: StoredSend[] = [];
    const changedChats = new Set<ChatId>();
    for (const { chatId, messageId, status, problem } of all) {
      const stored = messages.find(chatId, messageId, true);
      if (stored === undefined) continue;
      const { message, changed } = merge(stored, status, problem?.toWellFormed());
      const send = steps.follow(message, nowMs());
      if (send !== undefined) sends.push(send);
      if (!changed) continue;
      messages.update(message);
      updated.push(message);
      if (chats.lastOrder(chatId) === message.order) changedChats.add(chatId);
    }
    return { added: [], updated, sends, chats: [...changedChats].map((chatId): Chat => chats.get(chatId)) };
  };

  const isNews = ({ chatId, messageId, status }: ObservedStatus): boolean =>
    !steps.isOutdated(chatId, messageId, status);
  const isMove = ({ chatId, messageId, status }: ObservedStatus): boolean => steps.moves(chatId, messageId, status);

  return {
    save(observed, observedStatuses = []) {
      const all = observed.map(believed);
      const statuses = observedStatuses.filter(isNews);
      const isArrow =
        all.some(({ chatId, id, fromMe, status }) => fromMe && steps.moves(chatId, id, status)) ||
        statuses.some(isMove);
      return transaction(isArrow)(database, () => together(save(all), applyAll(statuses)));
    },
    applyStatuses(observed) {
      const all = observed.filter(isNews);
      return transaction(all.some(isMove))(database, () => applyAll(all));
    },
  };
};
