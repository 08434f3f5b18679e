/**
 * What happened to the session; and what is still to be fetched after an absence, so that an interrupted catching-up goes on
 * where it was after a restart. `absence` holds until when each chat was stored when the account was last seen whole; its row
 * with an empty chat id says that one is under way. `gaps` are moments from which a chat is known to lack something.
 */
export const timelineAndAbsence = `
CREATE TABLE timeline (
  position    INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms       INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  words       TEXT    NOT NULL,
  duration_ms REAL
) STRICT;

CREATE TABLE absence (
  chat_id         TEXT    PRIMARY KEY,
  stored_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (
  chat_id  TEXT    PRIMARY KEY,
  since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
