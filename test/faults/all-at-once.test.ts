import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../fixtures/console-app';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';

const count = 6;
/** So many may be starting at a time. */
const mostStarts = Math.min(4, Math.max(2, availableParallelism()));

/** Everything dies at once: all accounts come back, a few at a time, and none starts twice. */
describe('accounts that die at once', () => {
  let desks: Desks;
  const places = Array.from({ length: count }, (_, place) => place);

  beforeAll(async () => {
    desks = await openDesks(count);
  }, 240_000);
  afterAll(() => desks.close(), 60_000);

  /** From the process of a start to the moment at which the next may begin, read from the account's timeline. */
  const startOf = async (
    place: number,
    afterMs: number,
  ): Promise<{ readonly fromMs: number; readonly toMs: number }> => {
    const { entries } = await mustSucceed(desks.app.invoke('sessions.timeline', { accountId: desks.id(place) }));
    const phases = entries.filter((entry) => entry.kind === 'phase' && entry.atMs >= afterMs).toReversed();
    const begun = phases.filter((entry) => entry.words.startsWith('Waited for its turn'));
    const over = phases.find((entry) => entry.words === 'Logged in' || entry.words === 'Chats loaded');
    expect(begun, `desk ${place} was started once`).toHaveLength(1);
    return { fromMs: begun[0]?.atMs ?? 0, toMs: over?.atMs ?? 0 };
  };

  it('are all ready again, no more starting at a time than there are cores, each started once', async () => {
    const killedAtMs = Date.now();
    const before = places.map((place) => desks.browserPid(place));
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await eventually(
      'every browser to be another one',
      () => {
        const now = places.map((place) => desks.browserPid(place));
        return now.every((pid, place) => pid !== before[place]);
      },
      60_000,
    );
    for (const place of places) await desks.until(place, 'ready', 60_000);
    for (const place of places) {
      expect((await desks.timeline(place)).join('\n')).toMatch(new RegExp(`“Desk ${place}” .*Next try in \\d+ s`));
    }
    const starts = await Promise.all(places.map((place) => startOf(place, killedAtMs)));
    const atATime = starts.map(
      ({ fromMs }) => starts.filter((other) => other.fromMs <= fromMs && fromMs < other.toMs).length,
    );
    expect(Math.max(...atATime)).toBeLessThanOrEqual(mostStarts);
    // All of them wanted to start at the same moment, so the last has waited for others.
    expect(Math.max(...starts.map(({ fromMs }) => fromMs))).toBeGreaterThanOrEqual(
      Math.min(...starts.map(({ toMs }) => toMs)),
    );
  }, 180_000);
});
