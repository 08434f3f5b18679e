import type { ChatKind } from '../contract/entities/chat';
import { type ChatId, chatIdSchema } from '../contract/ids';

/** Where statuses go: a chat to WhatsApp's code, but no conversation. */
export const statusFeed: ChatId = chatIdSchema.parse('status@broadcast');

const kindByServer: Readonly<Record<string, ChatKind>> = {
  'c.us': 'direct',
  lid: 'direct',
  'g.us': 'group',
  newsletter: 'channel',
  broadcast: 'broadcast',
};

const partsOf = (chatId: ChatId): { readonly user: string; readonly server: string } => {
  const at = chatId.lastIndexOf('@');
  return { user: chatId.slice(0, at), server: chatId.slice(at + 1) };
};

/** What kind of chat an id belongs to, for chats of which nothing but a message is known yet. */
export const kindOfChat = (chatId: ChatId): ChatKind => kindByServer[partsOf(chatId).server] ?? 'direct';

/** The international number in a `@c.us` id, with a plus sign. A `@lid` id holds no number. */
export const phoneOfChat = (chatId: ChatId): string | undefined => {
  const { user, server } = partsOf(chatId);
  return server === 'c.us' && /^\d+$/.test(user) ? `+${user}` : undefined;
};

/** What to call a chat that has no name. */
export const fallbackChatName = (chatId: ChatId): string =>
  chatId === statusFeed ? 'Status' : (phoneOfChat(chatId) ?? partsOf(chatId).user);
