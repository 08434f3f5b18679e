import type { Status } from '../contract/entities/status';
import { chatIdSchema } from '../contract/ids';
import { statusFeed } from '../domain/chat-identity';
import { finiteNumberOf, isRaw } from './raw-page';
import { translateAnyMessage } from './translate-message';

/** WhatsApp shows a status for a day, in ms. */
const shownMs = 24 * 3_600_000;

/** ARGB, of which the page knows opaque ones only, as people write colours. */
const colorOf = (value: unknown): string | undefined => {
  const argb = finiteNumberOf(value);
  if (argb === undefined) return undefined;
  return `#${(argb >>> 0).toString(16).padStart(8, '0').slice(2).toUpperCase()}`;
};

/**
 * A message of the status feed as the contract has it; undefined for what is none or shows no longer.
 *
 * @param author Whose statuses it is among.
 * @param me The account itself.
 */
export const translateStatus = (
  value: unknown,
  author: string,
  me: string | undefined,
  nowMs: number,
): Status | undefined => {
  const message = translateAnyMessage(value, nowMs);
  if (message === undefined || message.chatId !== statusFeed || message.type === 'revoked' || !isRaw(value))
    return undefined;
  const contactId = chatIdSchema.safeParse(message.fromMe ? (me ?? author) : author);
  const expiresAtMs = message.timestampMs + shownMs;
  if (!contactId.success || expiresAtMs <= nowMs) return undefined;
  const { id, fromMe, type, body, timestampMs, status } = message;
  const backgroundColor = type === 'text' ? colorOf(value['backgroundColor']) : undefined;
  const font = type === 'text' ? finiteNumberOf(value['font']) : undefined;
  return {
    id,
    contactId: contactId.data,
    fromMe,
    type,
    body,
    ...(backgroundColor === undefined ? {} : { backgroundColor }),
    ...(font === undefined || !Number.isInteger(font) || font < 0 ? {} : { font }),
    timestampMs,
    expiresAtMs,
    ...(status === undefined ? {} : { status }),
  };
};
