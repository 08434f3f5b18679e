import { OperationError } from '../../contract/errors';
import type { draftOperations } from '../../contract/operations/drafts';
import { statusFeed } from '../../domain/chat-identity';
import { mayTouch } from '../caller';
import { doNotContact } from '../outbox/opt-out-list';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createDraftHandlers = (ports: HandlerPorts): HandlersOf<typeof draftOperations> => {
  const { accounts, store, stores, optOuts, events, clock } = ports;
  return {
    'drafts.save': async ({ accountId, chatId, body }, caller) => {
      const { label } = accounts.get(accountId);
      if (chatId === statusFeed) {
        throw new OperationError(
          'CHAT_NOT_FOUND',
          `${label}: ${chatId} (chatId) is no conversation and takes no draft; give the chat of a person or a group.`,
          { data: { chatId } },
        );
      }
      await stores.ensureOpen(accountId);
      const contact = await optOuts.find(accountId, chatId);
      if (contact !== undefined) throw doNotContact(label, contact);
      const { draft, madeChat } = await store.saveDraft(accountId, {
        chatId,
        body,
        leftBy: { surface: caller.kind, name: caller.keyName ?? caller.name },
        savedAtMs: clock.nowMs(),
      });
      if (madeChat !== undefined) events.publish({ type: 'chat.updated', chat: madeChat });
      events.publish({ type: 'draft.changed', accountId, chatId, draft });
      return { draft };
    },

    'drafts.list': async ({ accountId, chatId, cursor, limit }, caller) => {
      if (accountId !== undefined) {
        accounts.get(accountId);
        await stores.ensureOpen(accountId);
      }
      const accountIds = accountId === undefined ? stores.openIds().filter((id) => mayTouch(caller, id)) : [accountId];
      const { drafts, nextCursor } = await store.listDrafts({ accountIds, chatId, cursor, limit });
      return { drafts: [...drafts], ...(nextCursor === undefined ? {} : { nextCursor }) };
    },

    'drafts.remove': async ({ accountId, chatId, savedAtMs }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      if (await store.removeDraft(accountId, chatId, savedAtMs)) {
        events.publish({ type: 'draft.changed', accountId, chatId });
      }
      return {};
    },
  };
};
