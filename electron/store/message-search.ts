import type { DatabaseSync } from 'node:sqlite';
import type { Message } from '../contract/entities/message';
import type { AccountId, ChatId } from '../contract/ids';
import { chatWordOf, searchExpression } from '../domain/search-words';
import type { SearchPosition } from './cursors';
import type { MessageTable } from './message-table';
import { beginIndexAnew, indexMessages } from './migrations/0005-search-and-reactions';
import { inTransaction } from './transactions';

/** Bits of a place in the index that are the place in the order of arrival; the rest is the second. */
const orderBits = 28n;
const orderMask = (1n << orderBits) - 1n;
const lastPlace = (1n << 62n) - 1n;

/** Messages that are put into the index afterwards in one go: some 20 ms. */
const pieceSize = 500;

/** Search in the messages of an account. */
export interface MessageSearch {
  /** Newest first, after a place in the list that is merged over all accounts. */
  page(query: string, chatId: ChatId | undefined, after: SearchPosition | undefined, limit: number): readonly Message[];
  /** Whether everything that is stored can be found. */
  isComplete(): boolean;
  /** Puts the newest of the messages into the index that are not in it yet; whether more are left. */
  indexMore(): boolean;
}

/** The whole second of a message, by which the list is ordered: WhatsApp's clock has no finer steps. */
export const secondOf = ({ timestampMs }: Pick<Message, 'timestampMs'>): number =>
  Math.max(0, Math.trunc(timestampMs / 1000));

/** Makes the index of an account anew, a piece at a time from then on. For when something in the file reports damage. */
export const beginIndexAgain = (database: DatabaseSync): void =>
  inTransaction(database, () => database.exec(beginIndexAnew));

export const createMessageSearch = (
  database: DatabaseSync,
  accountId: AccountId,
  messages: MessageTable,
): MessageSearch => {
  // Rows of the index are in the order of time, so the newest come without looking at the others.
  const find = database.prepare(
    'SELECT rowid AS place FROM message_words WHERE message_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
  );
  find.setReadBigInts(true);
  const selectBelow = database.prepare('SELECT below_ord AS below FROM search_backlog');
  const selectFrom = database.prepare(
    'SELECT min(ord) AS "from" FROM (SELECT ord FROM messages WHERE ord < ? ORDER BY ord DESC LIMIT ?)',
  );
  const fill = database.prepare(indexMessages);
  const setBelow = database.prepare('UPDATE search_backlog SET below_ord = ?');
  const endBacklog = database.prepare('DELETE FROM search_backlog');

  /** The first place that is not wanted any more, going back in time. */
  const before = (after: SearchPosition | undefined): bigint => {
    if (after === undefined) return lastPlace;
    const second = BigInt(after.second);
    if (accountId === after.accountId) return (second << orderBits) | BigInt(after.order);
    // Within one second accounts come in the order of their ids.
    return (accountId < after.accountId ? second : second + 1n) << orderBits;
  };

  const below = (): number | undefined => (selectBelow.get() as { readonly below: number } | undefined)?.below;

  return {
    page(query, chatId, after, limit) {
      const expression = searchExpression(query, chatId === undefined ? undefined : chatWordOf(chatId));
      if (expression === undefined) return [];
      const places = find.all(expression, before(after), limit) as readonly unknown[] as readonly {
        readonly place: bigint;
      }[];
      return places
        .map(({ place }) => messages.at(Number(place & orderMask)))
        .filter((message) => message !== undefined);
    },
    isComplete: () => below() === undefined,
    indexMore() {
      const to = below();
      if (to === undefined) return false;
      const { from } = selectFrom.get(to, pieceSize) as { readonly from: number | null };
      if (from === null) {
        endBacklog.run();
        return false;
      }
      fill.run(from, to);
      setBelow.run(from);
      return true;
    },
  };
};
