import type { ObservedChat } from '../../../contract/entities/chat';
import { OperationError } from '../../../contract/errors';
import { type ChatId, chatIdSchema } from '../../../contract/ids';
import type { chatActionOperations } from '../../../contract/operations/chat-actions';
import { translateChat } from '../../translate-chat';
import { evaluate } from '../page-access';
import { readChats } from '../page-functions';
import { type ChatLook, lookAtChat } from '../page-message';
import { findPicture } from '../picture';
import type { ActionPage, PageActions } from './page-actions';
import { untilShown } from './until';

/** The chat in the page. The library would make one with anybody. */
const chatIn = async ({ accountId, client }: ActionPage, chatId: ChatId): Promise<ChatLook> => {
  const chat = await evaluate(client, lookAtChat, [chatId]);
  if (chat !== undefined) return chat;
  throw new OperationError('CHAT_NOT_FOUND', `Account ${accountId} has no chat ${chatId} (chatId).`, {
    data: { accountId, chatId },
  });
};

/** The chat as it is now, under the id that was asked for. */
const readChat = async ({ client }: ActionPage, chatId: ChatId, pageId: string): Promise<ObservedChat | undefined> => {
  const { chats } = await evaluate(client, readChats, [[pageId], []]);
  const chat = translateChat(chats[0]);
  return chat === undefined ? undefined : { ...chat, id: chatId };
};

/** Does something to a chat and answers with the chat once the page shows it. */
const change = async (
  page: ActionPage,
  chatId: ChatId,
  what: string,
  work: (pageId: string) => Promise<unknown>,
  isDone: (chat: ObservedChat) => boolean,
): Promise<{ chat: ObservedChat }> => {
  const { id } = await chatIn(page, chatId);
  await work(id);
  const chat = await untilShown(page, `${what} ${chatId}`, async () => {
    const now = await readChat(page, chatId, id);
    return now !== undefined && isDone(now) ? now : undefined;
  });
  return { chat };
};

export const chatActions: PageActions<typeof chatActionOperations> = {
  'chats.markUnread': (page, { chatId }) =>
    change(
      page,
      chatId,
      'mark as unread',
      (id) => page.client.markChatUnread(id),
      ({ unreadCount }) => unreadCount > 0,
    ),
  'chats.archive': (page, { chatId }) =>
    change(
      page,
      chatId,
      'archive',
      (id) => page.client.archiveChat(id),
      ({ archived }) => archived,
    ),
  'chats.unarchive': (page, { chatId }) =>
    change(
      page,
      chatId,
      'take out of the archive',
      (id) => page.client.unarchiveChat(id),
      ({ archived }) => !archived,
    ),
  'chats.pin': (page, { chatId }) =>
    change(
      page,
      chatId,
      'pin',
      async (id) => {
        if (await page.client.pinChat(id)) return;
        throw new OperationError(
          'PAGE_REFUSED',
          `Account ${page.accountId} could not pin ${chatId} (chatId): three chats are pinned already, which is the most. Unpin one first.`,
        );
      },
      ({ pinned }) => pinned,
    ),
  'chats.unpin': (page, { chatId }) =>
    change(
      page,
      chatId,
      'unpin',
      (id) => page.client.unpinChat(id),
      ({ pinned }) => !pinned,
    ),
  'chats.mute': (page, { chatId, untilMs }) => {
    if (untilMs !== undefined && untilMs <= Date.now()) {
      throw new OperationError(
        'VALIDATION_ERROR',
        `Account ${page.accountId} cannot mute ${chatId} until a moment that is past (untilMs). Give a later one, or none to mute it for good.`,
        { data: { issues: [{ path: 'untilMs', message: 'is past' }] } },
      );
    }
    return change(
      page,
      chatId,
      'mute',
      (id) => page.client.muteChat(id, untilMs === undefined ? undefined : new Date(untilMs)),
      ({ muted }) =>
        muted !== undefined &&
        muted.untilMs === (untilMs === undefined ? undefined : Math.floor(untilMs / 1000) * 1000),
    );
  },
  'chats.unmute': (page, { chatId }) =>
    change(
      page,
      chatId,
      'unmute',
      (id) => page.client.unmuteChat(id),
      ({ muted }) => muted === undefined,
    ),
  'chats.clear': async (page, { chatId }) => {
    const { id } = await chatIn(page, chatId);
    await (await page.client.getChatById(id)).clearMessages();
    const chat = await untilShown(page, `empty ${chatId}`, async () => {
      const look = await evaluate(page.client, lookAtChat, [id]);
      return look?.messages === 0 ? readChat(page, chatId, id) : undefined;
    });
    return { chat };
  },
  'chats.remove': async (page, { chatId }) => {
    const { id, isMember } = await chatIn(page, chatId);
    if (id.endsWith('@g.us') && isMember) {
      throw new OperationError(
        'PAGE_REFUSED',
        `Account ${page.accountId} is still in the group ${chatId} (chatId), and WhatsApp deletes only groups that one has left. Leave it first.`,
      );
    }
    await (await page.client.getChatById(id)).delete();
    await untilShown(page, `delete ${chatId}`, async () => {
      const { chats } = await evaluate(page.client, readChats, [[id], []]);
      return chats.length === 0 ? true : undefined;
    });
    return {};
  },
  'chats.getPicture': async (page, { chatId, refresh }) => {
    const { id } = await chatIn(page, chatId);
    const picture = await findPicture(page, chatIdSchema.parse(id), refresh);
    if (picture !== undefined) return { picture };
    throw new OperationError(
      'PICTURE_NOT_FOUND',
      `Account ${page.accountId} sees no picture of ${chatId} (chatId): there is none, or it is not shown to this account.`,
      { data: { chatId } },
    );
  },
};
