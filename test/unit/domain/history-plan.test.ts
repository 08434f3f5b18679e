import { describe, expect, it } from 'vitest';
import { planCatchUp, reachesStored } from '../../../electron/domain/history-plan';
import { ana, anInbound, anObservedChat, bruno, team } from '../../fakes/entities';

const none = new Map<never, number>();

describe('what is missing after an absence', () => {
  it('is every chat with something newer than what is stored, newest first', () => {
    const chats = [
      anObservedChat({ id: ana, lastActivityMs: 5_000 }),
      anObservedChat({ id: bruno, lastActivityMs: 9_000 }),
      anObservedChat({ id: team, lastActivityMs: 7_000 }),
    ];
    const stored = new Map([
      [ana, 5_000],
      [team, 6_000],
    ]);
    expect(planCatchUp(chats, stored, none)).toEqual([
      { chatId: bruno, knownUntilMs: undefined },
      { chatId: team, knownUntilMs: 6_000 },
    ]);
  });

  it('leaves out chats without any message', () => {
    expect(planCatchUp([anObservedChat({ lastActivityMs: 0 })], none, none)).toEqual([]);
  });

  it('goes back to a noted gap although newer messages are stored', () => {
    const chats = [anObservedChat({ lastActivityMs: 5_000 })];
    expect(planCatchUp(chats, new Map([[ana, 5_000]]), new Map([[ana, 2_000]]))).toEqual([
      { chatId: ana, knownUntilMs: 2_000 },
    ]);
  });

  it('is complete when the fetch meets the stored history or the chat has no more', () => {
    const messages = [anInbound('A', { timestampMs: 1_000 }), anInbound('B', { timestampMs: 2_000 })];
    expect(reachesStored(messages, 2, 1_000)).toBe(true);
    expect(reachesStored(messages, 2, 500)).toBe(false);
    expect(reachesStored(messages, 50, 500)).toBe(true);
    expect(reachesStored(messages, 2, undefined)).toBe(false);
  });
});
