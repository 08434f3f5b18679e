import type { Chat } from '../../../electron/contract/entities/chat';
import { wordsOfType } from '../../state/message-words';

/** The words under a chat's name. */
export interface PreviewWords {
  /** Who wrote it, in groups. */
  readonly author: string | undefined;
  readonly text: string;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What the newest message says, on one line. */
export const previewWords = (chat: Pick<Chat, 'kind' | 'lastMessage'>): PreviewWords => {
  const message = chat.lastMessage;
  if (message === undefined) return { author: undefined, text: 'No messages yet' };
  const author = chat.kind === 'group' && !message.fromMe ? message.authorName : undefined;
  const body = oneLine(message.body);
  if (message.type === 'text') return { author, text: body };
  const words = wordsOfType[message.type];
  const plain = message.type === 'revoked' || message.type === 'unsupported' || body === '';
  if (message.type === 'notification') return { author: undefined, text: body === '' ? words : body };
  return { author, text: plain ? words : `${words} · ${body}` };
};
