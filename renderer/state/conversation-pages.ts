import type { Message } from '../../electron/contract/entities/message';
import { messageKey } from './keys';

/** The loaded stretch of one chat's history, always ending at the newest message. */
export interface Conversation {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly olderCursor: string | undefined;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly olderPhase: 'idle' | 'loading' | 'failed';
  readonly error: string | undefined;
  /** What events brought while a page was on its way: newer than the page, so it wins over it. */
  readonly arrived: readonly Message[];
  /** Keys of messages that went away while a page was on its way: the page may still hold them. */
  readonly removed: readonly string[];
  /** Something was missed or imported: the pages have to be read again. */
  readonly stale: boolean;
  /** The newest page is on its way. */
  readonly refreshing: boolean;
}

export const newConversation: Conversation = {
  messages: [],
  olderCursor: undefined,
  phase: 'loading',
  olderPhase: 'idle',
  error: undefined,
  arrived: [],
  removed: [],
  stale: false,
  refreshing: false,
};

/** Order within a chat. */
export const compareMessages = (a: Message, b: Message): number => a.timestampMs - b.timestampMs || a.order - b.order;

const sameFields = (a: Message, b: Message): boolean =>
  a.status === b.status &&
  a.body === b.body &&
  a.type === b.type &&
  a.problem === b.problem &&
  a.timestampMs === b.timestampMs &&
  a.editedAtMs === b.editedAtMs &&
  JSON.stringify(a.reactions) === JSON.stringify(b.reactions) &&
  a.order === b.order;

/** Lays messages over a list: known ones are replaced in place, new ones find theirs. Unchanged ones keep their identity. */
export const layOver = (messages: readonly Message[], incoming: readonly Message[]): readonly Message[] => {
  if (incoming.length === 0) return messages;
  const byKey = new Map(messages.map((message) => [messageKey(message), message]));
  let changed = false;
  let reorder = false;
  for (const message of incoming) {
    const key = messageKey(message);
    const known = byKey.get(key);
    if (known !== undefined && sameFields(known, message)) continue;
    reorder ||= known === undefined || compareMessages(known, message) !== 0;
    byKey.set(key, message);
    changed = true;
  }
  if (!changed) return messages;
  const list = [...byKey.values()];
  return reorder ? list.sort(compareMessages) : list;
};

/** Takes in messages that events brought: new ones and changed ones. */
export const withEvents = (
  conversation: Conversation,
  added: readonly Message[],
  updated: readonly Message[],
): Conversation => {
  const oldest = conversation.messages[0];
  const known = new Set(conversation.messages.map(messageKey));
  // What lies above the loaded stretch comes with its page; a change to it is not ours to show yet.
  const wanted = [
    ...added.filter(
      (message) =>
        known.has(messageKey(message)) ||
        conversation.olderCursor === undefined ||
        oldest === undefined ||
        compareMessages(message, oldest) > 0,
    ),
    ...updated.filter(
      (message) => known.has(messageKey(message)) || added.some((other) => messageKey(other) === messageKey(message)),
    ),
  ];
  const messages = layOver(conversation.messages, wanted);
  const arrived = conversation.refreshing
    ? layOver(conversation.arrived, [...added, ...updated])
    : conversation.arrived;
  return messages === conversation.messages && arrived === conversation.arrived
    ? conversation
    : { ...conversation, messages, arrived };
};

/** Lets messages go that were taken back. One that came again since, under the same key, is an added message. */
export const withoutMessages = (conversation: Conversation, gone: ReadonlySet<string>): Conversation => {
  const stays = (message: Message): boolean => !gone.has(messageKey(message));
  const underway = conversation.refreshing || conversation.olderPhase === 'loading';
  if (conversation.messages.every(stays) && !underway) return conversation;
  return {
    ...conversation,
    messages: conversation.messages.filter(stays),
    arrived: conversation.arrived.filter(stays),
    removed: underway ? [...conversation.removed, ...gone] : conversation.removed,
  };
};

/** Starts over with the newest page; what was unchanged keeps its identity. */
export const withNewestPage = (
  conversation: Conversation,
  page: readonly Message[],
  olderCursor: string | undefined,
): Conversation => {
  const before = new Map(conversation.messages.map((message) => [messageKey(message), message]));
  const removed = new Set(conversation.removed);
  const present = page.filter((message) => !removed.has(messageKey(message)));
  const kept = present.map((message) => {
    const known = before.get(messageKey(message));
    return known !== undefined && sameFields(known, message) ? known : message;
  });
  const oldest = kept[0];
  const arrived = conversation.arrived.filter(
    (message) => olderCursor === undefined || oldest === undefined || compareMessages(message, oldest) >= 0,
  );
  return {
    messages: layOver(kept, arrived),
    olderCursor,
    phase: 'ready',
    olderPhase: 'idle',
    error: undefined,
    arrived: [],
    removed: [],
    stale: conversation.stale,
    refreshing: false,
  };
};

/** Adds an older page above. What is already there is newer than the page and stays. */
export const withOlderPage = (
  conversation: Conversation,
  page: readonly Message[],
  olderCursor: string | undefined,
): Conversation => {
  const known = new Set([...conversation.messages.map(messageKey), ...conversation.removed]);
  const older = page.filter((message) => !known.has(messageKey(message)));
  return {
    ...conversation,
    messages: [...older, ...conversation.messages].sort(compareMessages),
    olderCursor,
    olderPhase: 'idle',
    removed: conversation.refreshing ? conversation.removed : [],
  };
};
