/** The do-not-contact list of the console. `position` is its order: newest last, and never used twice. */
export const optOuts = `
CREATE TABLE opt_outs (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  contact  TEXT    NOT NULL UNIQUE,
  note     TEXT,
  added_ms INTEGER NOT NULL
) STRICT;
`;
