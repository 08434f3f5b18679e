import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageId } from '../../../electron/contract/ids';
import { ana, anOwn, bruno, team } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const settleMs = 10_000;
const ackPatienceMs = 120_000;

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

const stateOf = async (messageId: MessageId) => (await bench.app.store.findSend(support, ana, messageId))?.state;

describe('WhatsApp that does not confirm in a living session', () => {
  it('is noticed: looked at, taken up again in the page, told in the timeline, and never made a second time', async () => {
    await bench.becomeReady();
    const sent = await bench.mustSend('hello');
    await bench.app.settled();
    await bench.pass(ackPatienceMs);
    expect(bench.page.resent).toEqual([sent]);
    await bench.pass(ackPatienceMs);
    expect(await stateOf(sent)).toBe('stuck');
    expect(bench.sentBodies()).toEqual(['hello']);
    const words = (await bench.app.store.listTimeline(support)).map((entry) => entry.words);
    expect(words).toContainEqual(expect.stringMatching(/not confirmed a message for 120 s/));
    expect(words).toContainEqual(expect.stringMatching(/stuck/));
  });

  it('but whose page knows better is believed', async () => {
    await bench.becomeReady();
    const sent = await bench.mustSend('hello');
    await bench.app.settled();
    bench.page.has.set(sent, anOwn(sent, { body: 'hello', status: 'delivered' }));
    await bench.pass(ackPatienceMs);
    expect(await stateOf(sent)).toBe('delivered');
    expect(bench.page.resent).toEqual([]);
  });

  it.each([
    ['confirms it', 'sent', (first: MessageId) => bench.ack(first, 'sent')],
    ['refuses it', 'failed', (first: MessageId) => bench.ack(first, 'failed')],
    [
      'has left it stuck',
      'stuck',
      async () => {
        await bench.pass(ackPatienceMs);
        await bench.pass(ackPatienceMs);
      },
    ],
  ] as const)('holds up later messages to the same chat, in order, until it %s', async (_how, becomes, happen) => {
    await bench.becomeReady();
    const first = await bench.mustSend('one');
    const second = await bench.mustSend('two');
    await bench.mustSend('three');
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['one']);
    expect(await bench.waits()).toEqual(['earlier_message', 'earlier_message']);
    await happen(first);
    expect(await stateOf(first)).toBe(becomes);
    expect(bench.sentBodies()).toEqual(['one', 'two']);
    expect(await bench.waits()).toEqual(['earlier_message']);
    await bench.ack(second, 'sent');
    expect(bench.sentBodies()).toEqual(['one', 'two', 'three']);
  });

  it('holds up nobody when the page answers with a confirmed message at once', async () => {
    await bench.becomeReady();
    const { send } = bench.app.sessions.answers;
    bench.app.sessions.answers.send = async (account, input) => {
      const answer = await send?.(account, input);
      if (answer === undefined) throw new Error('the page does not answer');
      return { message: { ...answer.message, status: 'sent' } };
    };
    await Promise.all([bench.mustSend('one'), bench.mustSend('two')]);
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['one', 'two']);
  });

  it('holds up nobody for ever when its page does not answer about it either', async () => {
    await bench.becomeReady();
    const first = await bench.mustSend('one');
    await bench.mustSend('two');
    await bench.app.settled();
    bench.app.sessions.answers.findMessage = () => Promise.reject(new Error('no answer'));
    await bench.pass(3 * ackPatienceMs - 1, 10_000);
    expect([await stateOf(first), bench.sentBodies()]).toEqual(['handed', ['one']]);
    await bench.pass(10_000);
    expect([await stateOf(first), bench.sentBodies()]).toEqual(['stuck', ['one', 'two']]);
  });

  it('holds up nobody else: other chats pass', async () => {
    await bench.becomeReady();
    await bench.mustSend('one');
    await bench.mustSend('two');
    await bench.mustSend('to Bruno', { chatId: bruno });
    await bench.mustSend('to the group', { chatId: team });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['one', 'to Bruno', 'to the group']);
    expect(await bench.rows()).toEqual([
      ['one', 'handed'],
      ['two', 'queued'],
      ['to Bruno', 'handed'],
      ['to the group', 'handed'],
    ]);
  });

  it('sets no timer once everything is confirmed', async () => {
    await bench.becomeReady();
    await bench.pass(settleMs);
    const idle = bench.app.clock.timers;
    const sent = await bench.mustSend('hello');
    await bench.app.settled();
    expect(bench.app.clock.timers).toBeGreaterThan(idle);
    await bench.ack(sent, 'sent');
    await bench.pass(1_000);
    expect(bench.app.clock.timers).toBe(idle);
  });
});

describe('a chat whose last message WhatsApp has not confirmed', () => {
  it.each([
    ['is loaded anew', () => bench.restartSession()],
    [
      'comes back with a new console',
      async () => {
        const { page } = bench;
        bench = await bench.restarted(accountsDir);
        for (const [id, message] of page.has) bench.page.has.set(id, message);
      },
    ],
  ])('has nothing behind it in a page that %s', async (_how, restart) => {
    const inPage = () => [...bench.page.has.values()].map(({ body, status }) => `${body} ${status}`);
    await bench.becomeReady();
    const first = await bench.mustSend('one');
    await bench.mustSend('two');
    await bench.app.settled();
    expect(inPage()).toEqual(['one pending']);
    await restart();
    expect(inPage()).toEqual(['one pending']);
    await bench.pass(settleMs);
    expect(inPage()).toEqual(['one pending']);
    expect(await bench.rows()).toEqual([
      ['one', 'handed'],
      ['two', 'queued'],
    ]);
    await bench.ack(first, 'sent');
    expect(inPage()).toEqual(['one sent', 'two pending']);
  });
});
