/**
 * Webhooks and what they are told. `events` and `header_names` are JSON lists, `status` and `attempts` JSON; secrets lie
 * elsewhere. `position` is the order in which a webhook is told, never used twice; a settled delivery has no body any more.
 */
export const webhooks = `
CREATE TABLE webhooks (
  id           TEXT    PRIMARY KEY,
  account_id   TEXT,
  url          TEXT    NOT NULL,
  events       TEXT    NOT NULL,
  header_names TEXT    NOT NULL,
  reach        TEXT    NOT NULL,
  origin       TEXT    NOT NULL,
  created_ms   INTEGER NOT NULL,
  status       TEXT    NOT NULL,
  missed       INTEGER NOT NULL DEFAULT 0,
  given_up     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE webhook_deliveries (
  position   INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  id         TEXT    NOT NULL,
  event      TEXT    NOT NULL,
  account_id TEXT,
  created_ms INTEGER NOT NULL,
  body       TEXT    NOT NULL,
  state      TEXT    NOT NULL DEFAULT 'waiting',
  attempts   TEXT    NOT NULL DEFAULT '[]',
  next_ms    INTEGER,
  settled_ms INTEGER,
  UNIQUE (webhook_id, id)
) STRICT;
CREATE INDEX deliveries_by_webhook ON webhook_deliveries (webhook_id, position);
CREATE INDEX deliveries_waiting ON webhook_deliveries (webhook_id, position) WHERE state = 'waiting';
CREATE INDEX deliveries_settled ON webhook_deliveries (settled_ms) WHERE settled_ms IS NOT NULL;
`;
