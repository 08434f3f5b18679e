import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId } from '../../contract/ids';
import { kindOfChat, phoneOfChat } from '../../domain/chat-identity';
import type { ConsoleStore } from '../ports/console-store';
import type { MessageStore } from '../ports/message-store';

/** The do-not-contact list as it is asked before every send. */
export interface OptOutList {
  /**
   * The entry of the list that a chat belongs to; undefined when it is nobody on the list. Groups are not persons. Rejects
   * with STORE_UNAVAILABLE when the list cannot be read: then nothing may be sent.
   */
  find(accountId: AccountId, chatId: ChatId): Promise<string | undefined>;
  added(contact: string): void;
  removed(contact: string): void;
}

const digits = (phone: string): string => phone.replace(/^\+/, '');

export const createOptOutList = (
  consoleStore: Pick<ConsoleStore, 'readOptOutContacts'>,
  store: Pick<MessageStore, 'getChat'>,
): OptOutList => {
  let contacts: Promise<Set<string>> | undefined;

  /** Read once; a failed reading is tried again by whoever asks next. */
  const read = (): Promise<Set<string>> => {
    contacts ??= consoleStore.readOptOutContacts().then(
      (list) => new Set(list),
      (error: unknown) => {
        contacts = undefined;
        throw error;
      },
    );
    return contacts;
  };

  /** A hidden id holds no number; the chat may know it. */
  const numberBehind = async (accountId: AccountId, chatId: ChatId): Promise<string | undefined> => {
    try {
      return (await store.getChat(accountId, chatId)).phone;
    } catch (error) {
      if (error instanceof OperationError && error.code === 'CHAT_NOT_FOUND') return undefined;
      throw error;
    }
  };

  return {
    async find(accountId, chatId) {
      const list = await read();
      if (list.size === 0 || kindOfChat(chatId) !== 'direct') return undefined;
      if (list.has(chatId)) return chatId;
      const phone = phoneOfChat(chatId) ?? (await numberBehind(accountId, chatId));
      const number = phone === undefined ? undefined : digits(phone);
      return number !== undefined && list.has(number) ? number : undefined;
    },
    // Before the first reading there is nothing to keep up to date; one under way may have been too early to see it.
    added: (contact) => void contacts?.then((list) => list.add(contact)).catch(() => undefined),
    removed: (contact) => void contacts?.then((list) => list.delete(contact)).catch(() => undefined),
  };
};

export const doNotContact = (label: string, contact: string): OperationError =>
  new OperationError(
    'DO_NOT_CONTACT',
    `${label}: ${contact} is on the do-not-contact list and was not written to. Take the number off the list first if that is wrong.`,
    { data: { contact } },
  );
