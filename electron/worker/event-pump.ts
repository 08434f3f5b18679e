import type { ObservedMessage } from '../contract/entities/message';
import type { WorkerReport } from '../contract/frames';
import type { ChatId } from '../contract/ids';
import { isRaw } from './raw-page';
import { translateChat } from './translate-chat';
import { authorIdOf, messageKeyOf, translateMessage } from './translate-message';

type AckReport = Extract<WorkerReport, { readonly type: 'ack' }>;

type PumpItem =
  | { readonly kind: 'message'; readonly raw: unknown }
  | { readonly kind: 'ack'; readonly report: AckReport }
  | { readonly kind: 'chat'; readonly chatId: ChatId };

export interface EventPumpDeps {
  /** Fresh chats and names of people, in one visit to the page. */
  readChats(
    chatIds: readonly string[],
    peopleIds: readonly string[],
  ): Promise<{ readonly chats: readonly unknown[]; readonly names: Readonly<Record<string, string>> }>;
  report(report: WorkerReport): void;
  nowMs(): number;
}

/** Most events that one visit to the page serves. */
const batchSize = 200;

/**
 * Puts what the page tells into one order: the chat as it is now, then what happened in it. While the page is being asked,
 * events gather and share the next question; so a burst costs a few visits, a single message one.
 */
export class EventPump {
  readonly #deps: EventPumpDeps;
  readonly #items: PumpItem[] = [];
  #running = false;

  constructor(deps: EventPumpDeps) {
    this.#deps = deps;
  }

  message(raw: unknown): void {
    this.#push({ kind: 'message', raw });
  }

  ack(report: AckReport): void {
    this.#push({ kind: 'ack', report });
  }

  chat(chatId: ChatId): void {
    this.#push({ kind: 'chat', chatId });
  }

  #push(item: PumpItem): void {
    this.#items.push(item);
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#items.length > 0) await this.#flush(this.#items.splice(0, batchSize));
    this.#running = false;
  }

  async #flush(items: readonly PumpItem[]): Promise<void> {
    const chatIds = new Set<string>();
    const peopleIds = new Set<string>();
    for (const item of items) {
      if (item.kind === 'chat') chatIds.add(item.chatId);
      if (item.kind !== 'message') continue;
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
    const flushMessages = (): void => {
      if (messages.length > 0) this.#deps.report({ type: 'messages', messages });
      messages = [];
    };
    for (const item of items) {
      if (item.kind === 'message') {
        const message = translateMessage(item.raw, this.#deps.nowMs(), names);
        if (message !== undefined) messages.push(message);
      } else if (item.kind === 'ack') {
        flushMessages();
        this.#deps.report(item.report);
      }
    }
    flushMessages();
  }
}
