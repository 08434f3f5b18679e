import { userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { randomDigits } from '../random';
import { chatRow, groupRow, messageRow, peopleOf } from '../rows';
import type { Phone, StoredMessage } from '../state';
import type { World } from '../world';
import { type Group, isAdmin } from './group-state';

export interface Notice {
  readonly subtype: string;
  readonly author: string;
  readonly recipients?: readonly string[];
  readonly body?: string;
}

/** Tells the phones in a group, and their linked pages, what has changed in it. */
export class GroupNotices {
  readonly #world: World;
  readonly #pages: PageSessions;

  constructor(world: World, pages: PageSessions) {
    this.#world = world;
    this.#pages = pages;
  }

  /** A line in the chat of every phone that is in the group, and of those named besides (who has just left). */
  announce(group: Group, notice: Notice, besides: readonly string[] = []): void {
    const id = randomDigits(20);
    for (const phone of this.#phones([...group.participants, ...besides])) this.#write(phone, group, notice, id);
  }

  /** The same for one phone alone. */
  announceTo(number: string, group: Group, notice: Notice): void {
    for (const phone of this.#phones([number])) this.#write(phone, group, notice, randomDigits(20));
  }

  announceToAdmins(group: Group, notice: Notice): void {
    const id = randomDigits(20);
    const admins = group.participants.filter((number) => isAdmin(group, number));
    for (const phone of this.#phones(admins)) this.#write(phone, group, notice, id);
  }

  /** Without a line in the chat. */
  tell(group: Group): void {
    for (const phone of this.#phones(group.participants)) {
      this.#pages.tell(phone.number, { kind: 'group', group: groupRow(group, phone.number) });
    }
  }

  #phones(numbers: readonly string[]): readonly Phone[] {
    return [...new Set(numbers)].map((number) => this.#world.phones.get(number)).filter((phone) => phone !== undefined);
  }

  #write(phone: Phone, group: Group, notice: Notice, id: string): void {
    const message: StoredMessage = {
      id,
      chatId: group.id,
      fromMe: notice.author === phone.number,
      type: 'gp2',
      body: notice.body ?? '',
      t: Math.floor(this.#world.now() / 1000),
      author: notice.author,
      subtype: notice.subtype,
      recipients: (notice.recipients ?? []).map(userId),
      ack: 1,
    };
    this.#world.commit({ c: 'message', phone: phone.number, message });
    const chat = phone.chats.get(group.id);
    if (chat === undefined) return;
    this.#pages.tell(phone.number, {
      kind: 'message',
      message: messageRow(message),
      chat: chatRow(chat),
      contacts: peopleOf(this.#world, group.id, phone),
      group: groupRow(group, phone.number),
    });
  }
}
