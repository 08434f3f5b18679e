import type { DeliveryStatus, MessageType, ObservedMessage } from '../contract/entities/message';
import { type ChatId, chatIdSchema, type MessageId, messageIdSchema } from '../contract/ids';
import { finiteNumberOf, firstText, isRaw, type Raw, secondsToMs, textOf, widOf } from './raw-page';
import { isConversation, phoneOfWid } from './translate-wid';

/** Which message is meant, as far as a console needs to know. */
export interface MessageKey {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly fromMe: boolean;
  /** Who wrote it, in groups. */
  readonly participant: string | undefined;
}

/** WhatsApp's names of what customers send. What is in neither table is shown as unsupported. */
const types: Readonly<Record<string, MessageType>> = {
  chat: 'text',
  buttons_response: 'text',
  list_response: 'text',
  template_button_reply: 'text',
  image: 'image',
  video: 'video',
  audio: 'audio',
  ptt: 'voice',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  vcard: 'contact',
  multi_vcard: 'contact',
  poll_creation: 'poll',
  revoked: 'revoked',
};

/** The page's own bookkeeping and placeholders: nobody wrote these. */
const noise: ReadonlySet<string> = new Set([
  'call_log',
  'ciphertext',
  'debug',
  'e2e_notification',
  'gp2',
  'newsletter_notification',
  'notification',
  'notification_template',
  'oversized',
  'pinned_message',
  'protocol',
  'reaction',
  'unknown',
]);

const statuses: Readonly<Record<number, DeliveryStatus>> = {
  [-1]: 'failed',
  0: 'pending',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'played',
};

/** What an ack number says; undefined for numbers that WhatsApp has not explained. */
export const statusOfAck = (ack: unknown): DeliveryStatus | undefined =>
  typeof ack === 'number' ? statuses[ack] : undefined;

/** `true_551140020022@c.us_3EB0…[_participant]` */
const splitKey = (serialized: string): Raw | undefined => {
  const [fromMe, remote, id, participant] = serialized.split('_');
  if (remote === undefined || id === undefined || (fromMe !== 'true' && fromMe !== 'false')) return undefined;
  return { fromMe: fromMe === 'true', remote, id, participant };
};

/** The key of a message, which comes as an object or as one string. Undefined for what is no message of a chat. */
export const messageKeyOf = (value: unknown): MessageKey | undefined => {
  const key = typeof value === 'string' ? splitKey(value) : value;
  if (!isRaw(key)) return undefined;
  const chatId = chatIdSchema.safeParse(widOf(key['remote']));
  const messageId = messageIdSchema.safeParse(key['id']);
  if (!chatId.success || !messageId.success) return undefined;
  return {
    chatId: chatId.data,
    messageId: messageId.data,
    fromMe: key['fromMe'] === true,
    participant: widOf(key['participant']),
  };
};

const bodyOf = (raw: Raw, type: MessageType): string => {
  if (type === 'revoked') return '';
  if (type === 'text') return textOf(raw['body']) ?? '';
  if (type === 'poll') return firstText(raw['pollName'], raw['body']) ?? '';
  if (type === 'location') return firstText(raw['loc'], raw['caption']) ?? '';
  if (type === 'contact') return firstText(raw['vcardFormattedName']) ?? '';
  // `body` of media is its preview picture, not text.
  return textOf(raw['caption']) ?? '';
};

/** In ms, unlike other times of the page. */
const editedAtOf = (value: unknown): number | undefined => {
  const atMs = Math.trunc(finiteNumberOf(value) ?? 0);
  return atMs > 0 && Number.isSafeInteger(atMs) ? atMs : undefined;
};

const typeOf = (raw: Raw): MessageType | undefined => {
  const { type } = raw;
  if (typeof type !== 'string' || noise.has(type)) return undefined;
  return Object.hasOwn(types, type) ? types[type] : 'unsupported';
};

/**
 * A message of the page as the contract has it, statuses too; undefined when nobody wrote it.
 *
 * @param nowMs Wall clock, the time of a message that has none.
 * @param authorNames What to call the writers of group messages, by WhatsApp id.
 */
export const translateAnyMessage = (
  value: unknown,
  nowMs: number,
  authorNames: Readonly<Record<string, string>> = {},
): ObservedMessage | undefined => {
  if (!isRaw(value)) return undefined;
  const type = typeOf(value);
  // A message that was revoked carries the key of the notice; the message itself is named inside.
  const revoked = type === 'revoked' ? messageKeyOf(value['protocolMessageKey']) : undefined;
  const key = revoked ?? messageKeyOf(value['id']);
  if (type === undefined || key === undefined) return undefined;
  const author = authorOf(value, key, authorNames);
  const editedAtMs = editedAtOf(value['latestEditSenderTimestampMs']);
  const status = key.fromMe ? (statusOfAck(value['ack']) ?? 'pending') : undefined;
  return {
    id: key.messageId,
    chatId: key.chatId,
    fromMe: key.fromMe,
    ...(author === undefined ? {} : { author }),
    type,
    body: bodyOf(value, type),
    timestampMs: secondsToMs(value['t']) ?? nowMs,
    ...(editedAtMs === undefined || type === 'revoked' ? {} : { editedAtMs }),
    ...(status === undefined ? {} : { status }),
  };
};

/** The same of conversations only. */
export const translateMessage = (...given: Parameters<typeof translateAnyMessage>): ObservedMessage | undefined => {
  const message = translateAnyMessage(...given);
  return message !== undefined && isConversation(message.chatId) ? message : undefined;
};

/** The WhatsApp id of a group message's writer. */
export const authorIdOf = (value: unknown): string | undefined => {
  if (!isRaw(value)) return undefined;
  const key = messageKeyOf(value['id']);
  if (key === undefined || key.fromMe || !key.chatId.endsWith('@g.us')) return undefined;
  return widOf(value['author']) ?? key.participant;
};

const authorOf = (
  raw: Raw,
  key: MessageKey,
  names: Readonly<Record<string, string>>,
): { readonly id: string; readonly name: string } | undefined => {
  if (key.fromMe || !key.chatId.endsWith('@g.us')) return undefined;
  const id = widOf(raw['author']) ?? key.participant;
  if (id === undefined) return undefined;
  return { id, name: firstText(names[id], raw['authorName'], raw['notifyName']) ?? phoneOfWid(id) ?? id };
};
