import { statusFeed } from './chat-identity';

/** A chat's id as the one word that stands for it in the index. */
export const chatWordOf = (chatId: string): string => chatId.replaceAll(/[@.-]/g, 'x');

/** More words than anybody types; the rest makes no difference. */
const mostWords = 16;

/** Whether the index has anything of this word: it knows letters and digits. */
const isIndexed = (word: string): boolean => /[\p{L}\p{N}]/u.test(word);

/** What is between quotes is text to SQLite's full-text search, whatever it holds; a quote in it is written twice. */
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/**
 * What a person typed as an expression of SQLite's FTS5: all the words, the last one as a beginning. Nothing typed is ever
 * taken as syntax. Undefined when there is nothing to look for.
 *
 * @param chatWord The chat to search in, as one word of the index.
 */
export const searchExpression = (query: string, chatWord: string | undefined): string | undefined => {
  const words = query
    .toWellFormed()
    .normalize('NFC')
    .split(/[\s\p{Cc}]+/u)
    .filter(isIndexed)
    .slice(0, mostWords)
    .map(quoted);
  if (words.length === 0) return undefined;
  const body = `body : (${words.join(' AND ')} *)`;
  // Statuses lie among the messages, and nobody looks for them in conversations.
  return chatWord === undefined
    ? `${body} NOT chat : ${quoted(chatWordOf(statusFeed))}`
    : `${body} AND chat : ${quoted(chatWord)}`;
};
