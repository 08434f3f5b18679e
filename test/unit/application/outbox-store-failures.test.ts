import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { accountId, anAccount, ana, anObservedChat, anOwn, bruno } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';

let bench: OutboxBench;

beforeEach(async () => {
  bench = await createOutboxBench({
    accounts: [anAccount('support'), anAccount('sales', { label: 'Sales', position: 1 })],
  });
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

const problem = 'the disk is full, nothing was stored; free some space and try again';
const diskFull = new OperationError('DISK_FULL', `account support: ${problem}`, {
  data: { accountId: 'support', problem },
});
const died = new OperationError('STORE_UNAVAILABLE', 'account support: the store stopped', { effect: 'unknown' });
const firstWait = async () => {
  const answer = await bench.app.dispatch(bench.app.caller, 'gates.get', { accountId: support });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data.gate.wait;
};

describe('a disk that is full', () => {
  it('refuses a message by name; nothing is kept and nothing is sent', async () => {
    await bench.becomeReady();
    bench.app.store.fail('queueOutgoing', diskFull, 1);
    expect(await bench.send('hello')).toMatchObject({
      ok: false,
      error: { code: 'DISK_FULL', message: `Support: ${problem}`, effect: 'none' },
    });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual([]);
    expect(await bench.rows()).toEqual([]);
  });

  it('holds what waits, says so, and lets it go on by itself when there is room again', async () => {
    bench.page.confirms = true;
    await bench.mustSend('one');
    await bench.mustSend('two');
    bench.app.store.fail('stepSends', diskFull, 3);
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual([]);
    expect(await firstWait()).toMatchObject({ reason: 'store', untilMs: bench.app.clock.nowMs() + 5_000 });
    await bench.pass(5_000 + 10_000 - 1, 1_000);
    expect(bench.sentBodies()).toEqual([]);
    await bench.pass(22_000, 1_000);
    expect(bench.sentBodies()).toEqual(['one', 'two']);
    expect(await firstWait()).toBeUndefined();
  });

  it('waits longer and longer, at most a minute', async () => {
    await bench.mustSend('one');
    bench.app.store.fail('stepSends', diskFull, 1_000);
    await bench.becomeReady();
    await bench.pass(600_000, 1_000);
    const lines = bench.app.lines.filter(({ message }) => message === 'the outbox of an account is held up');
    // 5 + 10 + 20 + 40 s, and every minute after that.
    expect(lines.length).toBeGreaterThanOrEqual(13);
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  it('after the page has got a message has it looked up, never sent anew', async () => {
    await bench.becomeReady();
    const answer = bench.app.sessions.answers.send;
    bench.app.sessions.answers.send = (account, input) => {
      bench.app.store.fail('stepSends', diskFull, 2);
      if (answer === undefined) throw new Error('the page has no answer');
      return answer(account, input);
    };
    const id = await bench.mustSend('hello');
    await bench.app.settled();
    expect(await bench.states()).toEqual(['claimed']);
    if (answer !== undefined) bench.app.sessions.answers.send = answer;
    bench.page.has.set(id, anOwn(id, { body: 'hello', status: 'sent' }));
    await bench.pass(60_000, 1_000);
    expect(await bench.states()).toEqual(['sent']);
    expect(bench.sentBodies()).toEqual(['hello']);
  });

  it('harms no other account', async () => {
    const sales = accountId('sales');
    await bench.app.store.open(sales);
    await bench.app.store.upsertChats(sales, [anObservedChat()]);
    bench.app.sessions.ready(sales);
    await bench.mustSend('held');
    bench.app.store.fail('stepSends', diskFull, 1);
    await bench.becomeReady();
    await bench.app.dispatch(bench.app.caller, 'messages.send', { accountId: sales, chatId: ana, body: 'goes' });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['goes']);
  });
});

describe('a store that dies over a message', () => {
  it.each(['fail', 'failAfter'] as const)('being accepted has it sent once and told once: %s', async (how) => {
    bench.page.confirms = true;
    await bench.becomeReady();
    bench.app.store[how]('queueOutgoing', died, 1);
    expect(await bench.send('hello')).toMatchObject({ ok: true, data: { message: { body: 'hello' } } });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['hello']);
    expect(bench.app.heardOf('message.added')).toHaveLength(1);
  });

  it.each(['fail', 'failAfter'] as const)('being claimed has it sent once: %s', async (how) => {
    await bench.mustSend('hello');
    bench.app.store[how]('stepSends', died, 1);
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual([]);
    await bench.pass(30_000, 1_000);
    expect(bench.sentBodies()).toEqual(['hello']);
    expect(await bench.states()).toEqual(['handed']);
  });

  it('cannot be read at first, and what waits goes when it can', async () => {
    await bench.app.store.queueOutgoing(support, {
      chatId: ana,
      messageId: anOwn('3EB0WAITING').id,
      content: { kind: 'text', body: 'waiting' },
      quotedMessageId: undefined,
      lane: 'api',
      policy: 'never_twice',
      idempotencyKey: undefined,
      timestampMs: 1,
    });
    bench.app.store.fail('listOpenSends', died, 1);
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual([]);
    await bench.pass(10_000, 1_000);
    expect(bench.sentBodies()).toEqual(['waiting']);
  });
});

describe('an account that is removed', () => {
  const remove = () => bench.app.dispatch(bench.app.caller, 'accounts.remove', { accountId: support });

  it('takes what waits with it, and nothing of it is tried any more', async () => {
    await bench.mustSend('one');
    bench.app.store.fail('stepSends', diskFull, 1_000);
    await bench.becomeReady();
    expect(await remove()).toMatchObject({ ok: true });
    await bench.pass(600_000, 10_000);
    expect(bench.sentBodies()).toEqual([]);
    expect(await bench.send('two')).toMatchObject({ ok: false, error: { code: 'ACCOUNT_NOT_FOUND' } });
  });

  it('abandons a send that is under way, whatever the page answers', async () => {
    await bench.becomeReady();
    let answerNow: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      bench.app.sessions.answers.send = (_account, { messageId }) => {
        resolve();
        return new Promise((answer) => {
          answerNow = () => answer({ message: anOwn(messageId) });
        });
      };
    });
    await bench.mustSend('one');
    await bench.mustSend('two', { chatId: bruno });
    await asked;
    expect(await remove()).toMatchObject({ ok: true });
    const errors = bench.app.lines.filter(({ level }) => level === 'error').length;
    answerNow();
    await bench.app.settled();
    await bench.pass(600_000, 10_000);
    expect(bench.app.lines.filter(({ level }) => level === 'error')).toHaveLength(errors);
    expect(bench.app.sessions.asked.filter(({ kind }) => kind === 'send')).toHaveLength(1);
    expect(bench.app.heardOf('account.removed')).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  it('with another content, chat or kind is refused, and nothing else is harmed', async () => {
    bench.page.confirms = true;
    const key = { idempotencyKey: 'order-1' };
    await bench.mustSend('hello', key);
    for (const other of [
      bench.send('other', key),
      bench.send('hello', { ...key, chatId: '551100000002@c.us' }),
      bench.app.dispatch(bench.app.caller, 'messages.sendPoll', {
        accountId: support,
        chatId: ana,
        question: 'hello',
        options: ['a', 'b'],
        ...key,
      }),
    ]) {
      expect(await other).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    }
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual(['hello']);
  });

  it('answers with the first message however far that has come', async () => {
    const id = await bench.mustSend('hello', { idempotencyKey: 'k' });
    await bench.becomeReady();
    await bench.ack(id, 'read');
    expect(await bench.send('hello', { idempotencyKey: 'k' })).toMatchObject({
      ok: true,
      data: { message: { id }, send: { state: 'read' } },
    });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['hello']);
  });
});
