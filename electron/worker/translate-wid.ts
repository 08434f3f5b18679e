import type { ChatId } from '../contract/ids';
import { statusFeed } from '../domain/chat-identity';

/** The international number in an id such as `551140020022@c.us` or `551140020022:3@c.us`; a `@lid` id holds none. */
export const phoneOfWid = (wid: string | undefined): string | undefined => {
  const digits = /^(\d{4,20})(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/.exec(wid ?? '')?.[1];
  return digits === undefined ? undefined : `+${digits}`;
};

/** The status feed is a chat to WhatsApp's code, but no conversation. */
export const isConversation = (chatId: ChatId): boolean => chatId !== statusFeed;
