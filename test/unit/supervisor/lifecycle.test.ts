import { describe, expect, it } from 'vitest';
import type { WorkerCommand } from '../../../electron/contract/frames';
import { settle } from '../../fakes/child-processes';
import { anAccount, ana, anInbound } from '../../fakes/entities';
import { me, type Supervised, supervise } from './supervised';

const settings = (changes: Partial<ReturnType<typeof anAccount>['settings']>) => ({
  ...anAccount('any').settings,
  ...changes,
});
const sales = anAccount('sales', { label: 'Sales' });
const support = anAccount('support', { label: 'Support' });
const minute = 60_000;

const makeReady = async (world: Supervised, account = sales): Promise<void> => {
  world.accounts.push(account);
  world.supervisor.start(account);
  await settle();
  world.says(account.id, { type: 'ready', me });
};
const makeLinked = async (world: Supervised, account = sales): Promise<void> => {
  world.accounts.push(account);
  world.supervisor.start(account);
  await settle();
  world.says(account.id, { type: 'qr', qr: '2@code', attempt: 1, lifetimeMs: 60_000 });
  world.says(account.id, { type: 'ready', me });
};
const stateOf = (world: Supervised, account = sales): string => world.supervisor.get(account.id).status.state;
const asked = (world: Supervised, type: WorkerCommand['type'], id = 'sales'): readonly unknown[] =>
  world.worker(id).posted.filter((command) => (command as WorkerCommand).type === type);
/** The worker answers its newest request. */
const answers = async (world: Supervised, value: unknown, id = 'sales'): Promise<void> => {
  await settle();
  const last = asked(world, 'request', id).at(-1) as { readonly requestId: number };
  world.says(id, { type: 'reply', requestId: last.requestId, result: { ok: true, value } });
  await settle();
};
const answeredProbes = new WeakMap<Supervised, unknown>();
/** Time in which the page answers within two seconds whenever it is asked for its connection, as long as the account is ready. */
const alive = async (world: Supervised, ms: number): Promise<void> => {
  for (let passed = 0; passed < ms && stateOf(world) === 'ready'; passed += 2_000) {
    world.clock.advance(2_000);
    await settle();
    const probe = asked(world, 'request').findLast(
      (command) => (command as { readonly kind: string }).kind === 'probe',
    );
    if (probe === undefined || probe === answeredProbes.get(world)) continue;
    answeredProbes.set(world, probe);
    const { requestId } = probe as { readonly requestId: number };
    world.says('sales', { type: 'reply', requestId, result: { ok: true, value: { connected: true } } });
    await settle();
  }
};
const words = (world: Supervised): readonly string[] => world.timeline.map((entry) => entry.words);

describe('a session as an operator uses it', () => {
  it('restarts with the settings of now, also one that is at rest', async () => {
    const world = supervise();
    await makeReady(world);
    const again = world.supervisor.restart({ ...sales, label: 'Sales EU' });
    await settle();
    world.worker('sales').exit(0);
    expect(await again).toMatchObject({ generation: 2, status: { state: 'starting' } });
    expect((await supervise().supervisor.restart(sales)).status.state).toBe('starting');
  });

  it('logs out by asking the page first, then dropping the profile, then answering', async () => {
    const world = supervise();
    await makeReady(world);
    const out = world.supervisor.logout(sales.id);
    await settle();
    expect(asked(world, 'stop')).toEqual([{ type: 'stop', logout: true }]);
    world.says('sales', { type: 'logged_out', reason: 'Unlinked from here' });
    world.worker('sales').exit(0);
    expect(await out).toMatchObject({ session: { status: { state: 'stopped' } }, unlinked: true });
    expect(world.profileCare).toContain('drop /data/accounts/sales/profile');
    expect(world.released).toEqual(['sales']);
  });

  it('drops the login of a session that never ran', async () => {
    const world = supervise();
    world.accounts.push(sales);
    expect(await world.supervisor.logout(sales.id)).toMatchObject({
      session: { status: { state: 'stopped' } },
      unlinked: false,
    });
    expect(world.profileCare).toEqual(['drop /data/accounts/sales/profile']);
  });

  it('does not take a page that said nothing for one that unlinked the phone', async () => {
    const world = supervise();
    await makeReady(world);
    const out = world.supervisor.logout(sales.id);
    await settle();
    world.worker('sales').exit(0);
    expect((await out).unlinked).toBe(false);
    expect(world.profileCare).toContain('drop /data/accounts/sales/profile');
  });

  it('gives a pairing code while linking and only then', async () => {
    const world = supervise();
    world.accounts.push(sales);
    world.supervisor.start(sales);
    await settle();
    await expect(world.supervisor.pairingCode(sales.id, '5511900000021')).rejects.toMatchObject({
      code: 'SESSION_NOT_READY',
      message: expect.stringContaining('“Sales”'),
    });
    world.says('sales', { type: 'qr', qr: '2@code', attempt: 1, lifetimeMs: 60_000 });
    const code = world.supervisor.pairingCode(sales.id, '5511900000021');
    await answers(world, { code: 'ABCD-EFGH', lifetimeMs: 180_000 });
    expect(await code).toEqual({ accountId: 'sales', code: 'ABCD-EFGH', expiresAtMs: 1_180_000 });
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'linking', method: 'code' });
    expect(JSON.stringify([world.sessions, world.timeline, world.lines])).not.toContain('ABCD');
  });

  it('brings the account’s window to the screen for the passkey and takes it off when that is done', async () => {
    const world = supervise();
    world.accounts.push(sales);
    world.supervisor.start(sales);
    await settle();
    world.says('sales', { type: 'passkey' });
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'linking', method: 'passkey' });
    expect(asked(world, 'request').at(-1)).toMatchObject({ kind: 'showWindow' });
    world.says('sales', { type: 'window', shown: true });
    expect(world.supervisor.get(sales.id).windowShown).toBe(true);
    world.says('sales', { type: 'ready', me });
    expect(asked(world, 'request').at(-1)).toMatchObject({ kind: 'hideWindow' });
  });

  it('says which version of WhatsApp Web it runs, what its processes are and what last went wrong', async () => {
    const world = supervise();
    await makeReady(world);
    world.says('sales', { type: 'launched', browserPid: 777 });
    world.says('sales', { type: 'loaded', webVersion: '2.3000.1' });
    expect(world.supervisor.get(sales.id).webVersion).toBe('2.3000.1');
    expect(world.supervisor.processes(sales.id)).toEqual([4242, 777]);
    world.worker('sales').exit(1);
    await settle();
    expect(world.supervisor.get(sales.id).lastError).toMatchObject({ error: { code: 'SESSION_CRASHED' } });
    expect(world.supervisor.processes(sales.id)).toEqual([]);
    world.supervisor.start(sales);
    expect(world.supervisor.get(sales.id).lastError).toBeUndefined();
  });

  it('waits for a fresh login to settle before it stops, and tells so', async () => {
    const world = supervise();
    await makeLinked(world);
    world.settling.done = false;
    const stopped = world.supervisor.stop(sales.id, 'shutdown');
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'stopping', waitsUntilMs: 1_060_000 });
    expect(asked(world, 'stop')).toEqual([]);
    expect(words(world).at(-1)).toContain('new login');
    world.settling.done = true;
    await settle();
    await settle();
    expect(asked(world, 'stop')).toEqual([{ type: 'stop' }]);
    world.worker('sales').exit(0);
    expect((await stopped).status.state).toBe('stopped');
  });

  it('stops a session whose proxy has failed, and rests', async () => {
    const world = supervise();
    await makeReady(world);
    const error = {
      code: 'PROXY_FAILED' as const,
      category: 'unavailable' as const,
      message: 'Sales: its proxy is gone.',
      effect: 'none' as const,
    };
    world.supervisor.fail(sales.id, error);
    world.worker('sales').exit(0);
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'failed', error });
    expect(world.released).toEqual(['sales']);
  });

  it('measures each phase of a start once and names the cause of a restart', async () => {
    const world = supervise();
    world.accounts.push(sales);
    world.supervisor.start(sales);
    await settle();
    world.clock.advance(400);
    world.says('sales', { type: 'launched' });
    world.clock.advance(300);
    world.says('sales', { type: 'qr', qr: '2@one', attempt: 1, lifetimeMs: 60_000 });
    world.says('sales', { type: 'qr', qr: '2@two', attempt: 2, lifetimeMs: 20_000 });
    world.says('sales', { type: 'ready', me });
    const phases = world.timeline.filter(({ kind }) => kind === 'phase').map(({ durationMs }) => durationMs);
    expect(phases).toEqual([0, 400, 300, 0, 700]);
    world.worker('sales').exit(1);
    await settle();
    expect(world.timeline.at(-1)).toMatchObject({ kind: 'restart', words: expect.stringContaining('Sales') });
  });
});

describe('a number that is linked already', () => {
  it('is refused by the name of the account that has it, logged out again, and told to nobody else', async () => {
    const world = supervise();
    await makeReady(world, support);
    world.accounts.push(sales);
    world.supervisor.start(sales);
    await settle();
    world.clock.advance(1_000);
    await settle();
    world.says('sales', { type: 'ready', me: { ...me, wid: '551140020022:7@c.us' } });
    expect(asked(world, 'stop')).toEqual([{ type: 'stop', logout: true }]);
    world.worker('sales').exit(0);
    await settle();
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({
      state: 'failed',
      error: { code: 'NUMBER_ALREADY_LINKED', message: expect.stringContaining('“Support”') },
    });
    expect(world.profileCare).toContain('drop /data/accounts/sales/profile');
    expect(world.reports.filter(({ type }) => type === 'ready')).toHaveLength(1);
    expect(stateOf(world, support)).toBe('ready');
  });
});

describe('an account over its memory limit', () => {
  it('is started again when two measurements in a row are over it, and not in the middle of a send', async () => {
    const world = supervise();
    await makeReady(world, { ...sales, settings: settings({ memoryLimitMb: 400 }) });
    const pass = (): Promise<void> => alive(world, 10_000);
    world.machine.memoryMb = 401;
    await pass();
    expect(stateOf(world)).toBe('ready');
    const message = anInbound('3EB0AA');
    const sent = world.supervisor.request(sales.id, 'send', {
      chatId: ana,
      messageId: message.id,
      content: { kind: 'text', body: 'Hello' },
      again: false,
    });
    await settle();
    const { requestId } = asked(world, 'request').at(-1) as { readonly requestId: number };
    await pass();
    await pass();
    expect(stateOf(world)).toBe('ready');
    world.says('sales', { type: 'reply', requestId, result: { ok: true, value: { message } } });
    await sent;
    await pass();
    await pass();
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'stopping', why: 'failed' });
    world.worker('sales').exit(0);
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({
      state: 'backoff',
      error: { code: 'SESSION_MEMORY_EXCEEDED', message: expect.stringContaining('400 MiB') },
    });
  });
});

describe('an account that may sleep', () => {
  const sleepy = { ...sales, settings: settings({ hibernation: { afterIdleMinutes: 10, lookEveryMinutes: 15 } }) };
  it('sleeps when nobody has used it for its time, looks, and sleeps again', async () => {
    const world = supervise();
    await makeReady(world, sleepy);
    await alive(world, 9 * minute);
    expect(stateOf(world)).toBe('ready');
    world.says('sales', { type: 'messages', messages: [anInbound('3EB0')] });
    await alive(world, 9 * minute);
    expect(stateOf(world)).toBe('ready');
    await alive(world, 2 * minute);
    world.worker('sales').exit(0);
    await settle();
    expect(world.supervisor.get(sales.id).status).toMatchObject({ state: 'asleep', lookEveryMinutes: 15, me });
    expect(world.supervisor.processes(sales.id)).toEqual([]);
    world.clock.advance(15 * minute);
    await settle();
    world.says('sales', { type: 'ready', me });
    await alive(world, minute);
    world.worker('sales').exit(0);
    await settle();
    expect(stateOf(world)).toBe('asleep');
  });

  it('refuses to be asked while it sleeps, and wakes for whoever needs it', async () => {
    const world = supervise();
    await makeReady(world);
    const sleeping = world.supervisor.sleep(sales.id);
    await settle();
    world.worker('sales').exit(0);
    expect((await sleeping).status).toMatchObject({ state: 'asleep', lookEveryMinutes: 30 });
    await expect(world.supervisor.request(sales.id, 'fetchMessages', { chatId: ana, limit: 10 })).rejects.toMatchObject(
      { code: 'SESSION_NOT_READY', data: { state: 'asleep' } },
    );
    world.supervisor.wake(sales.id);
    expect(stateOf(world)).toBe('starting');
  });

  it('cannot be put to sleep before it is ready', async () => {
    const world = supervise();
    world.accounts.push(sales);
    world.supervisor.start(sales);
    await expect(world.supervisor.sleep(sales.id)).rejects.toMatchObject({ code: 'SESSION_NOT_READY' });
  });
});

describe('the computer’s network', () => {
  it('concerns accounts out there and no practice account', async () => {
    const world = supervise();
    const real = anAccount('real', { network: 'whatsapp', label: 'Real' });
    await makeReady(world, real);
    await makeReady(world, sales);
    world.clock.advance(1_000);
    await settle();
    world.machine.network(false);
    world.machine.network(true);
    expect(words(world).filter((text) => text.includes('network'))).toEqual([
      'This computer has no network',
      'This computer has a network again',
    ]);
  });
});

describe('a page that has changed', () => {
  it('stays in use, but nothing is sent through it', async () => {
    const world = supervise();
    world.accounts.push(sales);
    world.supervisor.start(sales);
    await settle();
    world.says('sales', { type: 'ready', me, missing: ['WAWebSendMsgChatAction'] });
    const send = world.supervisor.request(sales.id, 'send', {
      chatId: ana,
      messageId: anInbound('3EB0AA').id,
      content: { kind: 'text', body: 'Hello' },
      again: false,
    });
    await expect(send).rejects.toMatchObject({
      code: 'SESSION_PAGE_CHANGED',
      message: expect.stringContaining('WAWebSendMsgChatAction'),
    });
    expect(asked(world, 'request')).toEqual([]);
    expect(world.timeline.some(({ kind }) => kind === 'canary')).toBe(true);
    void world.supervisor.showWindow(sales.id).catch(() => undefined);
    expect(asked(world, 'request').at(-1)).toMatchObject({ kind: 'showWindow' });
  });
});
