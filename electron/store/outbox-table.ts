import type { DatabaseSync } from 'node:sqlite';
import type { OpenSend, Outgoing, SendCounts, SendQuery, StoredSend } from '../application/ports/outbox-store';
import type { OutgoingContent } from '../contract/entities/outgoing';
import type { SendLane, SendPolicy, SendState } from '../contract/entities/send';
import type { ChatId, MessageId } from '../contract/ids';

type Stage = Exclude<SendQuery['filter'], 'all'>;

interface OutboxRow {
  readonly position: number;
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly lane: SendLane;
  readonly policy: SendPolicy;
  readonly content: string;
  readonly quotedMessageId: MessageId | null;
  readonly state: SendState;
  readonly attempt: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly claimedAtMs: number | null;
  readonly handedAtMs: number | null;
  readonly sentAtMs: number | null;
  readonly epoch: string | null;
  readonly wasHanded: number;
  readonly problem: string | null;
}

const columns = `
  o.position, o.chat_id AS chatId, o.message_id AS messageId, o.lane, o.policy, o.content, o.quoted_id AS quotedMessageId,
  o.state, o.attempt, o.created_ms AS createdAtMs, o.changed_ms AS changedAtMs, o.claimed_ms AS claimedAtMs,
  o.handed_ms AS handedAtMs, o.sent_ms AS sentAtMs, o.epoch, o.was_handed AS wasHanded, o.problem`;

/** Written by this store from a checked content. */
const contentOf = (text: string): OutgoingContent => JSON.parse(text) as OutgoingContent;

const toSend = (row: OutboxRow): StoredSend => ({
  chatId: row.chatId,
  messageId: row.messageId,
  order: row.position,
  lane: row.lane,
  policy: row.policy,
  content: contentOf(row.content),
  ...(row.quotedMessageId === null ? {} : { quotedMessageId: row.quotedMessageId }),
  state: row.state,
  attempt: row.attempt,
  createdAtMs: row.createdAtMs,
  changedAtMs: row.changedAtMs,
  ...(row.claimedAtMs === null ? {} : { claimedAtMs: row.claimedAtMs }),
  ...(row.handedAtMs === null ? {} : { handedAtMs: row.handedAtMs }),
  ...(row.sentAtMs === null ? {} : { sentAtMs: row.sentAtMs }),
  ...(row.epoch === null ? {} : { epoch: row.epoch }),
  ...(row.problem === null ? {} : { problem: row.problem }),
  wasHanded: row.wasHanded === 1,
});

/** The durable list of what is to be sent. Its methods run inside whatever transaction the caller began. */
export interface OutboxTable {
  insert(outgoing: Outgoing): StoredSend;
  findByKey(idempotencyKey: string): StoredSend | undefined;
  find(chatId: ChatId, messageId: MessageId): StoredSend | undefined;
  /** Whether it has not left yet, or waits for a person's decision. */
  isOpen(chatId: ChatId, messageId: MessageId): boolean;
  /** Writes everything of a row that changes on its way. */
  update(send: StoredSend): void;
  /** Queued, claimed, handed, and unknown ones that must not get lost; in order of acceptance. */
  open(): readonly OpenSend[];
  /** Newest first, from before a position on. */
  page(filter: SendQuery['filter'], chatId: ChatId | undefined, before: number, limit: number): readonly StoredSend[];
  counts(): SendCounts;
  neededMedia(): readonly string[];
}

export const createOutboxTable = (database: DatabaseSync): OutboxTable => {
  const insert = database.prepare(
    `INSERT INTO outbox (chat_id, message_id, lane, policy, content, media_id, quoted_id, idempotency_key, state, created_ms,
                         changed_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
  );
  const select = `SELECT ${columns} FROM outbox o`;
  const selectByKey = database.prepare(`${select} WHERE o.idempotency_key = ?`);
  const selectOne = database.prepare(`${select} WHERE o.chat_id = ? AND o.message_id = ?`);
  const selectOpenOne = database.prepare(
    "SELECT 1 FROM outbox WHERE chat_id = ? AND message_id = ? AND stage <> 'done'",
  );
  const update = database.prepare(
    `UPDATE outbox SET state = ?, attempt = ?, changed_ms = ?, claimed_ms = ?, handed_ms = ?, sent_ms = ?, epoch = ?,
                       was_handed = ?, problem = ?
     WHERE position = ?`,
  );
  const selectOpen = (condition: string) =>
    database.prepare(
      `SELECT ${columns}, (c.kind IN ('group', 'broadcast') OR c.has_written) AS isKnownChat
       FROM outbox o JOIN chats c ON c.id = o.chat_id WHERE ${condition} ORDER BY o.position`,
    );
  const selectWaiting = selectOpen("o.stage = 'waiting'");
  const selectLost = selectOpen("o.state = 'unknown' AND o.policy = 'never_lost'");
  const pageOfAll = database.prepare(`${select} WHERE o.position < ? ORDER BY o.position DESC LIMIT ?`);
  const pageOfStage = database.prepare(
    `${select} WHERE o.stage = ? AND o.position < ? ORDER BY o.position DESC LIMIT ?`,
  );
  const pageOfChat = database.prepare(
    `${select} WHERE o.chat_id = ? AND o.stage = ? AND o.position < ? ORDER BY o.position DESC LIMIT ?`,
  );
  const selectCounts = database.prepare('SELECT state, sends FROM outbox_counts');
  const selectMedia = database.prepare(
    "SELECT DISTINCT media_id AS mediaId FROM outbox WHERE media_id IS NOT NULL AND stage <> 'done'",
  );

  const all = (rows: readonly unknown[]): readonly StoredSend[] => (rows as readonly OutboxRow[]).map(toSend);
  const one = (row: unknown): StoredSend | undefined => (row === undefined ? undefined : toSend(row as OutboxRow));

  const pageInChat = (chatId: ChatId, stages: readonly Stage[], before: number, limit: number) =>
    stages
      .flatMap((stage) => all(pageOfChat.all(chatId, stage, before, limit)))
      .sort((first, second) => second.order - first.order)
      .slice(0, limit);

  return {
    insert(outgoing) {
      const { chatId, messageId, lane, policy, content, quotedMessageId, idempotencyKey, timestampMs } = outgoing;
      const text = JSON.stringify(content);
      const { lastInsertRowid } = insert.run(
        chatId,
        messageId,
        lane,
        policy,
        text,
        content.kind === 'media' ? content.mediaId : null,
        quotedMessageId ?? null,
        idempotencyKey ?? null,
        timestampMs,
        timestampMs,
      );
      return {
        chatId,
        messageId,
        order: Number(lastInsertRowid),
        lane,
        policy,
        content: contentOf(text),
        ...(quotedMessageId === undefined ? {} : { quotedMessageId }),
        state: 'queued',
        attempt: 0,
        createdAtMs: timestampMs,
        changedAtMs: timestampMs,
        wasHanded: false,
      };
    },
    findByKey: (idempotencyKey) => one(selectByKey.get(idempotencyKey)),
    isOpen: (chatId, messageId) => selectOpenOne.get(chatId, messageId) !== undefined,
    find: (chatId, messageId) => one(selectOne.get(chatId, messageId)),
    update(send) {
      update.run(
        send.state,
        send.attempt,
        send.changedAtMs,
        send.claimedAtMs ?? null,
        send.handedAtMs ?? null,
        send.sentAtMs ?? null,
        send.epoch ?? null,
        Number(send.wasHanded),
        send.problem ?? null,
        send.order,
      );
    },
    open: () =>
      (
        [...selectWaiting.all(), ...selectLost.all()] as readonly unknown[] as readonly (OutboxRow & {
          readonly isKnownChat: number;
        })[]
      )
        .map((row) => ({ ...toSend(row), isKnownChat: row.isKnownChat === 1 }))
        .sort((first, second) => first.order - second.order),
    page(filter, chatId, before, limit) {
      if (chatId !== undefined) {
        // Each stage of a chat has its own stretch of the index; all of them together have none.
        const stages: readonly Stage[] = filter === 'all' ? ['waiting', 'attention', 'done'] : [filter];
        return pageInChat(chatId, stages, before, limit);
      }
      return all(filter === 'all' ? pageOfAll.all(before, limit) : pageOfStage.all(filter, before, limit));
    },
    counts() {
      const rows = selectCounts.all() as readonly unknown[] as readonly {
        readonly state: SendState;
        readonly sends: number;
      }[];
      const of = (...states: readonly SendState[]): number =>
        rows.reduce((sum, { state, sends }) => (states.includes(state) ? sum + sends : sum), 0);
      return {
        waiting: of('queued'),
        underway: of('claimed', 'handed'),
        attention: of('failed', 'unknown', 'stuck'),
      };
    },
    neededMedia: () =>
      (selectMedia.all() as readonly unknown[] as readonly { readonly mediaId: string }[]).map(
        ({ mediaId }) => mediaId,
      ),
  };
};
