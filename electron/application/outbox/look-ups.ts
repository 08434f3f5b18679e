import type { ObservedMessage } from '../../contract/entities/message';
import type { ChatId, MessageId } from '../../contract/ids';
import { logReason } from '../log-reason';
import type { OpenSend, SendStep, StoredSend } from '../ports/outbox-store';
import type { Desk } from './desk';
import { type PageLife, settleAnew } from './page-life';
import { findingOf, notAskedWords, stepAfterLooking, stuckWords } from './reconcile';

/** Most messages that a person should look at which are looked at once more per life; the newest. */
const attentionLooks = 50;
/** Pause after a look that failed, in ms. */
const lookAgainMs = 5_000;
/** So often a message that is not confirmed is looked up in vain before it is stuck. */
const mostFailedLooks = 3;

type Asked = { readonly chatId: ChatId; readonly messageId: MessageId };

/**
 * Finds out what became of messages: those that were interrupted, those that WhatsApp does not confirm, those that nobody
 * knows about. It only looks and has the page go on with what the page has; it never has a message made.
 */
export class LookUps {
  readonly #desk: Desk;
  /** When messages of the policy `never_lost` are sent again, in ms of the monotonic clock. */
  readonly #lostAtMs = new Map<MessageId, number>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get #nowMs(): number {
    return this.#desk.ports.clock.monotonicMs();
  }

  /** Does the next thing that is due; `false` when there is none. */
  async next(life: PageLife, isOver: () => boolean): Promise<boolean> {
    const nowMs = this.#nowMs;
    if (life.lookFromMs !== undefined && life.lookFromMs <= nowMs) {
      const { doubtful } = this.#desk.rows;
      if (doubtful !== undefined) {
        await this.#lookAt(doubtful, life, isOver);
        return true;
      }
      if (!life.hasSeenAttention) {
        await this.#lookAtAttention(life, isOver);
        return true;
      }
      const lost = this.#desk.rows.lost.find((row) => this.#lostAt(row) <= nowMs);
      if (lost !== undefined) {
        this.#lostAtMs.delete(lost.messageId);
        await this.#desk.step([this.#stepOf(lost, 'queued')]);
        return true;
      }
    }
    const due = this.#desk.watch.due(nowMs);
    if (due === undefined) return false;
    await this.#askAfter(due, life, isOver);
    return true;
  }

  /** Running time until something is due. */
  nextInMs(life: PageLife): number {
    const { rows, watch } = this.#desk;
    const moments = [watch.nextAtMs() ?? Number.POSITIVE_INFINITY];
    if (life.lookFromMs !== undefined) {
      if (rows.doubtful !== undefined || !life.hasSeenAttention) moments.push(life.lookFromMs);
      for (const row of rows.lost) moments.push(Math.max(life.lookFromMs, this.#lostAt(row)));
    }
    return Math.min(...moments) - this.#nowMs;
  }

  /** The age of a row is only known by the wall clock, which may have been set: at most the whole wait is taken off. */
  #lostAt({ messageId, changedAtMs }: OpenSend): number {
    const { clock, timing } = this.#desk.ports;
    const known = this.#lostAtMs.get(messageId);
    if (known !== undefined) return known;
    const ageMs = Math.max(0, clock.nowMs() - changedAtMs);
    const atMs = this.#nowMs + Math.max(0, timing.lostAfterMs - ageMs);
    this.#lostAtMs.set(messageId, atMs);
    return atMs;
  }

  #stepOf({ chatId, messageId }: Asked, to: SendStep['to'], problem?: string): SendStep {
    const atMs = this.#desk.ports.clock.nowMs();
    return { chatId, messageId, to, atMs, ...(problem === undefined ? {} : { problem }) };
  }

  async #find({ chatId, messageId }: Asked): Promise<ObservedMessage | undefined> {
    const { ports, accountId } = this.#desk;
    return (await ports.sessions.request(accountId, 'findMessage', { chatId, messageId })).message;
  }

  async #lookAt(row: OpenSend, life: PageLife, isOver: () => boolean): Promise<void> {
    const { ports, rows, accountId } = this.#desk;
    let message: ObservedMessage | undefined;
    try {
      message = await this.#find(row);
    } catch (error) {
      ports.log.warn('an interrupted message could not be looked up', { accountId, reason: logReason(error) });
      settleAnew(life, this.#nowMs + lookAgainMs);
      return;
    }
    const now = rows.find(row.messageId);
    if (isOver() || now === undefined || life.epoch === undefined) return;
    const step = stepAfterLooking(now, message, life.epoch, ports.clock.nowMs());
    if (findingOf(message) === 'waiting') rows.recover(row.messageId);
    if (step !== undefined) await this.#desk.step([step]);
    else this.#desk.watch.begin(row.messageId, this.#nowMs);
    if (step?.to === 'unknown') this.#desk.note('It is not certain whether an interrupted message left.');
  }

  /** What was uncertain or stuck may have come to light: in a history that was loaded, after a repair. */
  async #lookAtAttention(life: PageLife, isOver: () => boolean): Promise<void> {
    const { ports, accountId } = this.#desk;
    const { sends } = await ports.store.listSends({
      accountId,
      filter: 'attention',
      chatId: undefined,
      cursor: undefined,
      limit: attentionLooks,
    });
    for (const send of sends) {
      if (send.state !== 'unknown' && send.state !== 'stuck') continue;
      if (!(await this.#lookOnceMore(send, life)) || isOver()) return;
    }
    life.hasSeenAttention = true;
  }

  async #lookOnceMore(send: StoredSend, life: PageLife): Promise<boolean> {
    const { ports, rows, accountId } = this.#desk;
    let message: ObservedMessage | undefined;
    try {
      message = await this.#find(send);
    } catch (error) {
      ports.log.warn('an uncertain message could not be looked up', { accountId, reason: logReason(error) });
      settleAnew(life, this.#nowMs + lookAgainMs);
      return false;
    }
    const step = stepAfterLooking(send, message, life.epoch ?? '', ports.clock.nowMs());
    if (step === undefined) return true;
    // Open again, if only for a moment: what becomes of it is heard.
    if (step.to === 'handed') rows.put({ ...send, state: 'handed', isKnownChat: false });
    const changed = await this.#desk.step([step]);
    if (!changed.some(({ messageId }) => messageId === send.messageId)) rows.drop(send.messageId);
    return true;
  }

  /** WhatsApp does not confirm it: the page is looked at, asked once to go on with it, and then it is stuck. */
  async #askAfter(messageId: MessageId, life: PageLife, isOver: () => boolean): Promise<void> {
    const { ports, rows, watch, accountId } = this.#desk;
    const row = rows.find(messageId);
    if (row === undefined || row.state !== 'handed') {
      watch.end(messageId);
      return;
    }
    const stage = watch.stageOf(messageId);
    let message: ObservedMessage | undefined;
    try {
      message = await this.#find(row);
      if (findingOf(message) === 'waiting' && stage === 'first') message = await this.#resend(row);
    } catch (error) {
      ports.log.warn('a message that is not confirmed could not be looked up', { accountId, reason: logReason(error) });
      // A page that cannot be asked must not hold up its chat for ever.
      if (watch.postpone(messageId, this.#nowMs) < mostFailedLooks || isOver()) return;
      await this.#desk.step([this.#stepOf(row, 'stuck', notAskedWords)]);
      this.#desk.note(
        'A message is not confirmed by WhatsApp, and WhatsApp Web does not answer when it is asked about it.',
      );
      return;
    }
    if (isOver() || rows.find(messageId) === undefined || life.epoch === undefined) return;
    if (findingOf(message) === 'waiting') {
      if (stage === 'first') return;
      await this.#desk.step([this.#stepOf(row, 'stuck', stuckWords)]);
      this.#desk.note(
        'A message is stuck in WhatsApp Web: it was asked twice to send it, and WhatsApp has not confirmed it.',
      );
      return;
    }
    const step = stepAfterLooking(row, message, life.epoch, ports.clock.nowMs());
    if (step !== undefined) await this.#desk.step([step]);
  }

  async #resend(row: OpenSend): Promise<ObservedMessage | undefined> {
    const { ports, watch, accountId } = this.#desk;
    const { chatId, messageId } = row;
    const seconds = Math.round(ports.timing.ackPatienceMs / 1000);
    this.#desk.note(`WhatsApp has not confirmed a message for ${seconds} s: the page is asked to send it again.`);
    watch.resent(messageId, this.#nowMs);
    return (await ports.sessions.request(accountId, 'resendMessage', { chatId, messageId })).message;
  }
}
