import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, ChatId } from '../../electron/contract/ids';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { linkAccounts, scanCode } from '../fixtures/linked-accounts';
import { browserOf, listProcesses } from '../fixtures/processes';

/** An account's whole life as its operator walks through it. */
describe('the life of an account', () => {
  const data = temporaryFolder();
  const phone = '5511955550777';
  const customer = '5511977770001';
  let console_: ConsoleApp;
  let accountId: AccountId;
  const processes = (id: AccountId) =>
    listProcesses().filter((entry) => entry.commandLine.includes(console_.profileDir(id)));

  beforeAll(async () => {
    console_ = await startConsole(data.path);
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label: 'Desk', network: 'practice' }));
    accountId = account.id;
  }, 90_000);
  afterAll(async () => {
    try {
      await console_.close();
    } finally {
      data.remove();
    }
  }, 60_000);

  it('links with a pairing code typed on the phone, shown in two groups of four', async () => {
    const { page } = console_;
    await mustSucceed(console_.invoke('sessions.start', { accountId }));
    await console_.waitForState(accountId, 'linking');
    await page.getByRole('button', { name: /^Desk,/ }).click();
    await page.getByRole('button', { name: 'Link with a phone number' }).click();
    await page.getByRole('textbox', { name: /phone number/i }).fill('+55 11 95555-0777');
    await page.getByRole('button', { name: /^(Get|Show) (a |the )?code/ }).click();
    const code = await eventually('a code in two groups of four', async () => {
      const text = await page.getByTestId('pairing-code').textContent();
      return /([0-9A-Z]{4})\W+([0-9A-Z]{4})/
        .exec(text ?? '')
        ?.slice(1)
        .join('');
    });
    await (await console_.practice()).enterCode({ phone, code });
    await console_.waitForState(accountId, 'ready');
    const { me } = await mustSucceed(console_.invoke('sessions.whoami', { accountId }));
    expect(me?.phone).toBe(`+${phone}`);
  }, 120_000);

  it('shows a picture of its page, its cost, its version and what happened, without secrets', async () => {
    const picture = await mustSucceed(console_.invoke('sessions.screenshot', { accountId }));
    expect(Buffer.from(picture.base64, 'base64').subarray(1, 4).toString()).toBe('PNG');
    const { usage } = await mustSucceed(console_.invoke('usage.get', {}));
    expect(usage.accounts.find((one) => one.accountId === accountId)?.cost.memoryMb).toBeGreaterThan(30);
    expect(usage.machine.roomForAccounts).toBeGreaterThan(0);
    const { session } = await mustSucceed(console_.invoke('sessions.get', { accountId }));
    expect(session.webVersion).toMatch(/^2\.3000\./);
    const { entries } = await mustSucceed(console_.invoke('sessions.timeline', { accountId }));
    expect(entries.some((entry) => entry.durationMs !== undefined)).toBe(true);
    const { text } = await mustSucceed(console_.invoke('supportBundles.create', {}));
    expect(text).toContain('Desk');
    expect(text).toMatch(/^Chromium: \d+\.0\.\d+\.\d+$/m);
    for (const secret of [phone, customer]) expect(text).not.toContain(secret);
  }, 60_000);

  it('shows and hides its own WhatsApp window, on WhatsApp’s origin', async () => {
    const shown = await mustSucceed(console_.invoke('sessions.showWindow', { accountId }));
    expect(shown.session.windowShown).toBe(true);
    const hidden = await mustSucceed(console_.invoke('sessions.hideWindow', { accountId }));
    expect(hidden.session.windowShown).toBe(false);
  }, 60_000);

  it('sends, stops without leaving a process, and starts again without a code', async () => {
    const practice = await console_.practice();
    await practice.createCustomer({ number: customer, name: 'Ana' });
    await practice.writeAs(customer, { phone, body: 'Oi' });
    const chatId = `${customer}@c.us` as ChatId;
    await eventually(
      'the chat',
      async () => (await mustSucceed(console_.invoke('chats.list', { accountId }))).chats.length > 0,
    );
    await mustSucceed(console_.invoke('messages.send', { accountId, chatId, body: 'fire and forget' }));
    await eventually('the message', async () => (await practice.receivedBy(customer, phone)).length === 1);
    await mustSucceed(console_.invoke('sessions.stop', { accountId }));
    expect(processes(accountId)).toEqual([]);
    const states = new Set<string>();
    await mustSucceed(console_.invoke('sessions.start', { accountId }));
    await eventually('ready', async () => {
      const { session } = await mustSucceed(console_.invoke('sessions.get', { accountId }));
      states.add(session.status.state);
      return session.status.state === 'ready';
    });
    expect(states.has('linking')).toBe(false);
  }, 120_000);

  it('logs out: the login is gone, the history stays, and the next start asks for a new code', async () => {
    const { session, notice } = await mustSucceed(console_.invoke('sessions.logout', { accountId }));
    expect(session.status.state).toBe('stopped');
    expect(notice).toBeUndefined();
    expect(processes(accountId)).toEqual([]);
    const { chats } = await mustSucceed(console_.invoke('chats.list', { accountId }));
    expect(chats.map((chat) => chat.lastMessage?.body)).toEqual(['fire and forget']);
    const [phoneView] = (await (await console_.practice()).phones()).filter((one) => one.number === phone);
    expect(phoneView?.devices).toEqual([]);
    await mustSucceed(console_.invoke('sessions.start', { accountId }));
    await scanCode(console_, accountId, phone);
  }, 120_000);

  it('logged out while it is stopped drops its login and says that the phone still lists this computer', async () => {
    await mustSucceed(console_.invoke('sessions.stop', { accountId }));
    const { page } = console_;
    await page.getByRole('button', { name: /^Desk,/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Log out Desk' });
    await dialog.getByText(/not running.*Linked devices/).waitFor();
    await dialog.getByRole('button', { name: 'Log out' }).click();
    await page.getByText(/Desk is logged out here.*remove it there/).waitFor();
    const devices = async () =>
      (await (await console_.practice()).phones()).filter((one) => one.number === phone).flatMap((one) => one.devices);
    expect(await devices()).toHaveLength(1);
    const { entries } = await mustSucceed(console_.invoke('sessions.timeline', { accountId }));
    expect(entries[0]?.words).toMatch(/phone may still list this computer/);
    await mustSucceed(console_.invoke('sessions.start', { accountId }));
    await scanCode(console_, accountId, phone);
  }, 120_000);

  it('never mixes the codes of accounts that link at the same time', async () => {
    const ids: AccountId[] = [];
    for (const label of ['One', 'Two', 'Three']) {
      const { account } = await mustSucceed(console_.invoke('accounts.create', { label, network: 'practice' }));
      ids.push(account.id);
      await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
    }
    const practice = await console_.practice();
    const codes: string[] = [];
    for (const id of ids) {
      await console_.waitForState(id, 'linking');
      codes.push((await mustSucceed(console_.invoke('sessions.qr', { accountId: id }))).code.qr);
    }
    expect(new Set(codes).size).toBe(3);
    for (const [place, qr] of codes.entries()) await practice.scan({ qr, phone: `551195550010${place}` });
    for (const [place, id] of ids.entries()) {
      await console_.waitForState(id, 'ready');
      const { me } = await mustSucceed(console_.invoke('sessions.whoami', { accountId: id }));
      expect(me?.phone).toBe(`+551195550010${place}`);
      await mustSucceed(console_.invoke('accounts.remove', { accountId: id }));
    }
  }, 120_000);

  it('hands the passkey step to the person and goes on when it is answered', async () => {
    const practice = await console_.practice();
    const { account } = await mustSucceed(
      console_.invoke('accounts.create', { label: 'Passkey', network: 'practice' }),
    );
    await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
    await console_.waitForState(account.id, 'linking');
    await practice.fault({ name: 'passkey', phone: '5511955550888' });
    const { code } = await mustSucceed(console_.invoke('sessions.qr', { accountId: account.id }));
    await practice.scanUntilPasskey({ qr: code.qr, phone: '5511955550888' });
    await eventually('the passkey step to be told', async () => {
      const { session } = await mustSucceed(console_.invoke('sessions.get', { accountId: account.id }));
      return session.status.state === 'linking' && session.status.method === 'passkey';
    });
    await console_.page.getByRole('button', { name: /^Passkey,/ }).click();
    await console_.page
      .getByText(/passkey/i)
      .first()
      .waitFor();
    const shown = async () =>
      (await mustSucceed(console_.invoke('sessions.get', { accountId: account.id }))).session.windowShown;
    await eventually('the account’s own window, where a person can answer', shown);
    await practice.answerPasskey({ phone: '5511955550888' }, true);
    await console_.waitForState(account.id, 'ready');
    await eventually('the window to go again', async () => !(await shown()));
    await practice.endAllFaults();
    await mustSucceed(console_.invoke('accounts.remove', { accountId: account.id }));
  }, 120_000);

  it('rests after its codes were used up, costs nothing and says so', async () => {
    const practice = await console_.practice();
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label: 'Nobody', network: 'practice' }));
    await practice.setQrLifetime(1_000);
    await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
    await console_.waitForState(account.id, 'failed', 60_000);
    await practice.setQrLifetime(60_000);
    const { session } = await mustSucceed(console_.invoke('sessions.get', { accountId: account.id }));
    expect(session.status).toMatchObject({ state: 'failed', error: { code: 'SESSION_LINK_EXPIRED' } });
    expect(processes(account.id)).toEqual([]);
    await mustSucceed(console_.invoke('accounts.remove', { accountId: account.id }));
  }, 120_000);

  it('refuses ids, proxies and browser flags that make no sense or harm, by name, before anything starts', async () => {
    for (const id of ['../desk', 'desk/../other', 'desk\u0000', 'x'.repeat(300), 'Desk', 'con', '..', '']) {
      const answer = await console_.invokeRaw('sessions.start', { accountId: id });
      expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
      expect(answer.ok ? '' : answer.error.message).toContain('account id');
    }
    const flags = ['--disable-web-security', '--no-sandbox', '--remote-debugging-port=9222', '--single-process'];
    for (const flag of [...flags, '--ignore-certificate-errors', '--load-extension=/tmp/x', '--user-data-dir=/tmp/y']) {
      const answer = await console_.invoke('accounts.configure', { accountId, settings: { chromiumFlags: [flag] } });
      expect(answer, flag).toMatchObject({ ok: false, error: { code: 'CHROMIUM_FLAG_REFUSED' } });
      expect(answer.ok ? '' : answer.error.message).toContain(flag.split('=')[0]);
    }
    const proxies = [
      { protocol: 'ftp', host: 'a', port: 1 },
      { protocol: 'http', host: 'http://a', port: 80 },
      { protocol: 'http', host: 'a', port: 0 },
      { protocol: 'socks5', host: '', port: 1080 },
    ];
    for (const proxy of proxies) {
      const answer = await console_.invokeRaw('accounts.configure', { accountId, settings: { proxy } });
      expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
      expect(answer.ok ? '' : answer.error.message).toMatch(/^Desk: /);
    }
    const browser = await console_.invoke('accounts.configure', {
      accountId,
      settings: { browser: { kind: 'installed', path: '/nowhere/chrome' } },
    });
    expect(browser).toMatchObject({ ok: false, error: { code: 'BROWSER_NOT_FOUND' } });
    expect((await mustSucceed(console_.invoke('sessions.get', { accountId }))).session.status.state).toBe('ready');
  }, 60_000);

  it('is removed with its folder and nothing else', async () => {
    const [other] = await linkAccounts(console_, 1, 40);
    if (other === undefined) throw new Error('There is no other account.');
    const pid = browserOf(console_.profileDir(other))?.pid;
    await mustSucceed(console_.invoke('accounts.remove', { accountId }));
    expect(existsSync(join(data.path, 'accounts', accountId))).toBe(false);
    expect(existsSync(join(data.path, 'accounts', other))).toBe(true);
    expect(browserOf(console_.profileDir(other))?.pid).toBe(pid);
  }, 90_000);
});
