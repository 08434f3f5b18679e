import type { ChatRow, ContactRow, GroupRow, MeRow, MessageRow, QuotedRow } from '../frames';
import { isGroupId, numberOf, userId } from './ids';
import { ackOf, type Chat, type Group, type Phone, type StoredMessage } from './state';
import type { World } from './world';

/** The state as a page is told about it. */

export function meRow(phone: Phone): MeRow {
  return { id: userId(phone.number), lid: phone.lid, pushname: phone.pushname, platform: 'android' };
}

export function messageRow(message: StoredMessage): MessageRow {
  return {
    id: message.id,
    chatId: message.chatId,
    fromMe: message.fromMe,
    type: message.type,
    body: message.body,
    t: message.t,
    ack: ackOf(message),
    ...(message.author === undefined ? {} : { author: userId(message.author) }),
    ...(message.quoted === undefined ? {} : { quoted: message.quoted }),
    ...(message.mentions === undefined ? {} : { mentions: message.mentions }),
  };
}

export function chatRow(chat: Chat): ChatRow {
  return { id: chat.id, t: chat.t, unreadCount: chat.unreadCount };
}

export function contactRow(world: World, number: string): ContactRow | undefined {
  const customer = world.customers.get(number);
  if (customer !== undefined) {
    return {
      id: userId(number),
      pushname: customer.name,
      ...(customer.saved ? { name: customer.name } : {}),
    };
  }
  const phone = world.phones.get(number);
  return phone === undefined ? undefined : { id: userId(number), pushname: phone.pushname };
}

export function groupRow(group: Group): GroupRow {
  return {
    id: group.id,
    subject: group.subject,
    owner: userId(group.owner),
    creation: group.creation,
    participants: group.participants.map((number) => ({
      id: userId(number),
      isAdmin: number === group.owner,
      isSuperAdmin: number === group.owner,
    })),
  };
}

/** Everybody that a chat makes known to its phone. */
export function peopleOf(world: World, chatId: string): readonly ContactRow[] {
  const numbers = isGroupId(chatId) ? (world.groups.get(chatId)?.participants ?? []) : [numberOf(chatId)];
  return numbers.map((number) => contactRow(world, number)).filter((row) => row !== undefined);
}

/** What an answer carries along of the message it answers. */
export function quotedRow(phone: Phone, message: StoredMessage): QuotedRow {
  const participant = message.fromMe ? phone.number : (message.author ?? numberOf(message.chatId));
  return {
    id: message.id,
    fromMe: message.fromMe,
    participant: userId(participant),
    type: message.type,
    body: message.body,
  };
}
