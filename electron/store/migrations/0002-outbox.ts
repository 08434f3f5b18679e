/** What is to be sent. The body is kept apart from the message, whose text may be edited later. */
export const outbox = `
CREATE TABLE outbox (
  position        INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id         TEXT    NOT NULL REFERENCES chats (id),
  message_id      TEXT    NOT NULL,
  body            TEXT    NOT NULL,
  idempotency_key TEXT    UNIQUE,
  state           TEXT    NOT NULL,
  created_ms      INTEGER NOT NULL,
  UNIQUE (chat_id, message_id)
) STRICT;
CREATE INDEX outbox_unsettled ON outbox (position) WHERE state <> 'settled';
`;
