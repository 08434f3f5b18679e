import type { SendState, StatedLimits } from '../../contract/entities/send';
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

/** Hands one row after the other to the page: claimed on disk first, asked then. Never asks twice. */
export class Sender {
  readonly #desk: Desk;
  /** The row that the page is being asked for. */
  #asked: OpenSend | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get asked(): OpenSend | undefined {
    return this.#asked;
  }

  /** @param isOver Whether the life has ended meanwhile. */
  async send(row: OpenSend, life: PageLife, isOver: () => boolean): Promise<void> {
    const ownRefusal = await this.#ownRefusal(row);
    if (ownRefusal !== undefined) {
      await this.#desk.step([this.#stepTo(row, 'failed', ownRefusal)], 'us');
      return;
    }
    if (!(await this.#claim(row, life))) return;
    this.#asked = row;
    let answer: SendAnswer;
    try {
      await this.#desk.ports.crashPoints.reach('outbox.claimed', this.#desk.accountId);
      answer = await this.#ask(row);
    } finally {
      this.#asked = undefined;
    }
    await this.#takeAnswer(row, answer, life);
    if (isOver()) this.#desk.rows.doubtIfUnderway(row.messageId);
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

  /** `false`: it was not to be had, e.g. cancelled in this moment. */
  async #claim(row: OpenSend, { epoch }: PageLife): Promise<boolean> {
    const { keeper, ports, accountId } = this.#desk;
    const departure = keeper.departureOf(row.messageId, row.lane);
    const claim = { ...this.#stepTo(row, 'claimed'), departure, ...(epoch === undefined ? {} : { epoch }) };
    const changed = await this.#desk.step([claim]);
    if (changed.some(({ messageId, state }) => messageId === row.messageId && state === 'claimed')) {
      keeper.departed(departure, row.attempt > 0);
      return true;
    }
    const stored = await ports.store.findSend(accountId, row.chatId, row.messageId);
    if (stored === undefined || stored.state === 'queued') throw new Error('a queued message could not be claimed');
    this.#desk.takeOver([stored]);
    return false;
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
