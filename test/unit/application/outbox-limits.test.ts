import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import { anAccount, anInbound, bruno, team } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support, unpaced } from '../../fakes/outbox-bench';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';
import { testStartMs } from '../../fakes/test-application';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let bench: OutboxBench;
let accountsDir: string;

beforeEach(async () => {
  accountsDir = temporaryFolder();
  bench = await createOutboxBench({ accountsDir });
  bench.page.confirms = true;
  await bench.becomeReady();
  // Whatever a start holds back is over.
  await bench.pass(minuteMs);
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

const left = (): number => bench.page.asked.length;

describe('WhatsApp’s own limits', () => {
  const timelock = () => ({ endsAtMs: bench.app.clock.nowMs() + hourMs, enforcementType: 'RMR' });

  it('hold at once what they are about, are shown with their end, and let go when it has passed', async () => {
    await bench.configure(unpaced);
    bench.app.sessions.report(support, { type: 'limits', limits: { timelock: timelock() } });
    await bench.sendMany(1);
    await bench.mustSend('to a stranger');
    await bench.mustSend('to the group', { chatId: team });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['to the group']);
    expect(await bench.waits()).toEqual(['whatsapp_timelock', 'whatsapp_timelock']);
    expect((await bench.gate()).stated).toMatchObject({ timelock: { enforcementType: 'RMR' } });
    await bench.pass(hourMs + 2 * minuteMs, minuteMs);
    expect(left()).toBe(3);
  });

  it('let somebody be written to who writes meanwhile', async () => {
    bench.app.sessions.report(support, { type: 'limits', limits: { timelock: timelock() } });
    await bench.mustSend('to Bruno', { chatId: bruno });
    await bench.app.settled();
    expect(left()).toBe(0);
    bench.app.sessions.report(support, { type: 'messages', messages: [anInbound('A1', { chatId: bruno })] });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['to Bruno']);
  });

  it('hold over a restart, before the page has stated them again', async () => {
    await bench.configure(unpaced);
    bench.app.sessions.report(support, { type: 'limits', limits: { timelock: timelock() } });
    await bench.sendMany(1);
    bench = await bench.restarted(accountsDir);
    await bench.pass(10 * minuteMs, minuteMs);
    expect(left()).toBe(0);
    bench.app.sessions.report(support, { type: 'limits', limits: {} });
    await bench.app.settled();
    expect(left()).toBe(1);
  });

  it('that a send meets are read at once; the message keeps its place', async () => {
    await bench.configure(unpaced);
    const answer = bench.app.sessions.answers.send;
    bench.app.sessions.answers.send = () => {
      throw new OperationError('LIMITED_BY_WHATSAPP', 'Support: WhatsApp lets it start no chats (463).');
    };
    bench.app.sessions.answers.readLimits = () => ({ limits: { timelock: timelock() } });
    await bench.sendMany(2);
    expect(bench.app.sessions.asked.filter(({ kind }) => kind === 'send')).toHaveLength(1);
    expect(await bench.states()).toEqual(['queued', 'queued']);
    expect(await bench.waits()).toEqual(['whatsapp_timelock', 'whatsapp_timelock']);
    if (answer !== undefined) bench.app.sessions.answers.send = answer;
    await bench.pass(hourMs + 2 * minuteMs, minuteMs);
    expect(left()).toBe(2);
  });

  it('that it enforces without stating them are obeyed for a quarter of an hour', async () => {
    await bench.configure(unpaced);
    bench.app.sessions.answers.send = () => {
      throw new OperationError('LIMITED_BY_WHATSAPP', 'Support: WhatsApp refuses (463).');
    };
    const asked = () => bench.app.sessions.asked.filter(({ kind }) => kind === 'send').length;
    await bench.sendMany(1);
    expect(asked()).toBe(1);
    await bench.pass(14 * minuteMs, minuteMs);
    expect(asked()).toBe(1);
    await bench.pass(3 * minuteMs, minuteMs);
    expect(asked()).toBe(2);
  });
});

describe('a new account', () => {
  it('on the real WhatsApp begins with a warm-up, on the practice network without', async () => {
    const create = async (network: 'whatsapp' | 'practice') => {
      const made = await bench.app.dispatch(bench.app.caller, 'accounts.create', { label: network, network });
      if (!made.ok) throw new Error(made.error.message);
      return made.data.account.settings.sending.warmUp;
    };
    expect(await create('practice')).toBeUndefined();
    expect(await create('whatsapp')).toEqual({ days: 14, firstDay: 20 });
  });

  it('sends few automatic messages a day and more every day, and people as they like', async () => {
    bench.app.closeStore();
    bench = await createOutboxBench({ accounts: [anAccount('support', { createdAtMs: testStartMs })] });
    bench.page.confirms = true;
    await bench.becomeReady();
    await bench.configure({ ...unpaced, warmUp: { days: 3, firstDay: 2 } });
    await bench.pass(minuteMs, secondMs);
    await bench.sendMany(5);
    await bench.sendMany(2, 'person');
    await bench.pass(minuteMs, secondMs);
    expect(bench.sentBodies().filter((body) => body.startsWith('api'))).toHaveLength(2);
    expect(bench.sentBodies().filter((body) => body.startsWith('person'))).toHaveLength(2);
    expect(await bench.waits()).toEqual(['warm_up', 'warm_up', 'warm_up']);
    await bench.pass(dayMs, 10 * minuteMs);
    expect(bench.sentBodies().filter((body) => body.startsWith('api')).length).toBeGreaterThanOrEqual(4);
  });
});
