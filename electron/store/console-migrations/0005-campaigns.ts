/**
 * Bulk sends and their ledgers. `account_ids` and `pace` are JSON. A campaign that is not `visible` is being planned or removed: what
 * a crash has left of it is deleted. `mark` is what the runner was about to do with a row. Rows are counted by triggers, because a
 * campaign is shown with its counts a few times a second.
 */
export const campaigns = `
CREATE TABLE campaigns (
  position     INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL,
  account_ids  TEXT    NOT NULL,
  text         TEXT    NOT NULL,
  policy       TEXT    NOT NULL,
  pace         TEXT,
  state        TEXT    NOT NULL DEFAULT 'planned',
  visible      INTEGER NOT NULL DEFAULT 0,
  plan_key     TEXT    UNIQUE,
  plan_digest  TEXT,
  created_ms   INTEGER NOT NULL,
  started_ms   INTEGER,
  ended_ms     INTEGER
) STRICT;
CREATE INDEX campaigns_running ON campaigns (started_ms, position) WHERE state = 'running';

CREATE TABLE campaign_rows (
  campaign_id TEXT    NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  row         INTEGER NOT NULL,
  account_id  TEXT    NOT NULL,
  contact     TEXT    NOT NULL,
  chat_id     TEXT    NOT NULL,
  text        TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  mark        TEXT,
  attempt     INTEGER NOT NULL DEFAULT 1,
  message_id  TEXT,
  problem     TEXT,
  changed_ms  INTEGER NOT NULL,
  departed_ms INTEGER,
  sent_ms     INTEGER,
  PRIMARY KEY (campaign_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_rows_by_state ON campaign_rows (campaign_id, state, account_id, row);
CREATE INDEX campaign_rows_by_account ON campaign_rows (account_id, state);
CREATE INDEX campaign_rows_by_message ON campaign_rows (account_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX campaign_rows_by_departure ON campaign_rows (account_id, departed_ms) WHERE departed_ms IS NOT NULL;
CREATE INDEX campaign_rows_by_chat ON campaign_rows (chat_id);
CREATE INDEX campaign_rows_marked ON campaign_rows (account_id) WHERE mark IS NOT NULL;

CREATE TABLE campaign_counts (
  campaign_id TEXT    NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  account_id  TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  rows        INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, account_id, state)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_counts_by_account ON campaign_counts (account_id, state);
CREATE TRIGGER campaign_counts_in AFTER INSERT ON campaign_rows BEGIN
  INSERT INTO campaign_counts (campaign_id, account_id, state, rows) VALUES (new.campaign_id, new.account_id, new.state, 1)
  ON CONFLICT (campaign_id, account_id, state) DO UPDATE SET rows = rows + 1;
END;
CREATE TRIGGER campaign_counts_moved AFTER UPDATE OF state ON campaign_rows WHEN new.state <> old.state BEGIN
  UPDATE campaign_counts SET rows = rows - 1
  WHERE campaign_id = old.campaign_id AND account_id = old.account_id AND state = old.state;
  INSERT INTO campaign_counts (campaign_id, account_id, state, rows) VALUES (new.campaign_id, new.account_id, new.state, 1)
  ON CONFLICT (campaign_id, account_id, state) DO UPDATE SET rows = rows + 1;
END;
`;
