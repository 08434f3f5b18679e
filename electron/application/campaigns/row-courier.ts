import type { Account } from '../../contract/entities/account';
import type { Send, SendPolicy } from '../../contract/entities/send';
import { type ErrorCode, OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import { withLabels } from '../../domain/account-names';
import type { RowStep, StoredCampaignRow } from '../ports/campaign-store';
import type { StoredSend } from '../ports/outbox-store';
import type { CampaignPorts } from './campaign-ports';

/** What keeps a person from being written to at all. */
const skipping: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['DO_NOT_CONTACT', 'CHAT_NOT_KNOWN']);
/** What may be over soon, and says nothing about the row. */
const passing = new Set(['unavailable', 'rate_limited', 'timeout', 'not_ready', 'internal']);

const wordsOf = ({ message, data }: OperationError, { id, label }: Account): string => {
  const problem = data?.['problem'];
  if (typeof problem === 'string') return `${label}: ${problem}`;
  return withLabels(message, (named) => (named === id ? label : undefined));
};

const lostWords = 'The account’s outbox has no record of this message any more: look at the chat on the phone.';

/** The key under which the outbox takes a row once, whatever breaks in between. */
export const keyOf = ({ campaignId, row, attempt }: StoredCampaignRow): string =>
  `campaign:${campaignId}:${row}:${attempt}`;

/** Carries single rows of one account between the ledger and the outbox. Whatever it throws says that it may be tried again. */
export class RowCourier {
  readonly #accountId: AccountId;
  readonly #ports: CampaignPorts;

  constructor(accountId: AccountId, ports: CampaignPorts) {
    this.#accountId = accountId;
    this.#ports = ports;
  }

  /** Gives a row that is marked as `feeding` to the outbox, unless that has happened before. */
  async bring(row: StoredCampaignRow, policy: SendPolicy): Promise<void> {
    const { accounts, stores, messages, sessions } = this.#ports;
    const account = accounts.get(this.#accountId);
    await stores.ensureOpen(account.id);
    const known = await messages.findSendByKey(account.id, keyOf(row));
    if (known === undefined) {
      await this.#attempt(account, row, () => this.#accept(row, policy));
    } else if (known.state === 'failed' && known.messageId === row.messageId) {
      // Planned again: under its own id, so that what has left after all is found instead of sent twice.
      await this.#attempt(account, row, () => this.#ports.outbox.resend(account, known.chatId, known.messageId));
    } else {
      await this.#follow(row, known);
      if (known.state === 'queued') sessions.wake(account.id);
    }
  }

  async #accept(row: StoredCampaignRow, policy: SendPolicy): Promise<Send> {
    const { accountId, chatId, text: body } = row;
    const request = { accountId, chatId, idempotencyKey: keyOf(row), priority: 'bulk', policy } as const;
    return (await this.#ports.acceptance.send(request, { kind: 'text', body }, { kind: 'api' })).send;
  }

  async #attempt(account: Account, row: StoredCampaignRow, work: () => Promise<Send>): Promise<void> {
    let send: Send;
    try {
      send = await work();
    } catch (error) {
      if (!(error instanceof OperationError) || error.effect === 'unknown' || passing.has(error.category)) throw error;
      // It was in line before, and is another's now: what it became is read again.
      if (error.code === 'SEND_TOO_LATE' || this.#ports.accounts.find(account.id) === undefined) throw error;
      const to = skipping.has(error.code) ? 'skipped' : 'failed';
      await this.#step(row, { to, problem: wordsOf(error, account) });
      return;
    }
    await this.#follow(row, send);
  }

  /** A row whose mark was left behind: finds out what came of it, and finishes what was begun. */
  async settle(row: StoredCampaignRow): Promise<void> {
    const { stores, messages } = this.#ports;
    await stores.ensureOpen(this.#accountId);
    const send = await messages.findSendByKey(this.#accountId, keyOf(row));
    if (row.mark === 'recalling') await this.#recall(row, send);
    // A failed one that was to go again has not gone yet.
    else if (send === undefined || (send.state === 'failed' && send.messageId === row.messageId)) {
      await this.#step(row, { to: 'planned' });
    } else await this.#follow(row, send);
  }

  async #recall(row: StoredCampaignRow, send: StoredSend | undefined): Promise<void> {
    const { accounts, outbox, messages } = this.#ports;
    let now = send;
    if (send?.state === 'queued') {
      try {
        now = { ...send, ...(await outbox.cancel(accounts.get(this.#accountId), send.chatId, send.messageId)) };
      } catch (error) {
        if (!(error instanceof OperationError) || error.code !== 'SEND_TOO_LATE') throw error;
        now = await messages.findSend(this.#accountId, send.chatId, send.messageId);
      }
    }
    if (now !== undefined && now.state !== 'cancelled') await this.#follow(row, now);
    // The key of this attempt is used up.
    else await this.#step(row, { to: 'planned', attempt: row.attempt + 1, messageId: undefined });
  }

  /** What the outbox has of these rows now. Those that it has no record of are noted as uncertain here. */
  async lookAgain(rows: readonly StoredCampaignRow[]): Promise<readonly Send[]> {
    const { stores, messages, outbox } = this.#ports;
    await stores.ensureOpen(this.#accountId);
    const found: StoredSend[] = [];
    for (const row of rows) {
      const { chatId, messageId, state } = row;
      const send = messageId === undefined ? undefined : await messages.findSend(this.#accountId, chatId, messageId);
      if (send !== undefined) found.push(send);
      else if (state === 'queued' || state === 'claimed' || state === 'handed') {
        await this.#step(row, { to: 'unknown', problem: lostWords });
      }
    }
    return outbox.describe(this.#accountId, found);
  }

  #follow(
    row: StoredCampaignRow,
    { state, messageId, problem, claimedAtMs, sentAtMs }: StoredSend | Send,
  ): Promise<void> {
    return this.#step(row, { to: state, messageId, problem, departedAtMs: claimedAtMs, sentAtMs });
  }

  #step(row: StoredCampaignRow, step: Pick<RowStep, 'to'> & Partial<RowStep>): Promise<void> {
    const { store, clock } = this.#ports;
    return store.stepCampaignRow(row.campaignId, row.row, {
      attempt: row.attempt,
      messageId: row.messageId,
      problem: undefined,
      departedAtMs: undefined,
      sentAtMs: undefined,
      atMs: clock.nowMs(),
      ...step,
    });
  }
}
