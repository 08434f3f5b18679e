import { describe, expect, it } from 'vitest';
import type { Message } from '../../../electron/contract/entities/message';
import { buildTimeline, markNewest } from '../../../renderer/features/conversation/timeline';
import { daysBetween, formatDay, formatRowTime, secondsLeft } from '../../../renderer/ui/format-time';
import { aMessage } from './renderer-fixtures';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 2, day, hour, minute).getTime();
const kinds = (messages: readonly Message[], mark?: { key: string; count: number }): string =>
  buildTimeline(messages, mark)
    .map((item) => (item.kind === 'message' ? `${item.startsRun ? '+' : ''}${item.message.id}` : item.kind))
    .join(' ');

describe('timeline', () => {
  it('puts a separator above the first message of every local day', () => {
    const messages = [
      aMessage('1', { timestampMs: at(1, 23, 59) }),
      aMessage('2', { timestampMs: at(2, 0, 0) }),
      aMessage('3', { timestampMs: at(2, 0, 1) }),
      aMessage('4', { timestampMs: at(5, 9) }),
    ];
    expect(kinds(messages)).toBe('day +1 day +2 3 day +4');
  });

  it('starts a run when the writer changes or pauses', () => {
    const ravi = { id: 'r', name: 'Ravi' };
    const messages = [
      aMessage('1', { timestampMs: at(1, 9, 0), author: ravi }),
      aMessage('2', { timestampMs: at(1, 9, 1), author: ravi }),
      aMessage('3', { timestampMs: at(1, 9, 2), author: { id: 'n', name: 'Noor' } }),
      aMessage('4', { timestampMs: at(1, 9, 3), fromMe: true }),
      aMessage('5', { timestampMs: at(1, 9, 30), fromMe: true }),
    ];
    expect(kinds(messages)).toBe('day +1 2 +3 +4 +5');
  });

  it('keeps the keys of rows when older messages come in above, so that what is on screen stays', () => {
    const newer = [aMessage('5', { timestampMs: at(2, 9) }), aMessage('6', { timestampMs: at(2, 10) })];
    const older = [aMessage('1', { timestampMs: at(1, 9) }), aMessage('2', { timestampMs: at(2, 8) })];
    const before = buildTimeline(newer, undefined).map((item) => item.key);
    const after = buildTimeline([...older, ...newer], undefined).map((item) => item.key);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(new Set(after).size).toBe(after.length);
  });

  it('marks the newest messages of other people as new, not counting own ones between them', () => {
    const messages = [aMessage('1'), aMessage('2'), aMessage('3', { fromMe: true }), aMessage('4')];
    const mark = markNewest(messages, 2);
    expect(mark).toEqual({ key: 'in:2', count: 2 });
    expect(kinds(messages, mark)).toBe('day +1 unread +2 +3 +4');
  });

  it('marks nothing when nothing is unread, and everything when more is unread than is loaded', () => {
    expect(markNewest([aMessage('1')], 0)).toBeUndefined();
    expect(markNewest([aMessage('1'), aMessage('2')], 50)?.key).toBe('in:1');
    expect(markNewest([aMessage('1', { fromMe: true })], 3)).toBeUndefined();
  });
});

describe('times in the reader’s words', () => {
  it('counts calendar days, not spans of 24 hours', () => {
    expect(daysBetween(at(1, 23, 59), at(2, 0, 1))).toBe(1);
    expect(daysBetween(at(2, 0, 0), at(2, 23, 59))).toBe(0);
    expect(daysBetween(new Date(2026, 2, 28, 12).getTime(), new Date(2026, 2, 30, 1).getTime())).toBe(2);
  });

  it('says today and yesterday, then the weekday, then the date with the year when it is another', () => {
    const now = at(20, 12);
    const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
    expect(formatDay(at(20, 1), now)).toBe('Today');
    expect(formatDay(at(19, 23), now)).toBe('Yesterday');
    expect(formatRowTime(at(20, 9), now)).toBe(clock.format(at(20, 9)));
    expect(formatRowTime(at(19, 9), now)).toBe('Yesterday');
    expect(formatRowTime(at(16, 9), now)).toBe(
      new Intl.DateTimeFormat(undefined, { weekday: 'short' }).format(at(16, 9)),
    );
    expect(formatRowTime(new Date(2024, 0, 2).getTime(), now)).toContain('2024');
    expect(formatRowTime(at(1, 9), now)).not.toContain('2026');
  });

  it('treats a time from a clock that is ahead as today', () => {
    expect(formatRowTime(at(21, 9), at(20, 23))).not.toBe('Yesterday');
  });

  it('counts down to zero and not below', () => {
    expect(secondsLeft(10_000, 8_500)).toBe(2);
    expect(secondsLeft(10_000, 12_000)).toBe(0);
  });
});
