import type { ChatRow, ContactRow, MeRow, MessageRow, QuotedRow } from '../frames';
import type { GroupRow } from '../group-frames';
import { personBehind, personRow } from './accounts/people';
import { type Group, isAdmin } from './groups/group-state';
import { isGroupId, numberOf, STATUS_CHAT, userId } from './ids';
import { ackOf, type Chat, type Phone, type StoredMessage } from './state';
import type { World } from './world';

/** The state as a page is told about it. */

export function meRow(world: World, phone: Phone): MeRow {
  const id = userId(phone.number);
  const { platform, battery } = phone.profile;
  return {
    id,
    lid: phone.lid,
    pushname: phone.pushname,
    platform,
    hasPicture: world.pictures.has(id),
    ...(battery === undefined ? {} : { battery: battery.percent, plugged: battery.plugged }),
  };
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
    ...(message.details === undefined ? {} : { details: message.details }),
    ...(message.star === true ? { star: true } : {}),
    ...(message.reactions !== undefined && Object.keys(message.reactions).length > 0 ? { hasReaction: true } : {}),
    ...(message.subtype === undefined ? {} : { subtype: message.subtype, recipients: message.recipients ?? [] }),
  };
}

export function chatRow(chat: Chat): ChatRow {
  const { archived, pin, muteExpiration, labels, keptBack } = chat.settings;
  return {
    id: chat.id,
    t: chat.t,
    unreadCount: chat.unreadCount,
    ...(archived ? { archived } : {}),
    ...(pin === 0 ? {} : { pin }),
    ...(muteExpiration === 0 ? {} : { muteExpiration }),
    ...(labels.length === 0 ? {} : { labels }),
    ...(keptBack === 0 ? {} : { moreOnPhone: true }),
  };
}

/** A group as one of its members may see it. */
export function groupRow(group: Group, viewer: string): GroupRow {
  const { description } = group;
  return {
    id: group.id,
    subject: group.subject,
    subjectOwner: userId(group.subjectOwner),
    subjectTime: group.subjectTime,
    owner: userId(group.owner),
    creation: group.creation,
    participants: group.participants.map((number) => ({
      id: userId(number),
      isAdmin: isAdmin(group, number),
      isSuperAdmin: number === group.owner,
    })),
    ...(description === undefined ? {} : { description: { ...description, by: userId(description.by) } }),
    announce: group.announce,
    restrict: group.restrict,
    memberAddMode: group.adminsAdd ? 'admin_add' : 'all_member_add',
    membershipApproval: group.membershipApproval,
    ephemeralSeconds: group.ephemeralSeconds,
    ...(group.parent === undefined ? {} : { parent: group.parent }),
    requests: isAdmin(group, viewer)
      ? group.requests.map(({ number, addedBy, method, t }) => ({
          id: userId(number),
          addedBy: userId(addedBy),
          method,
          t,
        }))
      : [],
  };
}

/** Everybody that a chat makes known to its phone. */
export function peopleOf(world: World, chatId: string, phone: Phone): readonly ContactRow[] {
  if (!isGroupId(chatId) && chatId !== STATUS_CHAT) return [personBehind(world, chatId, phone)].filter(isThere);
  return [...numbersIn(world, chatId, phone)].map((number) => personRow(world, number, phone)).filter(isThere);
}

function numbersIn(world: World, chatId: string, phone: Phone): Iterable<string> {
  if (isGroupId(chatId)) return world.groups.get(chatId)?.participants ?? [];
  const authors = (phone.chats.get(chatId)?.messages ?? []).map(({ author }) => author);
  return new Set(authors.filter(isThere));
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
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
    ...(message.details === undefined ? {} : { details: message.details }),
  };
}
