import type { Chat } from '../../contract/entities/chat';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId } from '../../contract/ids';
import type { chatActionOperations } from '../../contract/operations/chat-actions';
import type { AnsweredOperation } from '../../contract/operations/page-answers';
import { createPageRequests } from '../page-requests';
import { createStoredChanges } from '../stored-changes';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

type ChatAction = Extract<AnsweredOperation, keyof typeof chatActionOperations>;
type ChangingAction = Exclude<ChatAction, 'chats.remove' | 'chats.clear'>;

/** Handlers of what is done to chats: the page does it, and the store follows before the caller hears of it. */
export const createChatActionHandlers = (
  ports: HandlerPorts,
): HandlersOf<Pick<typeof chatActionOperations, ChatAction>> => {
  const { accounts, store, stores, lanes } = ports;
  const page = createPageRequests(ports);
  const changes = createStoredChanges(ports);

  const chatInput = <Input extends { readonly accountId: AccountId; readonly chatId: ChatId }>(input: Input) => input;

  const change =
    (name: ChangingAction) =>
    async (input: { readonly accountId: AccountId; readonly chatId: ChatId }): Promise<{ chat: Chat }> => {
      const { accountId, chatId } = chatInput(input);
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const { chat } = await page.answer(name, { ...input });
      return lanes.run(accountId, async () => {
        await changes.chat(accountId, chat);
        return { chat: await store.getChat(accountId, chatId) };
      });
    };

  /** Deleting the chat would take from sight what may still leave. */
  const refuseUnsent = async (accountId: AccountId, label: string, chatId: ChatId): Promise<void> => {
    for (const filter of ['waiting', 'attention'] as const) {
      const { sends } = await store.listSends({ accountId, filter, chatId, cursor: undefined, limit: 1 });
      if (sends.length === 0) continue;
      throw new OperationError(
        'MESSAGE_NOT_SENT',
        `${label}: chat ${chatId} has messages in the outbox that have not left or wait for a decision. Cancel or dismiss them first (sends.cancel, sends.dismiss), then delete the chat.`,
        { data: { accountId, chatId } },
      );
    }
  };

  return {
    'chats.markUnread': change('chats.markUnread'),
    'chats.archive': change('chats.archive'),
    'chats.unarchive': change('chats.unarchive'),
    'chats.pin': change('chats.pin'),
    'chats.unpin': change('chats.unpin'),
    'chats.mute': change('chats.mute'),
    'chats.unmute': change('chats.unmute'),

    'chats.clear': async (input) => {
      const { accountId, chatId } = input;
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const { chat } = await page.answer('chats.clear', input);
      return lanes.run(accountId, async () => {
        await changes.chatEmptied(accountId, chatId, false);
        await changes.chat(accountId, chat);
        return { chat: await store.getChat(accountId, chatId) };
      });
    },

    'chats.remove': async (input) => {
      const { accountId, chatId } = input;
      const { label } = accounts.get(accountId);
      await stores.ensureOpen(accountId);
      await refuseUnsent(accountId, label, chatId);
      await page.answer('chats.remove', input);
      await lanes.run(accountId, () => changes.chatEmptied(accountId, chatId, true));
      return {};
    },
  };
};
