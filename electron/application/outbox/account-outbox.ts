import type { StatedLimits } from '../../contract/entities/send';
import type { Session, SessionState } from '../../contract/entities/session';
import type { AccountId, ChatId } from '../../contract/ids';
import { nextTurn, volleyFrom } from '../../domain/sending/lane-order';
import { logReason } from '../log-reason';
import type { OpenSend, StoredSend } from '../ports/outbox-store';
import { type Rest, WorkLoop } from '../work-loop';
import { Desk } from './desk';
import { LookUps } from './look-ups';
import type { OutboxPorts } from './outbox-ports';
import { beginLife, enterEpoch, type PageLife } from './page-life';
import { optedOutWords, Sender } from './sender';

/** A page that lacks pieces may lose what it is given: nothing is given to it, and what is queued keeps its place. */
const maySend = (status: SessionState): boolean => status.state === 'ready' && (status.missing ?? []).length === 0;

/**
 * The runner of one account, and the only component that retries: it takes one thing after the other, finds out what
 * became of interrupted messages first, and rests until something happens or is due. One row is with the page at a time; texts
 * to different chats between which nothing has to be waited for are claimed together, as a volley.
 */
export class AccountOutbox {
  readonly desk: Desk;
  readonly #ports: OutboxPorts;
  readonly #accountId: AccountId;
  readonly #sender: Sender;
  readonly #lookUps: LookUps;
  readonly #loop: WorkLoop;
  #life: PageLife | undefined;
  /** The epoch of the page of a generation: it stays when only the connection was lost. */
  #entered: { readonly generation: number; readonly epoch: string } | undefined;
  /** The generation in which a phone was asked to link. */
  #linkingIn: number | undefined;
  /** Somebody wants to know, or wants something sent. */
  #isWanted = false;
  #mustAskOptOuts = false;

  constructor(accountId: AccountId, ports: OutboxPorts) {
    this.#accountId = accountId;
    this.#ports = ports;
    this.desk = new Desk(accountId, ports);
    this.#sender = new Sender(this.desk);
    this.#lookUps = new LookUps(this.desk);
    this.#loop = new WorkLoop({
      clock: ports.clock,
      next: () => this.#next(),
      failed: (error) => this.#failed(error),
    });
  }

  sessionChanged({ generation, status }: Session): void {
    if (status.state === 'linking') this.#linkingIn = generation;
    if (this.#life !== undefined && (status.state !== 'ready' || this.#life.generation !== generation)) this.#endLife();
    if (status.state === 'ready' && this.#life === undefined) this.#life = beginLife(generation);
    if (this.#life !== undefined) this.#life.notBeforeMs = 0;
    if (this.desk.isLoaded) this.desk.news.changed();
    this.wake();
  }

  /** What the page may have has to be looked up in its next life. */
  #endLife(): void {
    this.#life = undefined;
    this.desk.watch.clear();
    this.desk.rows.doubtAll(this.#sender.asked);
  }

  /** All chats are caught up: after a while, what the page does not have it never got. */
  caughtUp(): void {
    if (this.#life === undefined) return;
    this.#life.lookFromMs ??= this.#ports.clock.monotonicMs() + this.#ports.timing.settleMs;
    this.wake();
  }

  accepted(row: OpenSend): void {
    this.#isWanted = true;
    this.desk.arrive(row);
    this.wake();
  }

  moved(sends: readonly StoredSend[]): void {
    this.desk.takeOver(sends);
    this.wake();
  }

  heardFrom(chatIds: ReadonlySet<ChatId>): void {
    this.desk.rows.known(chatIds);
    this.wake();
  }

  limited(limits: StatedLimits): void {
    this.desk.keeper.stated = limits;
    if (this.desk.isLoaded) this.desk.news.changed();
    this.wake();
  }

  configured(): void {
    if (this.desk.isLoaded) this.desk.news.changed();
    this.wake();
  }

  optOutAdded(): void {
    this.#mustAskOptOuts = true;
    this.wake();
  }

  /** Something has changed that may let a message go. Returns at once. */
  wake(): void {
    this.#loop.wake();
  }

  /** The account is gone: what is under way ends without touching anything. */
  close(): void {
    this.#loop.close();
    this.desk.news.end();
  }

  async idle(): Promise<void> {
    await this.#loop.idle();
    await this.desk.news.idle();
  }

  /** The store, or a mistake of ours: nothing goes on before what is on disk has been read again. */
  #failed(error: unknown): Rest {
    if (this.#loop.isClosed) return Number.POSITIVE_INFINITY;
    this.desk.mistrust();
    this.desk.patience.failed();
    this.desk.news.changed();
    this.#ports.log.error('the outbox of an account is held up', {
      accountId: this.#accountId,
      reason: logReason(error),
    });
    return this.desk.patience.leftMs() ?? 'at_once';
  }

  async #next(): Promise<Rest> {
    const { desk } = this;
    const pauseMs = desk.patience.leftMs();
    if (pauseMs !== undefined) return pauseMs;
    if (!desk.isLoaded) {
      if (!this.#isWanted && this.#life === undefined) return Number.POSITIVE_INFINITY;
      await desk.load();
    }
    desk.patience.tried();
    if (this.#mustAskOptOuts) await this.#askOptOuts();
    if (desk.keeper.isUnsaved) {
      await desk.keeper.save();
      desk.patience.worked();
    }
    const life = this.#life;
    if (life === undefined) return this.#restAway();
    if (life.epoch === undefined) {
      await this.#enterEpoch(life);
      return 'at_once';
    }
    const isOver = (): boolean => this.#life !== life || this.#loop.isClosed;
    if (await this.#lookUps.next(life, isOver)) return 'at_once';
    return isOver() ? 'at_once' : this.#takeTurn(life, isOver);
  }

  async #enterEpoch(life: PageLife): Promise<void> {
    const { generation } = life;
    if (this.#entered?.generation !== generation) {
      const linkedAnew = this.#linkingIn === generation;
      const epoch = await enterEpoch(this.#accountId, this.desk.keeper, linkedAnew, this.#ports);
      this.#entered = { generation, epoch };
    }
    life.epoch = this.#entered.epoch;
  }

  /** Without a page nothing leaves; an account that is asleep is woken when something may. */
  async #restAway(): Promise<Rest> {
    const { desk } = this;
    await desk.flush();
    const { sessions } = this.#ports;
    if (sessions.get(this.#accountId).status.state !== 'asleep') return Number.POSITIVE_INFINITY;
    // What waits for an earlier message waits for the page, too: only there it can be looked up.
    const turn = nextTurn(desk.rows.queue, () => false, desk.keeper.asker());
    if (desk.keeper.isUnsaved) return 'at_once';
    if (turn?.verdict.open !== true) return turn?.inMs ?? Number.POSITIVE_INFINITY;
    sessions.wake(this.#accountId);
    return Number.POSITIVE_INFINITY;
  }

  async #takeTurn(life: PageLife, isOver: () => boolean): Promise<Rest> {
    const { desk } = this;
    const { sessions, clock } = this.#ports;
    const looksInMs = (): number => this.#lookUps.nextInMs(life);
    const blockedMs = life.notBeforeMs - clock.monotonicMs();
    const isHeld = desk.rows.heldChats();
    const turn = nextTurn(desk.rows.queue, isHeld, desk.keeper.asker());
    // The gate has just looked at the clocks and may have found that somebody has set one.
    if (desk.keeper.isUnsaved) return 'at_once';
    const mayGo = turn?.verdict.open === true && blockedMs <= 0;
    if (turn === undefined || !mayGo || !maySend(sessions.get(this.#accountId).status)) {
      // What was answered may be a confirmation, and let the next message to its chat go.
      if (await desk.flush()) return 'at_once';
      const turnInMs = blockedMs > 0 && turn?.verdict.open === true ? blockedMs : turn?.inMs;
      return Math.min(looksInMs(), turnInMs ?? Number.POSITIVE_INFINITY);
    }
    await this.#sender.send(this.#volleyFrom(turn.row, isHeld), life, isOver);
    return 'at_once';
  }

  /** Texts to chats that WhatsApp lets messages through to are claimed together: a commit costs more than what is in it. */
  #volleyFrom(first: OpenSend, isHeld: (chatId: ChatId) => boolean): readonly OpenSend[] {
    const { rows, keeper } = this.desk;
    const mayShare = (row: OpenSend): boolean =>
      row.content.kind === 'text' && row.attempt === 0 && rows.isReached(row) && keeper.mayShare(row);
    return volleyFrom(first, rows.queue, isHeld, (volley) => keeper.asker(volley), mayShare);
  }

  /** Whoever is on the list now is not written to, however long the message has waited. */
  async #askOptOuts(): Promise<void> {
    this.#mustAskOptOuts = false;
    try {
      for (const row of Array.from(this.desk.rows.queue)) await this.#askOptOut(row);
    } catch (error) {
      this.#mustAskOptOuts = true;
      throw error;
    }
  }

  async #askOptOut({ chatId, messageId }: OpenSend): Promise<void> {
    const { optOuts, clock } = this.#ports;
    const contact = await optOuts.find(this.#accountId, chatId);
    if (contact === undefined) return;
    const problem = optedOutWords(contact);
    await this.desk.step([{ chatId, messageId, to: 'failed', atMs: clock.nowMs(), problem }], 'us');
  }
}
