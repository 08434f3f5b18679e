import type { DatabaseSync } from 'node:sqlite';
import type {
  AccountWork,
  CampaignRowQuery,
  CampaignWork,
  NewCampaignRow,
  NotedSend,
  RowMark,
  RowStep,
  StoredCampaignRow,
} from '../application/ports/campaign-store';
import type { CampaignId, CampaignPace, CampaignRowState, CampaignState } from '../contract/entities/campaign';
import type { Send, SendPolicy } from '../contract/entities/send';
import type { AccountId, ChatId, MessageId } from '../contract/ids';

/** Rows that one call writes at most: with their counts a few milliseconds. */
const atATime = 500;
/** Of an account, the rows that left last: what came of them may have been lost in a crash. */
const lastOnes = 100;

interface LedgerRecord {
  readonly campaignId: CampaignId;
  readonly row: number;
  readonly accountId: AccountId;
  readonly contact: string;
  readonly chatId: ChatId;
  readonly text: string;
  readonly state: CampaignRowState;
  readonly mark: RowMark | null;
  readonly attempt: number;
  readonly messageId: MessageId | null;
  readonly problem: string | null;
  readonly changedAtMs: number;
  readonly departedAtMs: number | null;
  readonly sentAtMs: number | null;
}

const columns = `r.campaign_id AS campaignId, r.row, r.account_id AS accountId, r.contact, r.chat_id AS chatId, r.text, r.state,
  r.mark, r.attempt, r.message_id AS messageId, r.problem, r.changed_ms AS changedAtMs, r.departed_ms AS departedAtMs,
  r.sent_ms AS sentAtMs`;

const toRow = (record: LedgerRecord): StoredCampaignRow => ({
  campaignId: record.campaignId,
  row: record.row,
  accountId: record.accountId,
  contact: record.contact,
  chatId: record.chatId,
  text: record.text,
  state: record.state,
  ...(record.mark === null ? {} : { mark: record.mark }),
  attempt: record.attempt,
  ...(record.messageId === null ? {} : { messageId: record.messageId }),
  ...(record.problem === null ? {} : { problem: record.problem }),
  changedAtMs: record.changedAtMs,
  ...(record.departedAtMs === null ? {} : { departedAtMs: record.departedAtMs }),
  ...(record.sentAtMs === null ? {} : { sentAtMs: record.sentAtMs }),
});

/** The rows of bulk sends. Its methods run inside whatever transaction the caller began. */
export interface CampaignLedger {
  add(campaignId: CampaignId, rows: readonly NewCampaignRow[], atMs: number): void;
  /** Deletes a part of a campaign's rows; whether more are left. */
  removeSome(campaignId: CampaignId): boolean;
  /** From after a row on. */
  page(query: Omit<CampaignRowQuery, 'cursor'>, after: number): readonly StoredCampaignRow[];
  chatsOfOthers(campaignId: CampaignId, chatIds: readonly ChatId[]): readonly ChatId[];
  /** Queued rows are to be taken back. */
  recall(campaignId: CampaignId): void;
  cancelPlanned(campaignId: CampaignId, atMs: number): boolean;
  planFailed(campaignId: CampaignId, accountIds: readonly AccountId[], atMs: number): number;
  accounts(): readonly AccountId[];
  work(accountId: AccountId, limit: number): AccountWork;
  beginFeeding(campaignId: CampaignId, row: number): boolean;
  step(campaignId: CampaignId, row: number, step: RowStep, campaign: CampaignState | undefined): void;
  note(accountId: AccountId, sends: readonly Send[]): readonly NotedSend[];
  inDoubt(accountId: AccountId): readonly StoredCampaignRow[];
  skipOf(
    accountId: AccountId,
    words: { readonly skipped: string; readonly unknown: string },
    atMs: number,
  ): { readonly campaignIds: readonly CampaignId[]; readonly more: boolean };
}

export const createCampaignLedger = (database: DatabaseSync): CampaignLedger => {
  const insert = database.prepare(
    `INSERT INTO campaign_rows (campaign_id, row, account_id, contact, chat_id, text, state, problem, changed_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const removeSome = database.prepare(
    `DELETE FROM campaign_rows WHERE campaign_id = ?1
       AND row IN (SELECT row FROM campaign_rows WHERE campaign_id = ?1 LIMIT ${atATime})`,
  );
  const select = `SELECT ${columns} FROM campaign_rows r`;
  const selectPage = database.prepare(`${select} WHERE r.campaign_id = ? AND r.row > ? ORDER BY r.row LIMIT ?`);
  const selectPageOf = database.prepare(
    `${select} WHERE r.campaign_id = ? AND r.row > ? AND r.state IN (SELECT value FROM json_each(?)) ORDER BY r.row LIMIT ?`,
  );
  const selectOthers = database.prepare(
    `SELECT DISTINCT r.chat_id AS chatId FROM campaign_rows r JOIN campaigns c ON c.id = r.campaign_id
     WHERE r.chat_id IN (SELECT value FROM json_each(?)) AND r.campaign_id <> ? AND c.state = 'running'
       AND r.state IN ('planned', 'queued', 'claimed', 'handed')`,
  );
  const recall = database.prepare(
    "UPDATE campaign_rows SET mark = 'recalling' WHERE campaign_id = ? AND state = 'queued' AND mark IS NULL",
  );
  const cancelPlanned = database.prepare(
    `UPDATE campaign_rows SET state = 'cancelled', problem = NULL, changed_ms = ?2 WHERE campaign_id = ?1 AND row IN (
       SELECT row FROM campaign_rows WHERE campaign_id = ?1 AND state = 'planned' AND mark IS NULL LIMIT ${atATime})`,
  );
  const planFailed = database.prepare(
    `UPDATE campaign_rows SET state = 'planned', problem = NULL, changed_ms = ?
     WHERE campaign_id = ? AND state = 'failed' AND account_id IN (SELECT value FROM json_each(?))`,
  );
  const selectAccounts = database.prepare(
    `SELECT DISTINCT n.account_id AS accountId FROM campaign_counts n JOIN campaigns c ON c.id = n.campaign_id
     WHERE c.visible = 1 AND n.rows > 0 AND (n.state IN ('queued', 'claimed', 'handed') OR (n.state = 'planned' AND c.state = 'running'))
     UNION SELECT DISTINCT account_id FROM campaign_rows WHERE mark IS NOT NULL`,
  );
  const selectMarked = database.prepare(`${select} WHERE r.account_id = ? AND r.mark IS NOT NULL ORDER BY r.row`);
  const countQueued = database.prepare(
    "SELECT coalesce(sum(rows), 0) AS queued FROM campaign_counts WHERE account_id = ? AND state = 'queued'",
  );
  const selectRunning = database.prepare(
    `SELECT c.id AS campaignId, c.policy, c.pace,
            coalesce(sum(CASE WHEN n.state = 'queued' THEN n.rows END), 0) AS queued,
            coalesce(sum(CASE WHEN n.state NOT IN ('planned', 'skipped', 'queued', 'cancelled') THEN n.rows END), 0) AS departed
     FROM campaigns c JOIN campaign_counts n ON n.campaign_id = c.id AND n.account_id = ?
     WHERE c.state = 'running' GROUP BY c.id HAVING sum(CASE WHEN n.state = 'planned' THEN n.rows END) > 0
     ORDER BY c.started_ms, c.position`,
  );
  const selectNext = database.prepare(
    `${select} WHERE r.campaign_id = ? AND r.state = 'planned' AND r.account_id = ? AND r.mark IS NULL ORDER BY r.row LIMIT ?`,
  );
  const beginFeeding = database.prepare(
    `UPDATE campaign_rows SET mark = 'feeding' WHERE campaign_id = ?1 AND row = ?2 AND state = 'planned' AND mark IS NULL
       AND EXISTS (SELECT 1 FROM campaigns WHERE id = ?1 AND state = 'running')`,
  );
  const update = database.prepare(
    `UPDATE campaign_rows SET state = ?, mark = ?, attempt = ?, message_id = ?, problem = ?, changed_ms = ?,
       departed_ms = coalesce(departed_ms, ?), sent_ms = coalesce(sent_ms, ?)
     WHERE campaign_id = ? AND row = ?`,
  );
  const selectByMessage = database.prepare(`${select} WHERE r.account_id = ? AND r.message_id = ? AND r.chat_id = ?`);
  const selectOnTheWay = database.prepare(
    `${select} WHERE r.account_id = ? AND r.state IN ('queued', 'claimed', 'handed') AND r.mark IS NULL`,
  );
  const selectLast = database.prepare(
    `${select} WHERE r.account_id = ? AND r.departed_ms IS NOT NULL ORDER BY r.departed_ms DESC LIMIT ${lastOnes}`,
  );
  const selectLeft = database.prepare(
    `${select} WHERE r.account_id = ? AND r.state IN ('planned', 'queued', 'claimed', 'handed') LIMIT ${atATime + 1}`,
  );

  const all = (records: readonly unknown[]): readonly StoredCampaignRow[] =>
    (records as readonly LedgerRecord[]).map(toRow);

  const write = (row: StoredCampaignRow, step: RowStep, mark: RowMark | null): void =>
    void update.run(
      step.to,
      mark,
      step.attempt,
      step.messageId ?? null,
      step.problem?.toWellFormed() ?? null,
      step.atMs,
      step.departedAtMs ?? null,
      step.sentAtMs ?? null,
      row.campaignId,
      row.row,
    );

  /** What the outbox says of a row, unless it is about to be taken back or planned again and this is the reason. */
  const note = (row: StoredCampaignRow, send: Send): NotedSend | undefined => {
    if (row.state === 'planned' && (send.state === 'failed' || send.state === 'cancelled')) return undefined;
    if (row.mark === 'recalling' && (send.state === 'cancelled' || send.state === 'queued')) return undefined;
    if (row.state === send.state && row.problem === send.problem) return undefined;
    const { claimedAtMs, sentAtMs, problem, changedAtMs: atMs, messageId } = send;
    const { attempt } = row;
    // A row that is being fed keeps its mark: whoever feeds it settles it.
    const mark = row.mark === 'feeding' ? 'feeding' : null;
    write(row, { to: send.state, attempt, messageId, problem, departedAtMs: claimedAtMs, sentAtMs, atMs }, mark);
    return { campaignId: row.campaignId, departed: row.departedAtMs === undefined && claimedAtMs !== undefined };
  };

  return {
    add(campaignId, rows, atMs) {
      for (const { row, accountId, contact, chatId, text, problem } of rows) {
        const state: CampaignRowState = problem === undefined ? 'planned' : 'skipped';
        insert.run(campaignId, row, accountId, contact.toWellFormed(), chatId, text, state, problem ?? null, atMs);
      }
    },
    removeSome: (campaignId) => Number(removeSome.run(campaignId).changes) === atATime,
    page({ campaignId, states, limit }, after) {
      if (states === undefined) return all(selectPage.all(campaignId, after, limit));
      return all(selectPageOf.all(campaignId, after, JSON.stringify(states), limit));
    },
    chatsOfOthers: (campaignId, chatIds) =>
      (
        selectOthers.all(JSON.stringify(chatIds), campaignId) as readonly unknown[] as readonly { chatId: ChatId }[]
      ).map(({ chatId }) => chatId),
    recall: (campaignId) => void recall.run(campaignId),
    cancelPlanned: (campaignId, atMs) => Number(cancelPlanned.run(campaignId, atMs).changes) === atATime,
    planFailed: (campaignId, accountIds, atMs) =>
      Number(planFailed.run(atMs, campaignId, JSON.stringify(accountIds)).changes),
    accounts: () =>
      (selectAccounts.all() as readonly unknown[] as readonly { readonly accountId: AccountId }[]).map(
        ({ accountId }) => accountId,
      ),
    work(accountId, limit) {
      const running = selectRunning.all(accountId) as readonly unknown[] as readonly {
        readonly campaignId: CampaignId;
        readonly policy: SendPolicy;
        readonly pace: string | null;
        readonly queued: number;
        readonly departed: number;
      }[];
      return {
        marked: all(selectMarked.all(accountId)),
        queued: (countQueued.get(accountId) as { readonly queued: number }).queued,
        running: running.map(
          ({ campaignId, policy, pace, queued, departed }): CampaignWork => ({
            campaignId,
            policy,
            pace: pace === null ? undefined : (JSON.parse(pace) as CampaignPace),
            queued,
            hasDeparted: departed > 0,
            next: all(selectNext.all(campaignId, accountId, limit)),
          }),
        ),
      };
    },
    beginFeeding: (campaignId, row) => beginFeeding.run(campaignId, row).changes > 0,
    step(campaignId, row, step, campaign) {
      const [before] = all(selectPage.all(campaignId, row - 1, 1));
      if (before?.row !== row) return;
      const to = step.to === 'planned' && campaign === 'cancelled' ? 'cancelled' : step.to;
      write(before, { ...step, to }, to === 'queued' && campaign !== 'running' ? 'recalling' : null);
    },
    note: (accountId, sends) =>
      sends.flatMap((send) => {
        const [row] = all(selectByMessage.all(accountId, send.messageId, send.chatId));
        const noted = row === undefined ? undefined : note(row, send);
        return noted === undefined ? [] : [noted];
      }),
    inDoubt: (accountId) => [...all(selectOnTheWay.all(accountId)), ...all(selectLast.all(accountId))],
    skipOf(accountId, words, atMs) {
      const rows = all(selectLeft.all(accountId));
      for (const row of rows.slice(0, atATime)) {
        const mayHaveLeft = row.state === 'claimed' || row.state === 'handed';
        const { attempt, messageId } = row;
        const step = { attempt, messageId, departedAtMs: undefined, sentAtMs: undefined, atMs };
        if (mayHaveLeft) write(row, { ...step, to: 'unknown', problem: words.unknown }, null);
        else write(row, { ...step, to: 'skipped', problem: words.skipped }, null);
      }
      const campaignIds = [...new Set(rows.map(({ campaignId }) => campaignId))];
      return { campaignIds, more: rows.length > atATime };
    },
  };
};
