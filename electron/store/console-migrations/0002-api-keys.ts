/** Keys of programs. Of a secret only its hash is kept; `scopes` and `account_ids` are JSON lists, null: all accounts. */
export const apiKeys = `
CREATE TABLE api_keys (
  id           TEXT    PRIMARY KEY,
  hash         TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL,
  hint         TEXT    NOT NULL,
  scopes       TEXT    NOT NULL,
  account_ids  TEXT,
  created_ms   INTEGER NOT NULL,
  last_used_ms INTEGER
) STRICT;
`;
