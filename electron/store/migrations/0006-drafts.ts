/** What was left in chats for a person to send. A chat that is deleted takes its draft along. */
export const drafts = `
CREATE TABLE drafts (
  chat_id  TEXT    PRIMARY KEY REFERENCES chats (id),
  body     TEXT    NOT NULL,
  -- Who left it: how they reached the console, and what they are called there.
  surface  TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  saved_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_time ON drafts (saved_ms DESC, chat_id);
CREATE TRIGGER draft_of_removed_chat AFTER UPDATE OF removed ON chats WHEN new.removed = 1 BEGIN
  DELETE FROM drafts WHERE chat_id = new.id;
END;
`;
