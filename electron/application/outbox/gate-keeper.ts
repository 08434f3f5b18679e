import type { Account } from '../../contract/entities/account';
import type { Gate, SendLane, StatedLimits } from '../../contract/entities/send';
import type { AccountId, MessageId } from '../../contract/ids';
import { type Departure, dayMs, isAutomatic } from '../../domain/sending/departures';
import { noteOutcome, type Outcome } from '../../domain/sending/failure-watch';
import { type GateVerdict, type GateView, gateMeters, gateVerdict } from '../../domain/sending/gate';
import { type DrawnGaps, drawGap } from '../../domain/sending/pace';
import type { ProfileMark } from '../../domain/sending/profile-epoch';
import {
  advance,
  resume,
  startTrustedTime,
  suspend,
  type TrustedTime,
  toleratedShiftMs,
  wallClockShiftMs,
} from '../../domain/sending/trusted-time';
import type { Clock, Randomness } from '../ports/clock';
import type { OpenSend, OutboxStore } from '../ports/outbox-store';
import { type GateFactName, type GateFacts, type Hold, readGateFacts, writtenGateFacts } from './gate-facts';

export interface GateKeeperPorts {
  readonly accountId: AccountId;
  /** Undefined once it has been removed. */
  readonly account: () => Account | undefined;
  readonly store: Pick<OutboxStore, 'readGateFacts' | 'writeGateFacts' | 'listDepartures'>;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

const noGaps: DrawnGaps = { api: undefined, bulk: undefined };

/**
 * What the gate of one account knows: trusted time, what left, the gaps drawn, WhatsApp's own limits, a hold, failures. The
 * rules themselves are the domain's. Changes count at once and are on disk after `save`.
 */
export class GateKeeper {
  readonly #ports: GateKeeperPorts;
  #facts: GateFacts = {};
  #unsaved = new Set<GateFactName>();
  #time: TrustedTime | undefined;
  /** Of the last day, oldest first. */
  #departures: Departure[] = [];
  #gaps = noGaps;
  #outcomes: readonly Outcome[] = [];

  constructor(ports: GateKeeperPorts) {
    this.#ports = ports;
  }

  /** Reads what is on disk. A second time it reads again what left, and trusts itself with the rest. */
  async load(): Promise<void> {
    const { accountId, store, clock } = this.#ports;
    if (this.#time === undefined) {
      const stored = readGateFacts(await store.readGateFacts(accountId));
      // What was heard meanwhile is newer.
      const heard = Object.fromEntries([...this.#unsaved].map((name) => [name, this.#facts[name]]));
      this.#facts = { ...stored, ...heard };
    }
    const saved = this.#facts.trustedTime;
    const sinceMs = (this.#time?.trustedMs ?? saved?.trustedMs ?? dayMs) - dayMs;
    this.#departures = [...(await store.listDepartures(accountId, sinceMs))];
    this.#time ??= startTrustedTime(saved, clock.nowMs(), clock.monotonicMs(), this.#departures.at(-1)?.trustedMs);
    this.#read();
    if (this.#facts.accountSinceTrustedMs === undefined) this.#noteAge();
  }

  /** Trusted time began with the wall clock, and so did the account. */
  #noteAge(): void {
    const { trustedMs, wallMs } = this.#read();
    const ageMs = Math.max(0, wallMs - (this.#ports.account()?.createdAtMs ?? wallMs));
    this.#change({ accountSinceTrustedMs: trustedMs - ageMs });
  }

  #read(): TrustedTime {
    const { clock } = this.#ports;
    const wallMs = clock.nowMs();
    const monotonicMs = clock.monotonicMs();
    // Before the first reading of the disk nothing is known that could be kept.
    if (this.#time === undefined) return startTrustedTime(undefined, wallMs, monotonicMs);
    return this.#set(advance(this.#time, wallMs, monotonicMs));
  }

  #set(time: TrustedTime): TrustedTime {
    this.#time = time;
    const { trustedMs, wallMs } = time;
    const saved = this.#facts.trustedTime;
    if (saved === undefined || Math.abs(wallClockShiftMs(saved, time)) > toleratedShiftMs) {
      this.#change({ trustedTime: { trustedMs, wallMs } });
    }
    return time;
  }

  #change(facts: { readonly [Name in GateFactName]?: GateFacts[Name] | undefined }): void {
    const kept = Object.fromEntries(
      Object.entries({ ...this.#facts, ...facts }).filter(([, value]) => value !== undefined),
    );
    this.#facts = kept;
    for (const name of Object.keys(facts)) this.#unsaved.add(name as GateFactName);
  }

  /** Something is not on disk that has to be before more leaves. */
  get isUnsaved(): boolean {
    return this.#unsaved.size > 0;
  }

  async save(): Promise<void> {
    const names = [...this.#unsaved];
    if (names.length === 0) return;
    this.#unsaved.clear();
    try {
      const facts = Object.fromEntries(names.map((name) => [name, this.#facts[name]]));
      await this.#ports.store.writeGateFacts(this.#ports.accountId, writtenGateFacts(facts));
    } catch (error) {
      for (const name of names) this.#unsaved.add(name);
      throw error;
    }
  }

  /** Notices whether somebody has set the wall clock. */
  lookAtClocks(): void {
    this.#read();
  }

  suspended(): void {
    const { clock } = this.#ports;
    if (this.#time !== undefined) this.#set(suspend(this.#time, clock.nowMs(), clock.monotonicMs()));
  }

  resumed(): void {
    const { clock } = this.#ports;
    if (this.#time !== undefined) this.#set(resume(this.#time, clock.nowMs(), clock.monotonicMs()));
  }

  /** What the gate looks at, at this moment; undefined once the account has been removed. */
  get view(): GateView | undefined {
    const account = this.#ports.account();
    if (account === undefined) return undefined;
    const { wallMs, trustedMs, unbrokenSinceMs } = this.#read();
    while ((this.#departures[0]?.trustedMs ?? trustedMs) <= trustedMs - dayMs) this.#departures.shift();
    return {
      wallMs,
      trustedMs,
      unbrokenSinceMs,
      settings: account.settings.sending,
      accountSinceTrustedMs: this.#facts.accountSinceTrustedMs ?? trustedMs,
      departures: this.#departures,
      gaps: this.#gaps,
      stated: this.#facts.stated,
      hold: this.#facts.hold,
    };
  }

  /**
   * The gate's answers for rows at this moment.
   *
   * @param leaving Rows that are about to leave, as if they had.
   */
  asker(leaving: readonly OpenSend[] = []): (row: OpenSend) => GateVerdict {
    const now = this.view;
    if (now === undefined) return () => ({ open: false, reason: 'paused' });
    const { trustedMs } = now;
    const pending = leaving.map(({ messageId, lane }): Departure => ({ messageId, trustedMs, lane }));
    const view = pending.length === 0 ? now : { ...now, departures: [...now.departures, ...pending] };
    // Rows that were never claimed differ in nothing else that the gate looks at.
    const answers = new Map<string, GateVerdict>();
    return ({ lane, isKnownChat, attempt, messageId }) => {
      if (attempt > 0) return gateVerdict(view, { lane, isKnownChat, messageId });
      const kind = `${lane} ${isKnownChat}`;
      const answer = answers.get(kind) ?? gateVerdict(view, { lane, isKnownChat });
      answers.set(kind, answer);
      return answer;
    };
  }

  /**
   * Whether a row may be claimed together with others: nothing is paced between them, and WhatsApp limits nothing. Where it does,
   * its answer to one message has to be heard before the next one.
   */
  mayShare({ lane }: OpenSend): boolean {
    const sending = this.#ports.account()?.settings.sending;
    const { timelock, capping } = this.#facts.stated ?? {};
    const isLimited = timelock !== undefined || (capping !== undefined && capping.status !== 'NONE');
    if (sending === undefined || isLimited) return false;
    return lane === 'person' || (lane === 'api' ? sending.apiPace : sending.bulkPace).maxMs === 0;
  }

  /** The departure of a message that is about to be asked for, to be committed with its claim. */
  departureOf(messageId: MessageId, lane: SendLane): Departure {
    return { messageId, trustedMs: this.#read().trustedMs, lane };
  }

  /** The departure is on disk; with `again` in place of an earlier one of the same message. */
  departed(departure: Departure, again: boolean): void {
    if (again) this.#departures = this.#departures.filter(({ messageId }) => messageId !== departure.messageId);
    this.#departures.push(departure);
    const { lane } = departure;
    const sending = this.#ports.account()?.settings.sending;
    if (!isAutomatic(lane) || sending === undefined) return;
    const pace = lane === 'api' ? sending.apiPace : sending.bulkPace;
    this.#gaps = { ...this.#gaps, [lane]: drawGap(pace, this.#ports.randomness.fraction()) };
  }

  /** What became of a message; answers with the words of the hold, when too many failed. */
  outcome(lane: SendLane, failed: boolean, problem: string | undefined): string | undefined {
    const account = this.#ports.account();
    if (account === undefined || !isAutomatic(lane)) return undefined;
    const { trustedMs } = this.#read();
    const noted = noteOutcome(this.#outcomes, {
      trustedMs,
      failed,
      ...(problem === undefined ? {} : { problem }),
    });
    this.#outcomes = noted.outcomes;
    if (noted.stopWords === undefined || !account.settings.sending.stopOnFailures) return undefined;
    if (this.#facts.hold !== undefined) return undefined;
    this.#change({ hold: { by: 'failures', sinceMs: this.#ports.clock.nowMs(), words: noted.stopWords } });
    return noted.stopWords;
  }

  get hold(): Hold | undefined {
    return this.#facts.hold;
  }

  set hold(hold: Hold | undefined) {
    this.#change({ hold });
  }

  get stated(): StatedLimits | undefined {
    return this.#facts.stated;
  }

  set stated(stated: StatedLimits | undefined) {
    const limits = stated?.timelock === undefined && stated?.capping === undefined ? undefined : stated;
    if (JSON.stringify(limits) !== JSON.stringify(this.#facts.stated)) this.#change({ stated: limits });
  }

  get profileMark(): ProfileMark | undefined {
    return this.#facts.profileMark;
  }

  set profileMark(profileMark: ProfileMark | undefined) {
    this.#change({ profileMark });
  }

  /** The gate for people, but for what the outbox counts. */
  describe(): Pick<Gate, 'lastHour' | 'lastDay' | 'warmUp' | 'paused' | 'stated'> {
    const view = this.view;
    const { hold, stated } = this.#facts;
    return {
      ...(view === undefined ? { lastHour: 0, lastDay: 0 } : gateMeters(view)),
      ...(hold === undefined ? {} : { paused: hold }),
      ...(stated === undefined ? {} : { stated }),
    };
  }
}
