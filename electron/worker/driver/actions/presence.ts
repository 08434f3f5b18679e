import type { Presence } from '../../../contract/entities/presence';
import { OperationError } from '../../../contract/errors';
import { type ChatId, chatIdSchema } from '../../../contract/ids';
import type { presenceOperations } from '../../../contract/operations/presence';
import { isRaw } from '../../raw-page';
import { translatePresence } from '../../translate-presence';
import { evaluate } from '../page-access';
import { readPresences, showChatState, subscribePresence } from '../page-presence';
import { requirePerson } from '../person';
import type { ActionPage, PageActions } from './page-actions';

/** For WhatsApp to answer, in ms. */
const askLimitMs = 15_000;

const noWay = ({ accountId }: ActionPage): OperationError => {
  const text = `This version of WhatsApp Web does not let account ${accountId} see who is online.`;
  return new OperationError('NOT_SUPPORTED', text);
};

const presenceOf = async (page: ActionPage, chatId: ChatId): Promise<Presence> => {
  const found = await evaluate(page.client, readPresences, [chatId]);
  if (found === undefined) throw noWay(page);
  const told = found.map((one) => translatePresence(chatId, one));
  // A person may be there under a number and under a hidden id, of which one has news.
  return {
    chatId,
    isSubscribed: told.some(({ isSubscribed }) => isSubscribed),
    people: told.find(({ people }) => people.length > 0)?.people ?? [],
  };
};

const noChat = ({ accountId }: ActionPage, chatId: ChatId): OperationError => {
  const text = `Account ${accountId} has no chat ${chatId} (chatId).`;
  return new OperationError('CHAT_NOT_FOUND', text, { data: { chatId } });
};

const chatStates = { typing: 'typing', recording: 'recording', paused: 'stop' } as const;

export const presenceActions: PageActions<typeof presenceOperations> = {
  'presences.list': async (page, { offset, limit }) => {
    const found = await evaluate(page.client, readPresences, [undefined]);
    if (found === undefined) throw noWay(page);
    const all = found.flatMap((one) => {
      const chatId = chatIdSchema.safeParse(isRaw(one) ? one['id'] : undefined);
      const presence = chatId.success ? translatePresence(chatId.data, one) : undefined;
      return presence !== undefined && (presence.isSubscribed || presence.people.length > 0) ? [presence] : [];
    });
    const ordered = all.toSorted((one, other) => (one.chatId < other.chatId ? -1 : 1));
    return { presences: ordered.slice(offset, offset + limit), total: ordered.length };
  },
  'presences.get': async (page, { chatId }) => ({ presence: await presenceOf(page, chatId) }),
  'presences.subscribe': async (page, { chatId }) => {
    const isGroup = chatId.endsWith('@g.us');
    const id = isGroup ? chatId : (await requirePerson(page, chatId)).contact.id;
    const end = await evaluate(page.client, subscribePresence, [id], askLimitMs);
    if (end === 'no_way') throw noWay(page);
    if (end === 'unknown_chat') throw noChat(page, chatId);
    return { presence: { ...(await presenceOf(page, id)), chatId } };
  },
  'presences.set': async (page, { presence, chatId }) => {
    if (presence === 'online' || presence === 'offline') {
      if (presence === 'online') await page.client.sendPresenceAvailable();
      else await page.client.sendPresenceUnavailable();
      return { presence };
    }
    if (chatId === undefined) {
      const text = `Account ${page.accountId} can show ${presence} in a chat only: chatId must name it.`;
      throw new OperationError('VALIDATION_ERROR', text);
    }
    if (!(await evaluate(page.client, showChatState, [chatId, chatStates[presence]], askLimitMs))) {
      throw noChat(page, chatId);
    }
    return { presence };
  },
};
