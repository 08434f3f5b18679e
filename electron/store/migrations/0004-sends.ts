/**
 * The whole outbox: what is sent in full, who goes first, and every state of its way. What was `settled` before is told apart
 * by the message's status; a settled row that nobody confirmed may have left, which is `unknown`.
 *
 * `stage` is what the lists ask for; the rows of each state are counted by triggers, because a queue may be long and the count
 * is asked with every message. `has_written` says that somebody else has ever written in a chat: WhatsApp limits messages to
 * chats where nobody has. Times of departures are trusted time, which has fractions.
 */
export const sends = `
ALTER TABLE chats ADD COLUMN has_written INTEGER NOT NULL DEFAULT 0;
UPDATE chats SET has_written = 1 WHERE id IN (SELECT DISTINCT chat_id FROM messages WHERE from_me = 0);
CREATE TRIGGER chat_has_written AFTER INSERT ON messages WHEN new.from_me = 0 BEGIN
  UPDATE chats SET has_written = 1 WHERE id = new.chat_id AND has_written = 0;
END;

DROP INDEX outbox_unsettled;
ALTER TABLE outbox RENAME TO outbox_before;
CREATE TABLE outbox (
  position        INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id         TEXT    NOT NULL REFERENCES chats (id),
  message_id      TEXT    NOT NULL,
  lane            TEXT    NOT NULL,
  policy          TEXT    NOT NULL,
  content         TEXT    NOT NULL,
  -- The file that the content names, until it is through.
  media_id        TEXT,
  quoted_id       TEXT,
  idempotency_key TEXT    UNIQUE,
  state           TEXT    NOT NULL,
  stage           TEXT    NOT NULL AS (CASE
                    WHEN state IN ('queued', 'claimed', 'handed') THEN 'waiting'
                    WHEN state IN ('failed', 'unknown', 'stuck') THEN 'attention'
                    ELSE 'done' END) VIRTUAL,
  attempt         INTEGER NOT NULL DEFAULT 0,
  created_ms      INTEGER NOT NULL,
  changed_ms      INTEGER NOT NULL,
  claimed_ms      INTEGER,
  handed_ms       INTEGER,
  sent_ms         INTEGER,
  epoch           TEXT,
  was_handed      INTEGER NOT NULL DEFAULT 0,
  problem         TEXT,
  UNIQUE (chat_id, message_id)
) STRICT;
INSERT INTO outbox (position, chat_id, message_id, lane, policy, content, idempotency_key, state, attempt, created_ms,
                    changed_ms, was_handed, problem)
SELECT position, chat_id, message_id, 'person', 'never_twice', content, idempotency_key, state, state <> 'queued', created_ms,
       created_ms, state IN ('handed', 'sent', 'delivered', 'read'), CASE WHEN state IN ('failed', 'unknown') THEN problem END
FROM (
  SELECT o.position, o.chat_id, o.message_id, json_object('kind', 'text', 'body', o.body) AS content, o.idempotency_key,
         o.created_ms, m.problem,
         CASE
           WHEN o.state <> 'settled' THEN o.state
           WHEN m.status IN ('sent', 'delivered', 'read', 'failed') THEN m.status
           WHEN m.status = 'played' THEN 'read'
           ELSE 'unknown'
         END AS state
  FROM outbox_before o
  LEFT JOIN messages m ON m.chat_id = o.chat_id AND m.id = o.message_id AND m.from_me = 1
) ORDER BY position;
DROP TABLE outbox_before;
CREATE INDEX outbox_by_stage ON outbox (stage, position);
CREATE INDEX outbox_by_chat ON outbox (chat_id, stage, position);
CREATE INDEX outbox_lost ON outbox (position) WHERE state = 'unknown' AND policy = 'never_lost';
CREATE INDEX outbox_media ON outbox (media_id) WHERE media_id IS NOT NULL AND stage <> 'done';

CREATE TABLE outbox_counts (
  state TEXT    PRIMARY KEY,
  sends INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_counts (state, sends) SELECT state, count(*) FROM outbox GROUP BY state;
CREATE TRIGGER outbox_counts_in AFTER INSERT ON outbox BEGIN
  INSERT INTO outbox_counts (state, sends) VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET sends = sends + 1;
END;
CREATE TRIGGER outbox_counts_out AFTER DELETE ON outbox BEGIN
  UPDATE outbox_counts SET sends = sends - 1 WHERE state = old.state;
END;
CREATE TRIGGER outbox_counts_moved AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
  UPDATE outbox_counts SET sends = sends - 1 WHERE state = old.state;
  INSERT INTO outbox_counts (state, sends) VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET sends = sends + 1;
END;

CREATE TABLE departures (
  message_id TEXT PRIMARY KEY,
  trusted_ms REAL NOT NULL,
  lane       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX departures_by_time ON departures (trusted_ms);

CREATE TABLE gate_facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
