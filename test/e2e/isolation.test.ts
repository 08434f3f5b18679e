import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConsoleApp,
  desktopEnvironment,
  electronBinary,
  mustSucceed,
  repositoryRoot,
  rootArguments,
  startConsole,
  temporaryFolder,
} from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { linkAccount } from '../fixtures/linked-accounts';
import { browserOf, descendantsOf, isAlive, listProcesses } from '../fixtures/processes';

/** One broken account never touches the others, and nothing of this console outlives it. */
describe('accounts are isolated', () => {
  const data = temporaryFolder();
  const phones = ['5511900000001', '5511900000002', '5511900000003'] as const;
  const ids: string[] = [];
  let console_: ConsoleApp;

  const idOf = (place: number): string => {
    const id = ids[place];
    if (id === undefined) throw new Error(`There is no account ${place}.`);
    return id;
  };
  const start = async (): Promise<void> => {
    console_ = await startConsole(data.path);
  };
  beforeAll(async () => {
    await start();
    for (const [place, phone] of phones.entries()) ids.push(await linkAccount(console_, `Desk ${place + 1}`, phone));
  }, 180_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  it('gives every account its own profile directory and its own process tree', () => {
    const browsers = ids.map((id) => browserOf(console_.profileDir(id)));
    expect(new Set(browsers.map((browser) => browser?.pid)).size).toBe(3);
    const parents = browsers.map((browser) => browser?.parent);
    expect(new Set(parents).size).toBe(3);
    const trees = browsers.map((browser) => new Set(descendantsOf(browser?.pid ?? 0).map((entry) => entry.pid)));
    for (const [place, tree] of trees.entries()) {
      for (const pid of tree) expect(trees.some((other, at) => at !== place && other.has(pid))).toBe(false);
    }
    for (const id of ids) {
      expect(statSync(console_.profileDir(id)).mode & 0o777).toBe(0o700);
      expect(statSync(join(data.path, 'accounts', id, 'messages.db')).mode & 0o077).toBe(0);
    }
  });

  it('never weakens an account’s browser', () => {
    const weak = [
      '--disable-web-security',
      '--single-process',
      '--ignore-certificate-errors',
      '--remote-debugging-port',
    ];
    for (const id of ids) {
      const commandLine = browserOf(console_.profileDir(id))?.commandLine ?? '';
      expect(commandLine).toContain('--remote-debugging-pipe');
      for (const flag of weak) expect(commandLine).not.toContain(flag);
    }
  });

  it('brings an account back after kill -9 of its browser while its neighbours stay ready in the same processes', async () => {
    const neighbours = [idOf(1), idOf(2)].map((id) => browserOf(console_.profileDir(id))?.pid);
    const victim = browserOf(console_.profileDir(idOf(0)));
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    await eventually(
      'another browser on the profile',
      () => {
        const next = browserOf(console_.profileDir(idOf(0)));
        return next !== undefined && next.pid !== victim?.pid;
      },
      60_000,
    );
    await console_.waitForState(idOf(0), 'ready');
    for (const id of [idOf(1), idOf(2)]) await console_.waitForState(id, 'ready', 1_000);
    expect([idOf(1), idOf(2)].map((id) => browserOf(console_.profileDir(id))?.pid)).toEqual(neighbours);
  }, 120_000);

  it('takes the browser away with a worker that is killed, and starts both again', async () => {
    const browser = browserOf(console_.profileDir(idOf(1)));
    process.kill(browser?.parent ?? 0, 'SIGKILL');
    await eventually('the orphaned browser to end', () => !isAlive(browser?.pid ?? 0));
    await eventually('a new browser', () => browserOf(console_.profileDir(idOf(1))) !== undefined, 60_000);
    await console_.waitForState(idOf(1), 'ready');
    await console_.waitForState(idOf(0), 'ready', 1_000);
  }, 120_000);

  it('keeps a message for an account that is stopped, says why it waits, and sends it once when the account is back', async () => {
    const practice = await console_.practice();
    await practice.createCustomer({ number: '5511977770001', name: 'Ana' });
    await practice.writeAs('5511977770001', { phone: phones[2], body: 'Oi' });
    const chatId = '5511977770001@c.us';
    await eventually('the chat in the store', async () => {
      const { chats } = await mustSucceed(console_.invoke('chats.list', { accountId: idOf(2) }));
      return chats.some((chat) => chat.id === chatId);
    });
    await mustSucceed(console_.invoke('sessions.stop', { accountId: idOf(2) }));
    expect(browserOf(console_.profileDir(idOf(2)))).toBeUndefined();
    const { send } = await mustSucceed(console_.invoke('messages.send', { accountId: idOf(2), chatId, body: 'Olá' }));
    expect(send).toMatchObject({ state: 'queued', wait: { reason: 'account_not_ready' } });
    expect(await practice.receivedBy('5511977770001', phones[2])).toEqual([]);
    await practice.writeAs('5511977770001', { phone: phones[2], body: 'Está aí?' });
    await mustSucceed(console_.invoke('sessions.start', { accountId: idOf(2) }));
    await console_.waitForState(idOf(2), 'ready');
    await eventually('what the customer wrote meanwhile', async () => {
      const { messages } = await mustSucceed(console_.invoke('messages.list', { accountId: idOf(2), chatId }));
      const inbound = messages.filter((message) => !message.fromMe);
      return inbound.map((message) => message.body).join('|') === 'Oi|Está aí?';
    });
    await eventually('what waited, once', async () => {
      const received = await practice.receivedBy('5511977770001', phones[2]);
      return received.length === 1 && received[0]?.body === 'Olá' && received[0].copies === 1;
    });
  }, 120_000);

  it('answers impossible sends and labels with a sentence that names the account', async () => {
    const accountId = idOf(2);
    const nowhere = await console_.invoke('messages.send', {
      accountId,
      chatId: '120363000000000000@g.us',
      body: 'Olá',
    });
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'CHAT_NOT_FOUND' } });
    expect(nowhere.ok ? '' : nowhere.error.message).toContain('Desk 3');
    // Only WhatsApp knows who is on WhatsApp: the call is taken, and the row says so.
    const stranger = { accountId, chatId: '5511000000000@c.us' } as const;
    const { send } = await mustSucceed(console_.invoke('messages.send', { ...stranger, body: 'Olá' }));
    await eventually('the row that failed', async () => {
      const row = await mustSucceed(console_.invoke('sends.get', { ...stranger, messageId: send.messageId }));
      return row.send.state === 'failed' && /WhatsApp/.test(row.send.problem ?? '');
    });
    const chatId = '5511977770001@c.us';
    for (const body of ['', '   ', 'x'.repeat(1024 * 1024), 'half \uD800 character']) {
      const answer = await console_.invoke('messages.send', { accountId: idOf(2), chatId, body });
      expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
      expect(answer.ok ? '' : answer.error.message).toMatch(/^Desk 3: body /);
      expect(answer.ok ? '' : answer.error.message.length).toBeLessThan(300);
    }
    for (const label of ['', '  ', 'x'.repeat(10_240), 'two\nlines']) {
      const answer = await console_.invoke('accounts.update', { accountId: idOf(2), label });
      expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
      expect(answer.ok ? '' : answer.error.message).toMatch(/^Desk 3: label /);
    }
    const markup = await mustSucceed(
      console_.invoke('accounts.update', { accountId: idOf(2), label: '<img src=x onerror=alert(1)>' }),
    );
    expect(markup.account.label).toBe('<img src=x onerror=alert(1)>');
    await console_.page.getByText('<img src=x onerror=alert(1)>').first().waitFor({ state: 'attached' });
    await mustSucceed(console_.invoke('accounts.update', { accountId: idOf(2), label: 'Desk 3' }));
  }, 60_000);

  it('delivers HTML and direction overrides exactly as written', async () => {
    const practice = await console_.practice();
    const body = '<script>alert(1)</script> \u202Eabc\u202C *bold* \u{1F469}\u200D\u{1F4BB}';
    await mustSucceed(console_.invoke('messages.send', { accountId: idOf(2), chatId: '5511977770001@c.us', body }));
    const received = await eventually('the message', async () => {
      const list = await practice.receivedBy('5511977770001', phones[2]);
      return list.length > 1 ? list.map((one) => one.body) : undefined;
    });
    expect(received).toEqual(['Olá', body]);
  }, 60_000);

  it('lets a second copy on the same data step back and exit 0', async () => {
    const second = spawn(electronBinary, [...rootArguments(), repositoryRoot, `--user-data-dir=${data.path}`], {
      env: desktopEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    second.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const code = await new Promise<number | null>((resolve) => second.on('exit', resolve));
    expect(code).toBe(0);
    expect(said).toContain('already open');
    for (const id of ids) await console_.waitForState(id, 'ready', 1_000);
  }, 60_000);

  it('removes one account with its folder and nothing else', async () => {
    const others = [idOf(1), idOf(2)];
    const before = others.map((id) => readdirSync(join(data.path, 'accounts', id)).sort());
    writeFileSync(join(data.path, 'accounts', 'not-an-account.txt'), 'a neighbour');
    await mustSucceed(console_.invoke('accounts.remove', { accountId: idOf(0) }));
    expect(existsSync(join(data.path, 'accounts', idOf(0)))).toBe(false);
    expect(listProcesses().some((entry) => entry.commandLine.includes(console_.profileDir(idOf(0))))).toBe(false);
    expect(existsSync(join(data.path, 'accounts', 'not-an-account.txt'))).toBe(true);
    expect(others.map((id) => readdirSync(join(data.path, 'accounts', id)).sort())).toEqual(before);
    for (const id of others) await console_.waitForState(id, 'ready', 1_000);
  }, 60_000);

  it('leaves no process after kill -9 of the console, and everything is there at the next start', async () => {
    const family = descendantsOf(console_.pid).map((entry) => entry.pid);
    expect(family.length).toBeGreaterThan(6);
    process.kill(console_.pid, 'SIGKILL');
    await eventually('every process of the console to end', () => !family.some(isAlive), 15_000);
    expect(listProcesses().filter((entry) => entry.commandLine.includes(data.path))).toEqual([]);
    await start();
    expect((await console_.accounts()).map((account) => account.label)).toEqual(['Desk 2', 'Desk 3']);
    for (const id of [idOf(1), idOf(2)]) await console_.waitForState(id, 'ready');
    const { messages } = await mustSucceed(
      console_.invoke('messages.list', { accountId: idOf(2), chatId: '5511977770001@c.us' }),
    );
    // Two of each; WhatsApp's times are whole seconds, so which came first is not for this test to say.
    expect(messages).toHaveLength(4);
    expect(messages.filter((message) => message.fromMe)).toHaveLength(2);
  }, 120_000);
});
