import type { CampaignId, CampaignPace } from '../../contract/entities/campaign';
import type { Send } from '../../contract/entities/send';
import type { AccountId, MessageId } from '../../contract/ids';
import { drawGap } from '../../domain/sending/pace';
import { logReason } from '../log-reason';
import type { AccountWork, StoredCampaignRow } from '../ports/campaign-store';
import { type Rest, WorkLoop } from '../work-loop';
import type { CampaignPorts } from './campaign-ports';
import { RowCourier } from './row-courier';

/** Rows of all campaigns that wait in the outbox of one account at a time: enough that the next one is there when one leaves. */
const lookAhead = 2;
/** Pauses after the store or the outbox could not take something, in ms; the last one stays. */
const pausesMs = [2_000, 5_000, 15_000, 60_000];

const paceOf = ({ gapMs, jitter }: CampaignPace) => ({
  minMs: Math.round(gapMs * (1 - jitter)),
  maxMs: Math.round(gapMs * (1 + jitter)),
});

export interface FeederPorts extends CampaignPorts {
  /** Campaigns are different now. */
  readonly changed: (campaignIds: readonly CampaignId[]) => Promise<void>;
}

/**
 * Brings the rows of one account, of whatever campaign, to its outbox and their fate back into the ledger. It does one thing after
 * the other: what it hears while it works is noted afterwards, so that nothing is told of a row before its message is noted. An
 * account that cannot go on holds only its own rows.
 */
export class AccountFeeder {
  readonly #accountId: AccountId;
  readonly #ports: FeederPorts;
  readonly #courier: RowCourier;
  readonly #loop: WorkLoop;
  /** The last that was heard of each message and is not in the ledger yet. */
  readonly #heard = new Map<MessageId, Send>();
  /** Campaigns with a pace of their own, and from when on (monotonic ms) they may go on here. */
  readonly #paces = new Map<CampaignId, { readonly pace: CampaignPace; notBeforeMs: number }>();
  #hasLookedAgain = false;
  #failures = 0;

  constructor(accountId: AccountId, ports: FeederPorts) {
    this.#accountId = accountId;
    this.#ports = ports;
    this.#courier = new RowCourier(accountId, ports);
    this.#loop = new WorkLoop({
      clock: ports.clock,
      next: () => this.#next(),
      failed: (error) => this.#failed(error),
    });
  }

  /** A message of the lane of bulk sends has moved; it may be one of a campaign's. */
  heard(send: Send): void {
    this.#heard.set(send.messageId, send);
    this.wake();
  }

  /** Something may be to do. Returns at once. */
  wake(): void {
    this.#loop.wake();
  }

  /** Resolves when nothing more can be done for now. */
  async idle(): Promise<void> {
    await this.#loop.idle();
  }

  /** Nothing is begun any more; what was heard is noted. */
  async close(): Promise<void> {
    this.#loop.close();
    await this.idle();
    await this.#note().catch((error: unknown) => this.#complain('what became of messages was not noted', error));
  }

  /** The store or the outbox could not take something: they get a pause. */
  #failed(error: unknown): Rest {
    this.#complain('the bulk sends of an account cannot go on for now', error);
    const pauseMs = pausesMs[Math.min(this.#failures, pausesMs.length - 1)] ?? 0;
    this.#failures += 1;
    return pauseMs;
  }

  #complain(words: string, error: unknown): void {
    this.#ports.log.warn(words, { accountId: this.#accountId, reason: logReason(error) });
  }

  async #next(): Promise<Rest> {
    const rest = await this.#round();
    this.#failures = 0;
    return rest;
  }

  async #round(): Promise<Rest> {
    const { accounts, store, changed } = this.#ports;
    await this.#note();
    // What a removed account leaves is settled by whoever removes it.
    if (accounts.find(this.#accountId) === undefined) return Number.POSITIVE_INFINITY;
    if (!this.#hasLookedAgain) {
      await this.#lookAgain();
      this.#hasLookedAgain = true;
    }
    const work = await store.campaignWork(this.#accountId, 1);
    for (const row of work.marked) {
      await this.#courier.settle(row);
      await changed([row.campaignId]);
    }
    if (work.marked.length > 0) return 'at_once';
    const turn = this.#turn(work);
    if (typeof turn === 'number') return turn;
    if (await store.beginFeeding(turn.row.campaignId, turn.row.row)) {
      await this.#courier.bring(turn.row, turn.policy);
      await changed([turn.row.campaignId]);
    }
    return 'at_once';
  }

  /** Brings what was heard into the ledger. */
  async #note(): Promise<void> {
    if (this.#heard.size === 0) return;
    const sends = [...this.#heard.values()];
    this.#heard.clear();
    try {
      await this.#take(sends);
    } catch (error) {
      for (const send of sends) if (!this.#heard.has(send.messageId)) this.#heard.set(send.messageId, send);
      throw error;
    }
  }

  async #take(sends: readonly Send[]): Promise<void> {
    const { store, clock, randomness, changed } = this.#ports;
    const noted = await store.noteSends(this.#accountId, sends);
    for (const { campaignId, departed } of noted) {
      const own = this.#paces.get(campaignId);
      if (departed && own !== undefined) {
        own.notBeforeMs = clock.monotonicMs() + drawGap(paceOf(own.pace), randomness.fraction());
      }
    }
    if (noted.length > 0) await changed([...new Set(noted.map(({ campaignId }) => campaignId))]);
  }

  /** After a start: what the outbox has heard and nobody has noted here. */
  async #lookAgain(): Promise<void> {
    const rows = await this.#ports.store.rowsInDoubt(this.#accountId);
    if (rows.length > 0) await this.#take(await this.#courier.lookAgain(rows));
  }

  /** The row whose turn it is, or after how much running time there may be one. */
  #turn({
    queued,
    running,
  }: AccountWork): { readonly row: StoredCampaignRow; readonly policy: Send['policy'] } | number {
    if (queued >= lookAhead) return Number.POSITIVE_INFINITY;
    const nowMs = this.#ports.clock.monotonicMs();
    let soonestMs = Number.POSITIVE_INFINITY;
    for (const { campaignId, policy, pace, next, ...campaign } of running) {
      const [row] = next;
      if (row === undefined) continue;
      if (pace === undefined) return { row, policy };
      // After a start nobody knows when its last one left: the longest gap counts.
      const firstMs = campaign.hasDeparted ? nowMs + paceOf(pace).maxMs : nowMs;
      const own = this.#paces.get(campaignId) ?? { pace, notBeforeMs: firstMs };
      this.#paces.set(campaignId, own);
      if (campaign.queued > 0) continue;
      if (own.notBeforeMs <= nowMs) return { row, policy };
      soonestMs = Math.min(soonestMs, own.notBeforeMs - nowMs);
    }
    return soonestMs;
  }
}
