import type { ObservedChat } from '../contract/entities/chat';
import type { ObservedMessage } from '../contract/entities/message';
import type { ChatId } from '../contract/ids';

/** How many of the newest messages are fetched for a chat of which nothing is stored. */
export const firstFetch = 200;
/** How far to look back step by step until the stored history is reached. WhatsApp Web slows down much beyond the last. */
export const catchUpFetches = [50, 200, 1000] as const;

/** A chat with messages that are not stored. `knownUntilMs` is the newest stored moment; undefined: nothing is stored. */
export interface MissingHistory {
  readonly chatId: ChatId;
  readonly knownUntilMs: number | undefined;
}

/** The chats whose newest message is not stored, newest first. `gaps` are moments from which a chat is known to lack something. */
export const planCatchUp = (
  chats: readonly ObservedChat[],
  storedUntil: ReadonlyMap<ChatId, number>,
  gaps: ReadonlyMap<ChatId, number>,
): readonly MissingHistory[] =>
  chats
    .toSorted((one, other) => other.lastActivityMs - one.lastActivityMs)
    .flatMap((chat) => {
      const stored = storedUntil.get(chat.id);
      const gap = gaps.get(chat.id);
      if (gap === undefined && chat.lastActivityMs <= (stored ?? 0)) return [];
      const knownUntilMs = stored === undefined || gap === undefined ? stored : Math.min(stored, gap);
      return [{ chatId: chat.id, knownUntilMs }];
    });

/** Whether a fetch of `limit` messages joins up with the stored history, or brought all that WhatsApp Web has. */
export const reachesStored = (
  messages: readonly ObservedMessage[],
  limit: number,
  knownUntilMs: number | undefined,
): boolean =>
  messages.length < limit ||
  (knownUntilMs !== undefined && messages.some((message) => message.timestampMs <= knownUntilMs));
