import type { chatOperations } from '../../contract/operations/chats';
import { mayTouch } from '../caller';
import { logReason } from '../log-reason';
import { refuseUnreadBeyond } from '../unread-bounds';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createChatHandlers = (ports: HandlerPorts): HandlersOf<typeof chatOperations> => {
  const { accounts, store, stores, sessions, lanes, events, unread, clock, log } = ports;
  return {
    'chats.list': async ({ accountId, filter, chatIds, cursor, offset, limit }, caller) => {
      if (accountId !== undefined) {
        accounts.get(accountId);
        await stores.ensureOpen(accountId);
      }
      const accountIds = accountId === undefined ? stores.openIds().filter((id) => mayTouch(caller, id)) : [accountId];
      const { chats, nextCursor } = await store.listChats({ accountIds, filter, chatIds, cursor, offset, limit });
      return { chats: [...chats], ...(nextCursor === undefined ? {} : { nextCursor }) };
    },

    'chats.find': async ({ query, accountId, limit }, caller) => {
      if (accountId !== undefined) {
        accounts.get(accountId);
        await stores.ensureOpen(accountId);
      }
      const accountIds = accountId === undefined ? stores.openIds().filter((id) => mayTouch(caller, id)) : [accountId];
      return { chats: [...(await store.findChats({ accountIds, query, limit }))] };
    },

    'chats.get': async ({ accountId, chatId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { chat: await store.getChat(accountId, chatId) };
    },

    'chats.markRead': async ({ accountId, chatId, messages, days }) => {
      const { label } = accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const { chat, wasUnread } = await lanes.run(accountId, async () => {
        const before = await store.getChat(accountId, chatId);
        if (before.unreadCount === 0) return { chat: before, wasUnread: false };
        // In the lane: no message comes in between the look and the mark.
        await refuseUnreadBeyond({ messages, days }, before, { store, label, nowMs: clock.nowMs() });
        const after = await store.markRead(accountId, chatId);
        events.publish({ type: 'chat.updated', chat: after });
        await unread.refresh(accountId);
        return { chat: after, wasUnread: true };
      });
      if (wasUnread && sessions.get(accountId).status.state === 'ready') {
        // The person has read it whether or not WhatsApp hears so; nobody waits for the page.
        sessions.request(accountId, 'markRead', { chatId }).catch((error: unknown) => {
          log.warn('WhatsApp could not be told that a chat was read', { accountId, reason: logReason(error) });
        });
      }
      return { chat };
    },
  };
};
