import { GROUP_TALK } from './demo-lines';
import { type DemoPerson, SALES, SALES_PEOPLE, SUPPORT, SUPPORT_PEOPLE, WHOLESALE } from './demo-people';
import { seedPhoto } from './demo-photos';
import { SALES_TALKS, SUPPORT_TALKS, type Talk } from './demo-talks';
import { newGroup } from './groups/group-state';
import { userId } from './ids';
import type { Network } from './network';
import { between, messageId, type Random, seededHex, seededRandom } from './random';
import type { Phone, StoredMessage } from './state';

const SEED = 20_220;
const HOUR_S = 3600;
/** Of the newest chats, those that nobody has opened yet, where the customer spoke last. */
const UNREAD_PLACES = new Set([0, 1, 3, 4]);

/** Of the older chats, those in which a customer has sent the photo of something that broke. */
const PHOTO_PLACES = new Set([2, 5, 8]);

/** Fills an empty network with two phones in the middle of a working day. A network that has a past is left alone. */
export function seedDemo(network: Network): void {
  if (network.world.phones.size > 0) return;
  const random = seededRandom(SEED);
  const sales = network.ensurePhone(SALES.number, SALES.pushname);
  const support = network.ensurePhone(SUPPORT.number, SUPPORT.pushname);
  for (const person of [...SALES_PEOPLE, ...SUPPORT_PEOPLE]) addPerson(network, person, random);
  seedChats(network, sales, SALES_PEOPLE, SALES_TALKS, random);
  seedChats(network, support, SUPPORT_PEOPLE, SUPPORT_TALKS, random);
  seedGroup(network, [sales, support], random);
}

/** Demo customers read like people: not in the same moment. */
export function addPerson(network: Network, person: DemoPerson, random: Random): void {
  network.setCustomer(
    {
      name: person.name,
      saved: person.saved,
      device: person.device,
      deliverAfterMs: between(random, 150, 900),
      readAfterMs: between(random, 1200, 5000),
    },
    person.number,
  );
}

function seedChats(
  network: Network,
  phone: Phone,
  people: readonly DemoPerson[],
  talks: Readonly<Record<DemoPerson['voice'], readonly Talk[]>>,
  random: Random,
): void {
  const now = Math.floor(network.world.now() / 1000);
  const used = new Map<DemoPerson['voice'], number>();
  for (const [index, person] of people.entries()) {
    const known = talks[person.voice];
    const turn = used.get(person.voice) ?? 0;
    used.set(person.voice, turn + 1);
    const talk = known[turn % known.length] ?? [];
    // The first ones spoke within the last hours, the last ones days ago.
    const ended = now - between(random, 120, 1500) - Math.floor((index / people.length) ** 2 * 5 * 24 * HOUR_S);
    const messages = tell(userId(person.number), talk, ended, person.device, random);
    network.world.commit({ c: 'history', phone: phone.number, chat: userId(person.number), messages });
    const unread = trailingFromCustomer(messages);
    const waiting = UNREAD_PLACES.has(index) ? unread : 0;
    network.world.commit({ c: 'chat', phone: phone.number, id: userId(person.number), unreadCount: waiting });
    if (PHOTO_PLACES.has(index)) seedPhoto(network, phone, userId(person.number), person, random);
  }
}

/** Backwards from the end, with pauses of a talk, so that no two messages share a second. */
function tell(chatId: string, talk: Talk, ended: number, device: 'android' | 'ios', random: Random): StoredMessage[] {
  const hex = seededHex(random);
  let t = ended;
  const messages: StoredMessage[] = [];
  for (const line of [...talk].reverse()) {
    const fromMe = line.startsWith('>');
    messages.unshift({
      id: fromMe ? `3EB0${hex(9)}` : messageId(device, hex),
      chatId,
      fromMe,
      type: 'chat',
      body: line.slice(1),
      t,
      ...(fromMe ? { ack: 3 } : {}),
    });
    t -= between(random, 35, 1400);
  }
  return messages;
}

function trailingFromCustomer(messages: readonly StoredMessage[]): number {
  let count = 0;
  while (count < messages.length && messages.at(-1 - count)?.fromMe === false) count += 1;
  return count;
}

function seedGroup(network: Network, phones: readonly Phone[], random: Random): void {
  const creation = Math.floor(network.world.now() / 1000) - 90 * 24 * HOUR_S;
  network.world.commit({ c: 'group', group: newGroup({ ...WHOLESALE, creation }) });
  const hex = seededHex(random);
  const started = Math.floor(network.world.now() / 1000) - 3 * HOUR_S;
  const lines = GROUP_TALK.map(([author, body], index) => ({
    author,
    body,
    id: messageId('android', hex),
    t: started + index * 431,
  }));
  for (const phone of phones) {
    const messages = lines.map((line): StoredMessage => {
      const fromMe = line.author === phone.number;
      return { ...line, chatId: WHOLESALE.id, type: 'chat', fromMe, ...(fromMe ? { ack: 3 } : {}) };
    });
    network.world.commit({ c: 'history', phone: phone.number, chat: WHOLESALE.id, messages });
  }
}
