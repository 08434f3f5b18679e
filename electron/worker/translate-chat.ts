import type { AccountIdentity } from '../contract/entities/account';
import type { ObservedChat } from '../contract/entities/chat';
import { chatIdSchema, messageIdSchema } from '../contract/ids';
import { fallbackChatName, kindOfChat } from '../domain/chat-identity';
import { finiteNumberOf, firstText, isRaw, secondsToMs, textOf, widOf } from './raw-page';
import { isConversation, phoneOfWid } from './translate-wid';

/** More than any chat can have; beyond it a number is nonsense. */
const maxUnread = 10_000_000;

/** WhatsApp counts a chat that was marked as unread by hand as -1: one thing waits. */
const unreadOf = (value: unknown): number => {
  const count = Math.trunc(finiteNumberOf(value) ?? 0);
  return count < 0 ? 1 : Math.min(count, maxUnread);
};

/** WhatsApp's end of a silence in seconds, 0 for none and -1 for good. */
const mutedOf = (value: unknown): ObservedChat['muted'] => {
  const expiration = Math.trunc(finiteNumberOf(value) ?? 0);
  if (expiration === 0) return undefined;
  const untilMs = secondsToMs(expiration);
  // What no calendar has is for good, too.
  return untilMs === undefined ? {} : { untilMs };
};

/** A chat as the page functions read it, as the contract has it; undefined for what is no conversation. */
export const translateChat = (value: unknown): ObservedChat | undefined => {
  if (!isRaw(value)) return undefined;
  const parsed = chatIdSchema.safeParse(widOf(value['id']));
  if (!parsed.success || !isConversation(parsed.data)) return undefined;
  const id = parsed.data;
  const kind = kindOfChat(id);
  const phone = kind === 'direct' ? (phoneOfWid(id) ?? phoneOfWid(widOf(value['phoneWid']))) : undefined;
  const muted = mutedOf(value['muteExpiration']);
  const lastMessage = messageIdSchema.safeParse(value['lastMessageId']);
  return {
    id,
    kind,
    name: firstText(value['name'], value['pushName'])?.trim() ?? phone ?? fallbackChatName(id),
    ...(phone === undefined ? {} : { phone }),
    unreadCount: unreadOf(value['unreadCount']),
    lastActivityMs: secondsToMs(value['t']) ?? 0,
    ...(lastMessage.success ? { lastMessageId: lastMessage.data } : {}),
    archived: value['archived'] === true,
    pinned: value['pinned'] === true,
    ...(muted === undefined ? {} : { muted }),
  };
};

/** Who the phone says it is. */
export const translateIdentity = (wid: unknown, pushName: unknown): AccountIdentity => {
  const id = widOf(wid) ?? '';
  return { wid: id, phone: phoneOfWid(id) ?? '', pushName: textOf(pushName) ?? '' };
};
