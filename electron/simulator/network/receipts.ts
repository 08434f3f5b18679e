import type { Faults } from './faults';
import type { PageSessions } from './page-sessions';
import { ackOf, type Phone, type Receipt, type StoredMessage } from './state';
import type { World } from './world';

/** What recipients' phones report about a message, and the acks that its sender hears because of it. */
export class Receipts {
  readonly #world: World;
  readonly #pages: PageSessions;
  readonly #faults: Faults;

  constructor(world: World, pages: PageSessions, faults: Faults) {
    this.#world = world;
    this.#pages = pages;
    this.#faults = faults;
  }

  delivered(phone: Phone, message: StoredMessage, by: string): void {
    this.#note(phone, message, by, { deliveredAt: this.#world.now() });
  }

  read(phone: Phone, message: StoredMessage, by: string): void {
    if (message.receipts?.[by]?.readAt !== undefined) return;
    this.#note(phone, message, by, { readAt: this.#world.now() });
    const { chatId, id } = message;
    this.#world.note('read', { phone: phone.number, customer: by, chatId, id });
  }

  played(phone: Phone, message: StoredMessage, by: string): void {
    if (message.receipts?.[by]?.playedAt !== undefined) return;
    this.read(phone, message, by);
    this.#note(phone, message, by, { playedAt: this.#world.now() });
    const { chatId, id } = message;
    this.#world.note('played', { phone: phone.number, customer: by, chatId, id });
  }

  #note(phone: Phone, message: StoredMessage, by: string, receipt: Receipt): void {
    const before = ackOf(message);
    this.#world.commit({ c: 'receipt', phone: phone.number, chat: message.chatId, id: message.id, by, receipt });
    const ack = ackOf(message);
    if (ack === before) return;
    const { chatId, id } = message;
    const asTold = this.#faults.actsOnAcks(phone.number) ? ({ asTold: true } as const) : {};
    this.#faults.passAck(phone.number, ack, () =>
      this.#pages.tell(phone.number, { kind: 'ack', chatId, id, ack, ...asTold }),
    );
  }
}
