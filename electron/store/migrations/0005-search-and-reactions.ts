/** Where a message stands in the index: its second, then its place in the order of arrival. Newest first is then the index's own order. */
const place = (row: 'new' | 'old' | 'm'): string =>
  `((max(0, min(${row}.timestamp_ms / 1000, 17179869183)) << 28) | (${row}.ord & 268435455))`;

/** The chat as one word, so that a search in one chat is one more word to look for. */
const chatWord = (row: 'new' | 'm'): string =>
  `replace(replace(replace(${row}.chat_id, '@', 'x'), '.', 'x'), '-', 'x')`;

/** More of one message than anybody searches for would only make the index slow. In characters. */
const searchedCharacters = 65_536;

/** Rows of the index for messages; what is put in twice is there once. */
const indexed = (row: 'new' | 'm', rest: string): string => `
  INSERT OR REPLACE INTO message_words (rowid, body, chat)
  SELECT ${place(row)}, substr(${row}.body, 1, ${searchedCharacters}), ${chatWord(row)} ${rest}`;

/** Puts the messages from one place in the order of arrival up to another into the index: `ord >= ?` and `ord < ?`. */
export const indexMessages = indexed('m', "FROM messages m WHERE m.ord >= ? AND m.ord < ? AND m.body <> ''");

const createIndex = `
CREATE VIRTUAL TABLE message_words USING fts5(
  body, chat, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);`;
const noteBacklog = `
INSERT INTO search_backlog SELECT below FROM (SELECT max(ord) + 1 AS below FROM messages) WHERE below IS NOT NULL;`;

/** Begins the index anew: what it held can always be made again from the messages. */
export const beginIndexAnew = `DROP TABLE message_words;${createIndex} DELETE FROM search_backlog;${noteBacklog}`;

/**
 * Search, reactions, when a text was edited, silent and removed chats.
 *
 * `message_words` holds words only, no text, and is kept by triggers. What was stored before is put in afterwards in small pieces,
 * so that opening a large history does not wait for it: `search_backlog` says below which place that is still to be done. A
 * removed chat keeps its row, to which the outbox refers, and is on no list.
 */
export const searchAndReactions = `
ALTER TABLE chats ADD COLUMN muted_until_ms INTEGER; -- -1: for good
ALTER TABLE chats ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN edited_ms INTEGER;

CREATE TABLE reactions (
  chat_id    TEXT    NOT NULL,
  message_id TEXT    NOT NULL,
  -- Whether the message is an own one.
  from_me    INTEGER NOT NULL,
  sender_id  TEXT    NOT NULL,
  by_me      INTEGER NOT NULL,
  emoji      TEXT    NOT NULL,
  at_ms      INTEGER NOT NULL,
  PRIMARY KEY (chat_id, message_id, from_me, sender_id)
) STRICT, WITHOUT ROWID;

${createIndex}
CREATE TRIGGER message_words_in AFTER INSERT ON messages WHEN new.body <> '' BEGIN
  ${indexed('new', '')};
END;
CREATE TRIGGER message_words_moved AFTER UPDATE OF body, timestamp_ms ON messages
WHEN new.body <> old.body OR new.timestamp_ms <> old.timestamp_ms BEGIN
  DELETE FROM message_words WHERE rowid = ${place('old')};
  ${indexed('new', "WHERE new.body <> ''")};
END;
CREATE TRIGGER message_gone AFTER DELETE ON messages BEGIN
  DELETE FROM message_words WHERE rowid = ${place('old')};
  DELETE FROM reactions WHERE chat_id = old.chat_id AND message_id = old.id AND from_me = old.from_me;
END;
CREATE TRIGGER message_revoked AFTER UPDATE OF type ON messages WHEN new.type = 'revoked' AND old.type <> 'revoked' BEGIN
  DELETE FROM reactions WHERE chat_id = old.chat_id AND message_id = old.id AND from_me = old.from_me;
END;

CREATE TABLE search_backlog (below_ord INTEGER NOT NULL) STRICT;
${noteBacklog}
`;
