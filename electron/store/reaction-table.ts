import type { DatabaseSync } from 'node:sqlite';
import type { ObservedReaction } from '../contract/entities/message';

/** What people think of messages, one reaction each. Runs inside whatever transaction the caller began. */
export interface ReactionTable {
  /** Whether something is different now. */
  save(reaction: ObservedReaction): boolean;
}

export const createReactionTable = (database: DatabaseSync): ReactionTable => {
  const put = database.prepare(
    `INSERT INTO reactions (chat_id, message_id, from_me, sender_id, by_me, emoji, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET emoji = excluded.emoji, at_ms = excluded.at_ms
     WHERE emoji <> excluded.emoji`,
  );
  const take = database.prepare(
    'DELETE FROM reactions WHERE chat_id = ? AND message_id = ? AND from_me = ? AND sender_id = ?',
  );
  // Of oneself by number here and by hidden id there.
  const takeOtherOwn = database.prepare(
    'DELETE FROM reactions WHERE chat_id = ? AND message_id = ? AND from_me = ? AND sender_id <> ? AND by_me = 1',
  );
  return {
    save({ chatId, messageId, messageFromMe, senderId, fromMe, emoji, atMs }) {
      const key = [chatId, messageId, Number(messageFromMe), senderId] as const;
      const others = fromMe ? takeOtherOwn.run(...key).changes : 0;
      const { changes } =
        emoji === undefined ? take.run(...key) : put.run(...key, Number(fromMe), emoji.toWellFormed(), atMs);
      return changes > 0 || others > 0;
    },
  };
};
