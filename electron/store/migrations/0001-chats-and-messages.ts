/** Chats and messages of one account. `ord` breaks ties between messages of the same second and is never used twice. */
export const chatsAndMessages = `
CREATE TABLE chats (
  id               TEXT    PRIMARY KEY,
  kind             TEXT    NOT NULL,
  name             TEXT    NOT NULL,
  phone            TEXT,
  unread_count     INTEGER NOT NULL DEFAULT 0,
  last_activity_ms INTEGER NOT NULL DEFAULT 0,
  archived         INTEGER NOT NULL DEFAULT 0,
  pinned           INTEGER NOT NULL DEFAULT 0,
  -- The newest message, for the row in the list; kept beside the chat so that a list needs no search per row.
  last_ord         INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX chats_by_activity ON chats (last_activity_ms DESC, id);
CREATE INDEX chats_unread ON chats (last_activity_ms DESC, id) WHERE unread_count > 0;
CREATE INDEX chats_groups ON chats (last_activity_ms DESC, id) WHERE kind = 'group';

CREATE TABLE messages (
  ord          INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id      TEXT    NOT NULL REFERENCES chats (id),
  id           TEXT    NOT NULL,
  from_me      INTEGER NOT NULL,
  author_id    TEXT,
  author_name  TEXT,
  type         TEXT    NOT NULL,
  body         TEXT    NOT NULL,
  timestamp_ms INTEGER NOT NULL,
  status       TEXT,
  problem      TEXT,
  UNIQUE (chat_id, id, from_me)
) STRICT;
CREATE INDEX messages_by_time ON messages (chat_id, timestamp_ms, ord);
`;
