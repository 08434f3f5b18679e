import type { ObservedMessage } from '../contract/entities/message';
import type { Ack, WorkerReport } from '../contract/frames';
import type { ChatId } from '../contract/ids';
import { isConfirmed, mergeDeliveryStatus } from '../domain/delivery-status';
import { isRaw } from './raw-page';
import { translateChat } from './translate-chat';
import { authorIdOf, messageKeyOf, translateMessage } from './translate-message';

/** What needs no further question to the page. */
type PlainReport = Extract<WorkerReport, { readonly type: 'reaction' | 'message_removed' | 'chat_emptied' }>;

type PumpItem =
  | { readonly kind: 'message'; readonly raw: unknown; readonly isChatKnown: boolean }
  | { readonly kind: 'ack'; readonly ack: Ack }
  | { readonly kind: 'plain'; readonly report: PlainReport }
  | { readonly kind: 'chat'; readonly chatId: ChatId };

export interface EventPumpDeps {
  /** Fresh chats and names of people, in one visit to the page. */
  readChats(
    chatIds: readonly string[],
    peopleIds: readonly string[],
  ): Promise<{ readonly chats: readonly unknown[]; readonly names: Readonly<Record<string, string>> }>;
  report(report: WorkerReport): void;
  nowMs(): number;
  /** Resolves after so many ms. */
  pause(durationMs: number): Promise<void>;
  /** Whether a message is being handed to the page. If not, the next one may be waiting for a confirmation. */
  isSending(): boolean;
}

/** What comes so soon after other events waits for more, in ms: a person does not see it. */
export const gatherMs = 20;
/** The same in a flood, in which nobody reads single lines and each telling costs a commit and a redrawn window. */
export const floodGatherMs = 400;
/** As many events in `floodWindowMs` are a flood. */
const floodEvents = 12;
const floodWindowMs = 1_000;

/** Most events that one visit to the page serves. */
const batchSize = 200;

/**
 * Puts what the page tells into one order: the chat as it is now, then what happened in it. While the page is being asked and
 * for a moment after, events gather and share the next question; so a burst costs a few visits, a single message one. Of what
 * gathers about one message only the newest is told.
 */
export class EventPump {
  readonly #deps: EventPumpDeps;
  readonly #items: PumpItem[] = [];
  #running = false;
  /** When the current window began, what came in it, and in the one before. */
  #flood = { sinceMs: 0, events: 0, eventsBefore: 0 };
  /** Ends the wait for more. */
  #hurry: () => void = () => undefined;

  constructor(deps: EventPumpDeps) {
    this.#deps = deps;
  }

  message(raw: unknown): void {
    this.#push({ kind: 'message', raw, isChatKnown: false });
  }

  /** A message in a chat of which everything else is known: the page need not be asked. */
  messageOnly(raw: unknown): void {
    this.#push({ kind: 'message', raw, isChatKnown: true });
  }

  ack(ack: Ack): void {
    this.#push({ kind: 'ack', ack });
    if (!this.#deps.isSending()) this.#hurry();
  }

  /** After an emptied chat what comes is told with the chat as it is then. */
  report(report: PlainReport): void {
    this.#push({ kind: 'plain', report });
  }

  chat(chatId: ChatId): void {
    this.#push({ kind: 'chat', chatId });
  }

  #push(item: PumpItem): void {
    this.#items.push(item);
    this.#count();
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  #count(): void {
    const nowMs = this.#deps.nowMs();
    const { sinceMs, events } = this.#flood;
    const windows = Math.floor((nowMs - sinceMs) / floodWindowMs);
    // A clock that was set begins anew, too.
    if (windows !== 0) this.#flood = { sinceMs: nowMs, events: 0, eventsBefore: windows === 1 ? events : 0 };
    this.#flood.events += 1;
  }

  get #isFlood(): boolean {
    return Math.max(this.#flood.events, this.#flood.eventsBefore) >= floodEvents;
  }

  async #run(): Promise<void> {
    while (this.#items.length > 0) {
      const emptied = this.#items.findIndex((item) => item.kind === 'plain' && item.report.type === 'chat_emptied');
      await this.#flush(this.#items.splice(0, emptied === -1 ? batchSize : Math.min(batchSize, emptied + 1)));
      await this.#gather();
    }
    this.#running = false;
  }

  async #gather(): Promise<void> {
    const isHurried = new Promise<void>((resolve) => {
      this.#hurry = resolve;
    });
    await this.#deps.pause(gatherMs);
    if (this.#isFlood) await Promise.race([isHurried, this.#deps.pause(floodGatherMs - gatherMs)]);
  }

  async #flush(items: readonly PumpItem[]): Promise<void> {
    const chatIds = new Set<string>();
    const peopleIds = new Set<string>();
    for (const item of items) {
      if (item.kind === 'chat') chatIds.add(item.chatId);
      if (item.kind !== 'message' || item.isChatKnown) continue;
      const key = messageKeyOf(isRaw(item.raw) ? item.raw['id'] : undefined);
      if (key !== undefined) chatIds.add(key.chatId);
      const author = authorIdOf(item.raw);
      if (author !== undefined) peopleIds.add(author);
    }
    const names = await this.#reportChats([...chatIds], [...peopleIds]);
    this.#reportItems(items, names);
  }

  async #reportChats(
    chatIds: readonly string[],
    peopleIds: readonly string[],
  ): Promise<Readonly<Record<string, string>>> {
    if (chatIds.length === 0) return {};
    try {
      const { chats, names } = await this.#deps.readChats(chatIds, peopleIds);
      for (const value of chats) {
        const chat = translateChat(value);
        if (chat !== undefined) this.#deps.report({ type: 'chat', chat });
      }
      return names;
    } catch {
      // The message matters more than the chat's name and count; both come again with the next event.
      this.#deps.report({ type: 'log', level: 'warn', message: 'a chat could not be read after an event' });
      return {};
    }
  }

  #reportItems(items: readonly PumpItem[], names: Readonly<Record<string, string>>): void {
    let messages: ObservedMessage[] = [];
    let acks: Ack[] = [];
    const tell = (): void => {
      const withAcks = acks.length > 0 ? { acks } : {};
      if (messages.length > 0) this.#deps.report({ type: 'messages', messages, ...withAcks });
      else if (acks.length > 0) this.#deps.report({ type: 'acks', acks });
      [messages, acks] = [[], []];
    };
    for (const item of newest(items.map((one) => this.#translate(one, names)).filter((one) => one !== undefined))) {
      if (item.kind === 'ack') acks.push(item.ack);
      else if (item.kind === 'message') {
        const { message } = item;
        // A failure that came before it is older news.
        if (acks.some(({ messageId }) => messageId === message.id)) tell();
        messages.push(message);
      } else {
        tell();
        this.#deps.report(item.report);
      }
    }
    tell();
  }

  #translate(item: PumpItem, names: Readonly<Record<string, string>>): News | undefined {
    if (item.kind === 'chat') return undefined;
    if (item.kind !== 'message') return item;
    const message = translateMessage(item.raw, this.#deps.nowMs(), names);
    return message === undefined ? undefined : { kind: 'message', message };
  }
}

type News =
  | Extract<PumpItem, { readonly kind: 'ack' | 'plain' }>
  | { readonly kind: 'message'; readonly message: ObservedMessage };

/** Without confirmations of which the same moment brought a later one, or the message itself. Failures stand for themselves. */
const newest = (all: readonly News[]): readonly News[] => {
  const kept: News[] = [];
  const places = new Map<string, number>();
  for (const one of all) {
    if (one.kind === 'plain') {
      kept.push(one);
      // What is told of a message after it was removed is told after that.
      places.clear();
      continue;
    }
    const { chatId, id, fromMe } =
      one.kind === 'ack' ? { ...one.ack, id: one.ack.messageId, fromMe: true } : one.message;
    const key = `${fromMe} ${chatId} ${id}`;
    const place = one.kind === 'ack' && isConfirmed(one.ack.status) ? places.get(key) : undefined;
    const before = place === undefined ? undefined : kept[place];
    if (place === undefined || before === undefined || one.kind === 'message') {
      places.set(key, kept.length);
      kept.push(one);
    } else if (before.kind === 'ack') {
      kept[place] = {
        kind: 'ack',
        ack: { ...before.ack, status: mergeDeliveryStatus(before.ack.status, one.ack.status) },
      };
    } else if (before.kind === 'message') {
      const status = mergeDeliveryStatus(before.message.status, one.ack.status);
      kept[place] = { kind: 'message', message: { ...before.message, status } };
    }
  }
  return kept;
};
