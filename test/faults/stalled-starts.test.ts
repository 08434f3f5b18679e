import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../fixtures/console-app';
import { type ConsoleTime, holdTime } from '../fixtures/console-time';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';

const minuteMs = 60_000;

/** The library waits for ever; the console does not. Every phase of a start has a deadline of its own. */
describe('a start that gets stuck', () => {
  let desks: Desks;
  let time: ConsoleTime;

  beforeAll(async () => {
    desks = await openDesks(2);
    time = await holdTime(desks.app.app);
  }, 120_000);
  afterEach(() => desks.practice.endAllFaults());
  afterAll(() => desks.close(), 60_000);

  /** A start of a linked account, or one that begins with a code. */
  const startInto = async (phase: 'load' | 'link' | 'sync' | 'ready'): Promise<string> => {
    const whose = phase === 'load' ? {} : { phone: desks.phone(0) };
    const stall = () => desks.practice.fault({ name: 'stall', phase, ...whose });
    const accountId = desks.id(0);
    if (phase === 'load' || phase === 'link') {
      const fault = await stall();
      await mustSucceed(desks.app.invoke('sessions.restart', { accountId }));
      return fault.id;
    }
    await mustSucceed(desks.app.invoke('sessions.logout', { accountId }));
    await mustSucceed(desks.app.invoke('sessions.start', { accountId }));
    await desks.until(0, 'linking');
    const fault = await stall();
    const { code } = await mustSucceed(desks.app.invoke('sessions.qr', { accountId }));
    // The library tells of the code first and listens for the sync after it. No person is as fast with a phone.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await desks.practice.scan({ qr: code.qr, phone: desks.phone(0) });
    return fault.id;
  };

  it.each([
    ['load', 'starting', 1, /“Desk 0” did not start in time\. It is started again\./],
    ['link', 'starting', 1, /“Desk 0” did not start in time\. It is started again\./],
    ['sync', 'syncing', 10, /“Desk 0” made no progress while loading its chats\. It is started again\./],
    ['ready', 'syncing', 10, /“Desk 0” made no progress while loading its chats\. It is started again\./],
  ] as const)(
    'at the phase "%s" is given up after its own time, says which phase it was, and goes on when it can',
    async (phase, state, minutes, words) => {
      const neighbour = desks.browserPid(1);
      const fault = await startInto(phase);
      await desks.until(0, state);
      // Its browser is there: the time of the phase runs.
      const stuck = await eventually('the browser', () => desks.browserPid(0));
      await time.pass((minutes - 1) * minuteMs + minuteMs / 2);
      expect((await desks.status(0)).state).toBe(state);
      await time.pass(minuteMs / 2);
      await eventually('the stuck browser to be gone', () => !desks.processes(0).includes(stuck));
      await desks.practice.endFault(fault);
      const reason = await eventually('the reason', async () => {
        const { session } = await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(0) }));
        return session.lastError?.error;
      });
      expect(reason).toMatchObject({ code: 'SESSION_TIMEOUT', message: expect.stringMatching(words) });
      expect((await desks.timeline(0)).join('\n')).toMatch(words);
      await desks.until(0, 'ready', 60_000);
      expect(desks.browserPid(1)).toBe(neighbour);
      expect((await desks.status(1)).state).toBe('ready');
    },
    120_000,
  );
});
