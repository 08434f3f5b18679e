import { STATUS_CHAT } from '../ids';
import type { PageSessions } from '../page-sessions';
import { messageId } from '../random';
import type { Customer, Phone } from '../state';
import type { World } from '../world';
import { place } from './notices';
import { bookName, isBlockedBetween } from './people';

/** Seconds that a status is shown. */
export const STATUS_LASTS_S = 86_400;

/**
 * Whom an account's status updates reach: everybody in its address book who has not blocked it and is not blocked. Another
 * account has to have this one in its address book as well; of customers that is taken for granted.
 */
export function statusAudience(world: World, phone: Phone): readonly string[] {
  const accounts = [...world.phones.values()].filter(
    (other) => other !== phone && bookName(world, phone.number, other) !== undefined,
  );
  return [...world.customers.keys(), ...accounts.map(({ number }) => number)].filter(
    (number) => bookName(world, number, phone) !== undefined && !isBlockedBetween(world, phone, number),
  );
}

/** A customer posts a status; every account that has the customer in its address book sees it. */
export function postStatus(
  parts: { readonly world: World; readonly pages: PageSessions },
  customer: Customer,
  text: string,
  look: { readonly backgroundColor?: number; readonly font?: number },
): { readonly id: string; readonly t: number; readonly phones: number } {
  const { world } = parts;
  const id = messageId(customer.device);
  const t = Math.floor(world.now() / 1000);
  const phones = [...world.phones.values()].filter((phone) => statusAudience(world, phone).includes(customer.number));
  for (const phone of phones) {
    place(
      parts,
      phone,
      { id, chatId: STATUS_CHAT, fromMe: false, type: 'chat', body: text, t, author: customer.number, details: look },
      { unread: true },
    );
    world.note('received', { phone: phone.number, customer: customer.number, chatId: STATUS_CHAT, id, body: text });
  }
  return { id, t, phones: phones.length };
}
