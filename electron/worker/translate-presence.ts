import type { Presence, PresenceState } from '../contract/entities/presence';
import { type ChatId, chatIdSchema } from '../contract/ids';
import { isRaw, secondsToMs, widOf } from './raw-page';

/** WhatsApp's words, of builds that differ in them. */
const states: Readonly<Record<string, PresenceState>> = {
  available: 'online',
  unavailable: 'offline',
  composing: 'typing',
  typing: 'typing',
  recording: 'recording',
  recording_audio: 'recording',
  paused: 'paused',
};

type Person = Presence['people'][number];

const personIn = (chatId: ChatId, value: unknown): Person | undefined => {
  if (!isRaw(value) || typeof value['type'] !== 'string' || !Object.hasOwn(states, value['type'])) return undefined;
  const state = states[value['type']];
  // A chat with one person is about that person, whatever the page calls them.
  const contactId = chatId.endsWith('@g.us') ? chatIdSchema.safeParse(widOf(value['id'])).data : chatId;
  if (state === undefined || contactId === undefined) return undefined;
  const atMs = secondsToMs(value['t']);
  return { contactId, state, ...(atMs === undefined || atMs === 0 ? {} : { atMs }) };
};

/** What the page has been told of a chat; `chatId` is the name under which it was asked for. */
export const translatePresence = (chatId: ChatId, value: unknown): Presence => {
  const raw = isRaw(value) ? value : {};
  const told = Array.isArray(raw['people']) ? (raw['people'] as readonly unknown[]) : [];
  return {
    chatId,
    isSubscribed: raw['isSubscribed'] === true,
    people: told.map((one) => personIn(chatId, one)).filter((one) => one !== undefined),
  };
};
