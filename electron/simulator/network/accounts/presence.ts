import type { Pushed } from '../../account-frames';
import { isGroupId, numberOf, userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import type { Phone } from '../state';
import type { World } from '../world';
import { chatIdOf, isBlockedBetween } from './people';

/** Who is online, who is typing: told in the moment, never kept. */
export class Presences {
  readonly #world: World;
  readonly #pages: PageSessions;
  readonly #available = new Set<string>();

  constructor(world: World, pages: PageSessions) {
    this.#world = world;
    this.#pages = pages;
  }

  /** A linked device shows itself as online or not. */
  setAvailable(device: string, available: boolean): void {
    if (available) this.#available.add(device);
    else this.#available.delete(device);
  }

  isAvailable(device: string): boolean {
    return this.#available.has(device);
  }

  /** A customer types, records, comes online or goes. */
  ofCustomer(number: string, phone: Phone, group: string | undefined, state: Pushed): void {
    if (isBlockedBetween(this.#world, phone, number)) return;
    const id = chatIdOf(this.#world, number);
    this.#pages.tellNow(phone.number, { kind: 'presence', chatId: group ?? id, id, state });
  }

  /** An account types; customers see it in the ledger, other accounts on their pages. */
  ofPhone(phone: Phone, chatId: string, state: 'composing' | 'recording' | 'paused'): void {
    this.#world.note('typing', { phone: phone.number, chatId, body: state });
    const others = isGroupId(chatId) ? (this.#world.groups.get(chatId)?.participants ?? []) : [numberOf(chatId)];
    for (const number of others) {
      const other = this.#world.phones.get(number);
      if (other === undefined || other === phone || isBlockedBetween(this.#world, other, phone.number)) continue;
      const id = userId(phone.number);
      this.#pages.tellNow(number, { kind: 'presence', chatId: isGroupId(chatId) ? chatId : id, id, state });
    }
  }
}
