import type { Message } from '../../../electron/contract/entities/message';
import { messageKey } from '../../state/keys';
import { startOfDay } from '../../ui/format-time';

/** One row of the conversation. */
export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly dayMs: number }
  | { readonly kind: 'unread'; readonly key: 'unread'; readonly count: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** First of a run by the same person: a little more air above it, and in groups the name. */
      readonly startsRun: boolean;
    };

/** Where the line "2 new messages" stands: above this message. */
export interface UnreadMark {
  readonly key: string;
  readonly count: number;
}

/** Longest pause within a run, in ms. */
const runPauseMs = 10 * 60_000;

const sameWriter = (a: Message, b: Message): boolean => a.fromMe === b.fromMe && a.author?.id === b.author?.id;

const isNotice = (message: Message): boolean => message.type === 'notification';

/** Rows for messages in order: a separator above each local day, the mark above the first unread one. */
export const buildTimeline = (messages: readonly Message[], mark: UnreadMark | undefined): readonly TimelineItem[] => {
  const items: TimelineItem[] = [];
  let before: Message | undefined;
  let dayMs: number | undefined;
  for (const message of messages) {
    const key = messageKey(message);
    const day = startOfDay(message.timestampMs);
    let separated = false;
    if (day !== dayMs) {
      dayMs = day;
      separated = true;
      items.push({ kind: 'day', key: `day:${day}`, dayMs: day });
    }
    if (mark?.key === key) {
      separated = true;
      items.push({ kind: 'unread', key: 'unread', count: mark.count });
    }
    const startsRun =
      separated ||
      before === undefined ||
      isNotice(before) ||
      !sameWriter(before, message) ||
      message.timestampMs - before.timestampMs > runPauseMs;
    items.push({ kind: 'message', key, message, startsRun });
    before = message;
  }
  return items;
};

/** The mark above the newest `count` messages of other people; above everything loaded when there are fewer. */
export const markNewest = (messages: readonly Message[], count: number): UnreadMark | undefined => {
  if (count <= 0) return undefined;
  let left = count;
  let first: Message | undefined;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index];
    if (message === undefined || message.fromMe) continue;
    first = message;
    left -= 1;
  }
  return first === undefined ? undefined : { key: messageKey(first), count };
};
