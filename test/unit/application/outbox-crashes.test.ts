import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileMark } from '../../../electron/application/ports/profile-marks';
import type { DeliveryStatus } from '../../../electron/contract/entities/message';
import type { SendPolicy, SendState } from '../../../electron/contract/entities/send';
import { OperationError } from '../../../electron/contract/errors';
import type { MessageId } from '../../../electron/contract/ids';
import { ana, anOwn, bruno, messageId } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const settleMs = 10_000;
const ackPatienceMs = 120_000;
const lostAfterMs = 600_000;
const id = messageId('3EB0ABCDEF0123456789AB');

let bench: OutboxBench;
let accountsDir: string;

beforeEach(async () => {
  accountsDir = temporaryFolder();
  bench = await createOutboxBench({ accountsDir });
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

/** The console is killed and started again on what is on the disk; time goes on. */
const restartConsole = async (): Promise<void> => {
  const { app: before, page } = bench;
  before.closeStore();
  bench = await createOutboxBench({ accountsDir, before });
  for (const [known, message] of page.has) bench.page.has.set(known, message);
};

/** A row as a crash leaves it: accepted, and then so far. */
const leave = async (state: 'queued' | 'claimed' | 'handed', policy: SendPolicy = 'never_twice'): Promise<void> => {
  const { store, clock, marks } = bench.app;
  await store.queueOutgoing(support, {
    chatId: ana,
    messageId: id,
    content: { kind: 'text', body: 'hello' },
    quotedMessageId: undefined,
    lane: 'person',
    policy,
    idempotencyKey: undefined,
    timestampMs: clock.nowMs(),
  });
  const epoch = marks.marks.get(support)?.epoch ?? 'none';
  const steps: readonly SendState[] = { queued: [], claimed: ['claimed'], handed: ['claimed', 'handed'] }[state] as [];
  for (const to of steps) {
    await store.stepSends(support, [{ chatId: ana, messageId: id, to, atMs: clock.nowMs(), epoch }]);
  }
};

/** A session that has been ready once, so that the profile has its mark. */
const beginInThisProfile = async (): Promise<void> => {
  await bench.becomeReady();
  await restartConsole();
};
const inThePage = (status: DeliveryStatus): void => {
  bench.page.has.set(id, anOwn(id, { body: 'hello', status, timestampMs: bench.app.clock.nowMs() }));
};
const stateOf = async (messageId_: MessageId = id) => (await bench.app.store.findSend(support, ana, messageId_))?.state;
const askedIds = () => bench.page.asked.map(({ messageId: asked }) => asked);

const olderCopy = (): ProfileMark => {
  const mark = bench.app.marks.marks.get(support);
  if (mark === undefined) throw new Error('the profile has no mark');
  return { ...mark, launches: mark.launches - 1 };
};

describe('what a crash leaves behind is settled by looking, at each place where it can happen:', () => {
  it('before the claim: it is sent normally, under the id that it had', async () => {
    await beginInThisProfile();
    await leave('queued');
    await restartConsole();
    await bench.becomeReady();
    expect(bench.page.asked).toMatchObject([{ messageId: id, again: false }]);
  });

  it('claimed, the page not called: it is sent again with the same id, once the page has settled', async () => {
    await beginInThisProfile();
    await leave('claimed');
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(settleMs - 1);
    expect(askedIds()).toEqual([]);
    expect(await stateOf()).toBe('claimed');
    await bench.pass(1);
    expect(bench.page.asked).toMatchObject([{ messageId: id, again: true }]);
    expect(await stateOf()).toBe('handed');
  });

  it.each(['claimed', 'handed'] as const)(
    '%s and in the page without confirmation: it is waited for, taken up again there, waited for, and stuck',
    async (state) => {
      await beginInThisProfile();
      await leave(state);
      inThePage('pending');
      await restartConsole();
      await bench.becomeReady();
      await bench.pass(settleMs);
      expect(await stateOf()).toBe('handed');
      await bench.pass(ackPatienceMs - 1);
      expect(bench.page.resent).toEqual([]);
      await bench.pass(1);
      expect(bench.page.resent).toEqual([id]);
      expect(await stateOf()).toBe('handed');
      await bench.pass(ackPatienceMs - 1);
      expect(await stateOf()).toBe('handed');
      await bench.pass(1);
      expect(await stateOf()).toBe('stuck');
      expect(bench.page.resent).toEqual([id]);
      expect(askedIds()).toEqual([]);
    },
  );

  it.each([
    ['claimed', 'sent', 'sent'],
    ['claimed', 'read', 'read'],
    ['handed', 'delivered', 'delivered'],
    ['handed', 'played', 'read'],
  ] as const)('%s and with the server as %s: it is %s, without sending', async (state, status, expected) => {
    await beginInThisProfile();
    await leave(state);
    inThePage(status);
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(await stateOf()).toBe(expected);
    expect(askedIds()).toEqual([]);
  });

  it.each(['claimed', 'handed'] as const)('%s and refused by WhatsApp: it failed, with the reason', async (state) => {
    await beginInThisProfile();
    await leave(state);
    inThePage('failed');
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(await bench.app.store.findSend(support, ana, id)).toMatchObject({
      state: 'failed',
      problem: 'WhatsApp did not accept this message.',
    });
  });

  it('handed and gone from the page: it may have left, so it is unknown and never sent again by itself', async () => {
    await beginInThisProfile();
    await leave('handed');
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(2 * lostAfterMs, 30_000);
    expect(await stateOf()).toBe('unknown');
    await bench.restartSession();
    await bench.pass(settleMs);
    expect(askedIds()).toEqual([]);
  });

  it.each([
    ['lost', (): undefined => undefined],
    ['put back from an older copy', olderCopy],
    ['of another login', (): ProfileMark => ({ epoch: 'another', launches: 90 })],
  ])('claimed, and the profile was %s: unknown, listed, never sent again by itself', async (_what, markNow) => {
    await beginInThisProfile();
    await bench.becomeReady();
    await leave('claimed');
    const mark = markNow();
    if (mark === undefined) bench.app.marks.marks.delete(support);
    else bench.app.marks.marks.set(support, mark);
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(2 * lostAfterMs, 30_000);
    expect(await stateOf()).toBe('unknown');
    expect(askedIds()).toEqual([]);
    expect(
      await bench.app.dispatch(bench.app.caller, 'sends.list', { accountId: support, filter: 'attention' }),
    ).toMatchObject({ ok: true, data: { sends: [{ messageId: id, problem: expect.stringMatching(/not certain/) }] } });
  });
  it('claimed, and the phone was linked anew: unknown', async () => {
    await beginInThisProfile();
    await leave('claimed');
    await restartConsole();
    const linking = { state: 'linking', sinceMs: 1, method: 'qr', attempt: 1, maxAttempts: 6, expiresAtMs: 2 } as const;
    bench.app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
    bench.app.sessions.becomes(support, linking);
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(await stateOf()).toBe('unknown');
  });

  it('unknown, and the history of the new login brings the id: sent', async () => {
    await beginInThisProfile();
    await leave('claimed');
    bench.app.marks.marks.delete(support);
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(await stateOf()).toBe('unknown');
    inThePage('delivered');
    await bench.restartSession();
    await bench.pass(settleMs);
    expect(await stateOf()).toBe('delivered');
    expect(askedIds()).toEqual([]);
  });

  it('unknown under the policy “never lost”: it is sent again with the same id after a while, and the page is asked first', async () => {
    await beginInThisProfile();
    await leave('claimed', 'never_lost');
    bench.app.marks.marks.delete(support);
    await restartConsole();
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(await stateOf()).toBe('unknown');
    await bench.pass(lostAfterMs - 1_000, 30_000);
    expect(askedIds()).toEqual([]);
    await bench.pass(30_000, 1_000);
    expect(bench.page.asked).toMatchObject([{ messageId: id, again: true }]);
    expect(await stateOf()).toBe('handed');
  });
});

describe('an account that loses its page while sending', () => {
  it('has the interrupted message looked up in its next life, and sends the ones behind it in order', async () => {
    await bench.becomeReady();
    const answer = bench.app.sessions.answers.send;
    bench.app.sessions.answers.send = async (account, input) => {
      await answer?.(account, input);
      throw new OperationError('SESSION_CRASHED', 'Support: its browser ended.', { effect: 'unknown' });
    };
    const first = await bench.mustSend('one');
    await bench.mustSend('two');
    await bench.app.settled();
    bench.app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 1 });
    if (answer !== undefined) bench.app.sessions.answers.send = answer;
    expect(await bench.rows()).toEqual([
      ['one', 'claimed'],
      ['two', 'queued'],
    ]);
    await bench.becomeReady();
    // Not before it is clear what became of the first.
    expect(bench.sentBodies()).toEqual(['one']);
    const waiting = await bench.app.dispatch(bench.app.caller, 'sends.list', { accountId: support, filter: 'waiting' });
    expect(waiting).toMatchObject({ data: { sends: [{ wait: { reason: 'earlier_message' } }, { state: 'claimed' }] } });
    await bench.pass(settleMs);
    expect(await stateOf(first)).toBe('handed');
    expect(bench.sentBodies()).toEqual(['one']);
    await bench.ack(first, 'sent');
    expect(bench.sentBodies()).toEqual(['one', 'two']);
  });

  it('goes on with other chats while one is being looked up', async () => {
    await beginInThisProfile();
    await leave('claimed');
    await restartConsole();
    await bench.becomeReady();
    await bench.mustSend('to Bruno', { chatId: bruno });
    await bench.mustSend('to Ana');
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['to Bruno']);
    await bench.pass(settleMs);
    expect(bench.sentBodies()).toEqual(['to Bruno', 'hello']);
    await bench.ack(id, 'sent');
    expect(bench.sentBodies()).toEqual(['to Bruno', 'hello', 'to Ana']);
  });

  it('does not wait for the next life when the page is still there', async () => {
    await bench.becomeReady();
    const answer = bench.app.sessions.answers.send;
    bench.app.sessions.answers.send = () => {
      throw new OperationError('SESSION_TIMEOUT', 'Support: no answer.', { effect: 'unknown' });
    };
    await bench.mustSend('hello');
    await bench.app.settled();
    if (answer !== undefined) bench.app.sessions.answers.send = answer;
    expect(await bench.states()).toEqual(['claimed']);
    await bench.pass(settleMs);
    expect(bench.page.asked).toMatchObject([{ again: true }]);
    expect(await bench.states()).toEqual(['handed']);
  });

  it('is looked at again when looking failed', async () => {
    await beginInThisProfile();
    await leave('claimed');
    await restartConsole();
    const answer = bench.app.sessions.answers.findMessage;
    bench.app.sessions.answers.findMessage = () => {
      throw new OperationError('SESSION_TIMEOUT', 'no answer');
    };
    await bench.becomeReady();
    await bench.pass(settleMs);
    expect(await stateOf()).toBe('claimed');
    if (answer !== undefined) bench.app.sessions.answers.findMessage = answer;
    inThePage('sent');
    await bench.pass(settleMs);
    expect(await stateOf()).toBe('sent');
  });

  it('keeps what is queued through a logout and a ban, and tries nothing', async () => {
    await bench.becomeReady();
    bench.app.sessions.becomes(support, { state: 'stopped', sinceMs: 1 });
    await bench.mustSend('kept');
    const error = new OperationError('SESSION_BANNED', 'Support is banned.').toShape();
    bench.app.sessions.becomes(support, { state: 'failed', sinceMs: 1, error });
    await bench.pass(lostAfterMs, 60_000);
    expect(bench.sentBodies()).toEqual([]);
    expect(await bench.rows()).toEqual([['kept', 'queued']]);
  });
});
