import type { SendState } from '../../contract/entities/send';
import type { ChatId, MessageId } from '../../contract/ids';
import { isConfirmedSend } from '../../domain/send-states';
import type { OpenSend, StoredSend } from '../ports/outbox-store';

/** Whether anything can still happen to a row by itself. */
const isOpen = ({ state, policy }: StoredSend): boolean =>
  state === 'queued' || state === 'claimed' || state === 'handed' || (state === 'unknown' && policy === 'never_lost');

/** Whether the page has been asked for it, or may have been, and WhatsApp has not confirmed it. */
const isUnderway = (state: SendState): boolean => state === 'claimed' || state === 'handed';

/**
 * The open rows of one account's outbox in memory; the database is the truth. A row is *under way* from the moment the page may
 * have been asked for it until WhatsApp confirms it; it is *in doubt* when that was in a life that is over: it has to be
 * looked up. Later messages to the same chat wait for both: of two that the page has and WhatsApp does not, a page that
 * is loaded anew may send the second without the first.
 */
export class OpenRows {
  readonly #rows = new Map<MessageId, OpenSend>();
  #queue: OpenSend[] = [];
  readonly #doubtful = new Set<MessageId>();
  readonly #underway = new Set<MessageId>();
  readonly #lost = new Set<MessageId>();
  readonly #reached = new Set<ChatId>();

  /** Takes what the database says in place of all that was known. Rows that the page may have are in doubt. */
  load(rows: readonly OpenSend[]): void {
    this.#rows.clear();
    this.#queue = [];
    this.#doubtful.clear();
    this.#underway.clear();
    this.#lost.clear();
    for (const row of rows) this.put(row);
    this.doubtAll(new Set());
  }

  find(messageId: MessageId): OpenSend | undefined {
    return this.#rows.get(messageId);
  }

  /** Adds a row or takes its new state over. */
  put(row: OpenSend): void {
    const before = this.#rows.get(row.messageId);
    if (before?.state === 'queued') this.#queue = this.#queue.filter(({ messageId }) => messageId !== row.messageId);
    if (isConfirmedSend(row.state)) this.#reached.add(row.chatId);
    if (isUnderway(row.state)) this.#underway.add(row.messageId);
    else {
      this.#underway.delete(row.messageId);
      this.#doubtful.delete(row.messageId);
    }
    this.#lost.delete(row.messageId);
    if (!isOpen(row)) {
      this.#rows.delete(row.messageId);
      return;
    }
    this.#rows.set(row.messageId, row);
    if (row.state === 'queued') this.#queue.push(row);
    if (row.state === 'unknown') this.#lost.add(row.messageId);
  }

  drop(messageId: MessageId): void {
    const row = this.#rows.get(messageId);
    if (row !== undefined) this.put({ ...row, state: 'dismissed' });
  }

  /** Queued rows, in no certain order. */
  get queue(): readonly OpenSend[] {
    return this.#queue;
  }

  /** Unknown rows that are sent again after a while. */
  get lost(): readonly OpenSend[] {
    return [...this.#lost].flatMap((messageId) => this.#rows.get(messageId) ?? []);
  }

  /** The page is gone, or what it answered: what it may have is in doubt, but for the rows that it is being asked for. */
  doubtAll(except: ReadonlySet<MessageId>): void {
    for (const messageId of this.#underway) if (!except.has(messageId)) this.doubt(messageId);
  }

  doubt(messageId: MessageId): void {
    this.#doubtful.add(messageId);
  }

  doubtIfUnderway(messageId: MessageId): void {
    if (this.#underway.has(messageId)) this.doubt(messageId);
  }

  isDoubtful(messageId: MessageId): boolean {
    return this.#doubtful.has(messageId);
  }

  /** It is in the page and only has to be confirmed. */
  recover(messageId: MessageId): void {
    this.#doubtful.delete(messageId);
  }

  /** The oldest row that is in doubt. */
  get doubtful(): OpenSend | undefined {
    let oldest: OpenSend | undefined;
    for (const messageId of this.#doubtful) {
      const row = this.#rows.get(messageId);
      if (row !== undefined && (oldest === undefined || row.order < oldest.order)) oldest = row;
    }
    return oldest;
  }

  /** Whether a message to the chat has to wait for an earlier one. */
  heldChats(): (chatId: ChatId) => boolean {
    const held = new Set<ChatId>();
    for (const messageId of this.#underway) {
      const row = this.#rows.get(messageId);
      if (row !== undefined) held.add(row.chatId);
    }
    return (chatId) => held.has(chatId);
  }

  /** Whether WhatsApp has let a message to the chat through before, as far as is remembered, or would in any case. */
  isReached({ chatId, isKnownChat }: OpenSend): boolean {
    return isKnownChat || this.#reached.has(chatId);
  }

  /** Somebody else has written in these chats. */
  known(chatIds: ReadonlySet<ChatId>): void {
    for (const row of [...this.#rows.values()]) {
      if (!row.isKnownChat && chatIds.has(row.chatId)) this.put({ ...row, isKnownChat: true });
    }
  }
}
