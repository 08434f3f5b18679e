import type { SendState, StatedLimits } from '../../contract/entities/send';
import type { MessageId } from '../../contract/ids';
import { statedHolds } from '../../domain/sending/stated-limits';
import type { OpenSend, SendStep } from '../ports/outbox-store';
import type { Desk } from './desk';
import { type PageLife, settleAnew } from './page-life';
import { findingOf } from './reconcile';
import { answerOf, answerOfError, type SendAnswer } from './send-answer';

/** How long a limit holds that WhatsApp has enforced without saying until when, in ms. */
const unstatedLimitMs = 15 * 60_000;
/** How long an account is left alone that was ready and yet would not be asked, in ms; a change of its session ends it. */
const notAskedPauseMs = 5_000;

/** Hands rows to the worker: claimed on disk first, asked for then. Never asks twice. */
export class Sender {
  readonly #desk: Desk;
  /** The rows that the worker has been asked for and whose answers are not taken yet. */
  #asked: ReadonlySet<MessageId> = new Set();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get asked(): ReadonlySet<MessageId> {
    return this.#asked;
  }

  /**
   * Claims the rows in one commit and asks the worker for all of them, which gives them to the page one after the other. When
   * one of them must not leave, only that is noted: who goes then is asked anew.
   *
   * @param rows Of different chats, in the order in which their turns have come.
   * @param isOver Whether the life has ended meanwhile.
   */
  async send(rows: readonly OpenSend[], life: PageLife, isOver: () => boolean): Promise<void> {
    if (await this.#refuse(rows)) return;
    // Refusals were asked for on the disk: somebody may have stopped the account meanwhile.
    const ask = this.#desk.keeper.asker();
    if (isOver() || rows.some((row) => !ask(row).open)) return;
    const claimed = await this.#claim(rows, life);
    const failures: unknown[] = [];
    const whileGoingOn = (step: Promise<void>): Promise<void> =>
      step.catch((error: unknown) => void failures.push(error));
    const asked = new Set(claimed.map(({ messageId }) => messageId));
    this.#asked = asked;
    try {
      await this.#desk.ports.crashPoints.reach('outbox.claimed', this.#desk.accountId);
      const answers = claimed.map((row) => ({ row, answering: this.#ask(row) }));
      for (const { row, answering } of answers) {
        const answer = await answering;
        asked.delete(row.messageId);
        // What one answer comes to is nothing to the others: each is told once.
        await whileGoingOn(this.#takeAnswer(row, answer, life));
        if (isOver()) this.#desk.rows.doubtIfUnderway(row.messageId);
      }
    } finally {
      this.#asked = new Set();
    }
    for (const row of rows) if (!claimed.includes(row)) await whileGoingOn(this.#readAgain(row));
    if (failures.length > 0) throw failures[0];
  }

  /** Whether there were any that we ourselves do not let leave; these fail. */
  async #refuse(rows: readonly OpenSend[]): Promise<boolean> {
    const refusals = await Promise.all(rows.map((row) => this.#ownRefusal(row)));
    const steps = rows.flatMap((row, index) => {
      const refusal = refusals[index];
      return refusal === undefined ? [] : [this.#stepTo(row, 'failed', refusal)];
    });
    if (steps.length > 0) await this.#desk.step(steps, 'us');
    return steps.length > 0;
  }

  #stepTo({ chatId, messageId }: OpenSend, to: SendState, problem?: string): SendStep {
    const atMs = this.#desk.ports.clock.nowMs();
    return { chatId, messageId, to, atMs, ...(problem === undefined ? {} : { problem }) };
  }

  /** Why we ourselves do not let it leave. */
  async #ownRefusal({ chatId, content }: OpenSend): Promise<string | undefined> {
    const { accountId, ports } = this.#desk;
    const contact = await ports.optOuts.find(accountId, chatId);
    if (contact !== undefined) return optedOutWords(contact);
    if (content.kind !== 'media') return undefined;
    const file = await ports.media.find(accountId, content.mediaId);
    return file === undefined
      ? `Its file ${content.filename} is not on this computer any more. Hand it over again and send a new message.`
      : undefined;
  }

  /** Those that were to be had; one may have been cancelled in this moment. */
  async #claim(rows: readonly OpenSend[], { epoch }: PageLife): Promise<readonly OpenSend[]> {
    const { keeper } = this.#desk;
    const departing = rows.map((row) => ({ row, departure: keeper.departureOf(row.messageId, row.lane) }));
    const changed = await this.#desk.step(
      departing.map(({ row, departure }) => ({
        ...this.#stepTo(row, 'claimed'),
        departure,
        ...(epoch === undefined ? {} : { epoch }),
      })),
    );
    const claimed = new Set(changed.flatMap(({ messageId, state }) => (state === 'claimed' ? [messageId] : [])));
    for (const { row, departure } of departing) {
      if (claimed.has(row.messageId)) keeper.departed(departure, row.attempt > 0);
    }
    return rows.filter(({ messageId }) => claimed.has(messageId));
  }

  /** A row that was not to be had: what it is now. */
  async #readAgain({ chatId, messageId }: OpenSend): Promise<void> {
    const { ports, accountId } = this.#desk;
    const stored = await ports.store.findSend(accountId, chatId, messageId);
    if (stored === undefined || stored.state === 'queued') throw new Error('a queued message could not be claimed');
    this.#desk.takeOver([stored]);
  }

  async #ask(row: OpenSend): Promise<SendAnswer> {
    const { accountId, ports } = this.#desk;
    const { chatId, messageId, content, quotedMessageId, attempt } = row;
    const mediaPath = content.kind === 'media' ? ports.media.pathOf(accountId, content.mediaId) : undefined;
    try {
      const { message } = await ports.sessions.request(accountId, 'send', {
        chatId,
        messageId,
        content,
        ...(mediaPath === undefined ? {} : { mediaPath }),
        ...(quotedMessageId === undefined ? {} : { quotedMessageId }),
        again: attempt > 0,
      });
      return answerOf(row, message);
    } catch (error) {
      return answerOfError(error);
    }
  }

  async #takeAnswer(row: OpenSend, answer: SendAnswer, life: PageLife): Promise<void> {
    const { accountId, ports, rows } = this.#desk;
    const { clock, crashPoints, log } = ports;
    switch (answer.kind) {
      case 'handed':
        await crashPoints.reach('outbox.answered', accountId);
        // An acknowledgement may have overtaken the answer.
        if (rows.find(row.messageId)?.state !== 'claimed') return;
        this.#desk.answered(this.#stepTo(row, findingOf(answer.message) === 'confirmed' ? 'sent' : 'handed'));
        return;
      case 'not_asked':
        life.notBeforeMs = clock.monotonicMs() + notAskedPauseMs;
        await this.#desk.step([this.#stepTo(row, 'queued')]);
        return;
      case 'limited':
        await this.#limit(row, answer.words, answer.retryAfterMs);
        return;
      case 'refused':
        await this.#desk.step([this.#stepTo(row, 'failed', answer.words)]);
        return;
      case 'renamed':
        await this.#desk.step([this.#stepTo(row, 'handed'), this.#stepTo(row, 'stuck', answer.words)]);
        this.#desk.note('WhatsApp Web gave a message another id than it was told.');
        return;
      case 'unclear':
        log.warn('it is not certain whether a message left', { accountId, messageId: row.messageId });
        rows.doubt(row.messageId);
        settleAnew(life, clock.monotonicMs() + ports.timing.settleMs);
    }
  }

  /** WhatsApp's limit is obeyed at once, stated or not. What it lets nobody see stays a failure of this message. */
  async #limit(row: OpenSend, words: string, retryAfterMs = unstatedLimitMs): Promise<void> {
    const { keeper, ports } = this.#desk;
    const stated = await this.#statedLimits();
    if (stated !== undefined) keeper.stated = stated;
    const isHeld = (): boolean => statedHolds(keeper.stated, row, ports.clock.nowMs()).length > 0;
    if (!isHeld()) {
      const endsAtMs = ports.clock.nowMs() + retryAfterMs;
      keeper.stated = { ...keeper.stated, timelock: { endsAtMs, enforcementType: 'UNSTATED' } };
    }
    await this.#desk.step([isHeld() ? this.#stepTo(row, 'queued') : this.#stepTo(row, 'failed', words)]);
    this.#desk.note('WhatsApp limits this account: what its limit holds waits until WhatsApp lets it go.');
  }

  async #statedLimits(): Promise<StatedLimits | undefined> {
    const { accountId, ports } = this.#desk;
    try {
      return (await ports.sessions.request(accountId, 'readLimits', {})).limits;
    } catch {
      return undefined;
    }
  }
}

export const optedOutWords = (contact: string): string =>
  `${contact} is on the do-not-contact list: this message was not sent.`;
