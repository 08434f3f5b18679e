import type { PageSessions } from '../page-sessions';
import { messageId } from '../random';
import { Refusal } from '../refusal';
import type { Customer } from '../state';
import type { World } from '../world';
import { place } from './notices';
import { chatIdOf } from './people';

/** A customer moves to another number; every account that has a chat with the old one is told in that chat. */
export function changeNumber(
  parts: { readonly world: World; readonly pages: PageSessions },
  customer: Customer,
  number: string,
): Customer {
  const { world } = parts;
  if (world.customers.has(number) || world.phones.has(number)) throw new Refusal(409, `${number} is taken already`);
  const oldId = chatIdOf(world, customer.number);
  const moved: Customer = { ...customer, number };
  world.commit({ c: 'customer', customer: moved });
  world.commit({ c: 'customer-gone', number: customer.number });
  const newId = chatIdOf(world, number);
  for (const phone of world.phones.values()) {
    const named = phone.profile.book.get(customer.number);
    if (named !== undefined) world.commit({ c: 'book', phone: phone.number, number, name: named });
    if (!phone.chats.has(oldId)) continue;
    place(
      parts,
      phone,
      {
        id: messageId(customer.device),
        chatId: oldId,
        fromMe: false,
        type: 'notification_template',
        body: '',
        t: Math.floor(world.now() / 1000),
        details: { subtype: 'change_number', templateParams: [newId, oldId] },
      },
      { unread: false },
    );
  }
  return moved;
}
