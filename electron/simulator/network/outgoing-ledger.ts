import type { Phone } from './state';
import type { World } from './world';

/** One message of an account as the network knows it, whatever its page believes. */
export interface OutgoingEntry {
  readonly id: string;
  readonly chatId: string;
  readonly type: string;
  readonly body: string;
  /** Network time of its first acceptance. */
  readonly at: number;
  /** How often the network took it for a new message: 1, or something is broken here. */
  readonly accepted: number;
  /** The most copies that the phone of any one recipient has shown. */
  readonly shown: number;
  /** How often the same id came again and was dropped. */
  readonly dropped: number;
}

interface Counting {
  readonly at: number;
  readonly id: string;
  readonly chatId: string;
  readonly body: string;
  accepted: number;
  dropped: number;
  readonly copies: Map<string, number>;
}

/** Every message that the network has accepted from an account, in the order of acceptance. Nothing is ever taken off it. */
export function acceptedFrom(world: World, phone: Phone): readonly OutgoingEntry[] {
  const counts = new Map<string, Counting>();
  for (const { kind, at, phone: from, customer, chatId, id, body } of world.ledger) {
    if (from !== phone.number || chatId === undefined || id === undefined) continue;
    const key = `${chatId} ${id}`;
    if (kind === 'sent') {
      const known = counts.get(key) ?? { at, id, chatId, body: body ?? '', accepted: 0, dropped: 0, copies: new Map() };
      known.accepted += 1;
      counts.set(key, known);
    }
    const counting = counts.get(key);
    if (counting === undefined) continue;
    if (kind === 'duplicate-dropped') counting.dropped += 1;
    if (kind === 'delivered' && customer !== undefined) {
      counting.copies.set(customer, (counting.copies.get(customer) ?? 0) + 1);
    }
  }
  return [...counts.values()].map(({ copies, ...entry }) => ({
    ...entry,
    type: phone.chats.get(entry.chatId)?.byId.get(entry.id)?.type ?? 'gone',
    shown: Math.max(0, ...copies.values()),
  }));
}
