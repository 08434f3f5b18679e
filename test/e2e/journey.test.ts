import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { readQr } from '../fixtures/read-qr';

/**
 * What a person can do, in one walk through the real window: the demo comes up, a third account is linked by the QR code
 * that the window shows, a customer writes, the answer goes out from the right number, and all of it is there after a restart.
 */
describe('a day with the console', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;

  beforeAll(async () => {
    console_ = await startConsole(data.path, ['--demo']);
  }, 120_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  const thirdPhone = '5511955550123';
  const customer = { number: '5511977771234', name: 'Rita Moura' };
  const rail = (label: string) => console_.page.getByRole('button', { name: new RegExp(`^${label},`) });
  const conversations = () => console_.page.getByRole('listbox', { name: 'Conversations' });
  const row = (name: string) => conversations().getByRole('option', { name: new RegExp(`^${name},`) });
  const log = () => console_.page.getByRole('log', { name: /^Conversation with/ });

  it('comes up with Sales and Support linked and customers in one inbox, each row naming its account', async () => {
    const accounts = await eventually('both demo accounts', async () => {
      const list = await console_.accounts();
      return list.length === 2 ? list : undefined;
    });
    for (const account of accounts) await console_.waitForState(account.id, 'ready', 90_000);
    const practice = await console_.practice();
    await practice.setHabits(false);
    await rail('Sales').waitFor();
    await rail('Support').waitFor();
    await conversations().getByRole('option').first().waitFor();
    const names = await conversations()
      .getByRole('option')
      .evaluateAll((rows) => rows.map((element) => element.getAttribute('aria-label') ?? ''));
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(name).toMatch(/, (Sales|Support)(,|$)/);
  }, 150_000);

  it('has its local API on, and says where it listens or why it cannot', async () => {
    const { settings } = await mustSucceed(console_.invoke('settings.get', {}));
    expect(settings.api.enabled).toBe(true);
    // Another program of this computer may have the port: then that is what is said.
    const { address, problem } = await eventually('the local API to listen or to give up', async () => {
      const state = await mustSucceed(console_.invoke('apis.get', {}));
      return Object.keys(state).length > 0 ? state : undefined;
    });
    await console_.page.keyboard.press('Control+,');
    const page = console_.page.getByRole('main', { name: 'Settings' });
    await page.getByText(address ?? problem ?? '', { exact: true }).waitFor();
    await console_.page.keyboard.press('Escape');
    await conversations().waitFor();
  }, 60_000);

  it('links a third account by the QR code that the window shows', async () => {
    const { page } = console_;
    await page.getByRole('button', { name: 'Add account' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Brasil');
    await dialog.getByRole('radio', { name: /Practice network/ }).check({ force: true });
    await dialog.getByRole('button', { name: /^Add/ }).click();
    await page.getByRole('heading', { name: 'Link a phone to Brasil' }).waitFor();
    const qr = await eventually(
      'a QR code that a camera can read',
      async () => readQr(await page.getByTestId('qr').screenshot()),
      60_000,
    );
    const practice = await console_.practice();
    await practice.createCustomer({ ...customer, autoRead: false });
    await practice.scan({ qr, phone: thirdPhone, pushname: 'Brasil' });
    const account = (await console_.accounts()).find((one) => one.label === 'Brasil');
    await console_.waitForState(account?.id ?? '', 'ready');
    await page.getByRole('button', { name: /^Brasil, ready/ }).waitFor();
  }, 120_000);

  it('shows a new customer’s message in the inbox of all accounts, on a row that names the account', async () => {
    const practice = await console_.practice();
    await practice.setHabits(false);
    await console_.page.getByRole('button', { name: /^All/ }).click();
    await practice.writeAs(customer.number, {
      phone: thirdPhone,
      body: 'Bom dia! Vocês entregam no sábado? <b>urgente</b>',
    });
    await row(customer.name).waitFor();
    expect(await row(customer.name).getAttribute('aria-label')).toMatch(/, Brasil, 1 unread/);
  }, 60_000);

  it('answers from the right number, and the ticks go from sent to delivered to read', async () => {
    const { page } = console_;
    const practice = await console_.practice();
    await row(customer.name).click();
    await log().getByText('<b>urgente</b>').waitFor();
    const form = page.getByRole('textbox', { name: `Message to ${customer.name}, answering as Brasil` });
    const held = await practice.fault({ name: 'acks-held', phone: thirdPhone, from: 1 });
    await form.fill('Sim, entregamos sábado de manhã.');
    await form.press('Enter');
    const bubble = log().getByText('Sim, entregamos sábado de manhã.');
    await bubble.waitFor();
    const tick = (name: string) => log().getByLabel(name, { exact: true }).last();
    await tick('Waiting').waitFor();
    await practice.endFault(held.id);
    await tick('Delivered').waitFor();
    const received = await practice.receivedBy(customer.number, thirdPhone);
    expect(received.map(({ body, fromPhone, copies }) => ({ body, fromPhone, copies }))).toEqual([
      { body: 'Sim, entregamos sábado de manhã.', fromPhone: thirdPhone, copies: 1 },
    ]);
    await practice.readAs(customer.number, { phone: thirdPhone });
    await tick('Read').waitFor();
    await expect.poll(() => form.inputValue()).toBe('');
  }, 60_000);

  it('sends once when Enter is pressed twice', async () => {
    const practice = await console_.practice();
    const form = console_.page.getByRole('textbox', { name: new RegExp(`^Message to ${customer.name}`) });
    await form.fill('Só uma vez');
    await form.press('Enter');
    await form.press('Enter');
    await eventually('the message at the customer', async () => {
      const received = await practice.receivedBy(customer.number, thirdPhone);
      return received.some((message) => message.body === 'Só uma vez');
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const received = await practice.receivedBy(customer.number, thirdPhone);
    expect(received.filter((message) => message.body === 'Só uma vez')).toHaveLength(1);
  }, 60_000);

  it('loads older history upward without moving what is being read', async () => {
    const practice = await console_.practice();
    const longTalk = { number: '5511966660000', name: 'Olga Ramos' };
    await practice.createCustomer(longTalk);
    await practice.addHistory(thirdPhone, { chat: longTalk.number, count: 180, days: 9 });
    const account = (await console_.accounts()).find((one) => one.label === 'Brasil');
    const accountId = account?.id ?? '';
    // History is compared with the store when a session gets ready.
    await mustSucceed(console_.invokeRaw('sessions.stop', { accountId }));
    await mustSucceed(console_.invokeRaw('sessions.start', { accountId }));
    await console_.waitForState(accountId, 'ready');
    await row(longTalk.name).click();
    await expect.poll(() => log().locator('[data-message-id]').count()).toBeGreaterThan(5);
    const height = () => log().evaluate((element) => element.scrollHeight);
    const before = await height();
    // Far enough up that the next page is asked for, while a certain bubble is being read.
    const reading = await log().evaluate(async (element) => {
      element.scrollTop = 500;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const top = element.getBoundingClientRect().top;
      const bubble = [...element.querySelectorAll('[data-message-id]')].find(
        (one) => one.getBoundingClientRect().top >= top,
      );
      return { id: bubble?.getAttribute('data-message-id') ?? '', place: bubble?.getBoundingClientRect().top ?? 0 };
    });
    await expect.poll(height, { timeout: 10_000 }).toBeGreaterThan(before);
    const after = await log()
      .locator(`[data-message-id="${reading.id}"]`)
      .evaluate((element) => element.getBoundingClientRect().top);
    expect(Math.abs(after - reading.place)).toBeLessThan(3);
  }, 120_000);

  it('moves by keyboard: Ctrl+2 to the second account, arrows through the list, Esc back out', async () => {
    const { page } = console_;
    await page.keyboard.press('Control+2');
    await expect.poll(() => rail('Support').getAttribute('aria-current')).toBe('true');
    await conversations().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await log().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => log().count()).toBe(0);
  }, 60_000);

  it('comes back after closing the window: no QR, history and ticks in place', async () => {
    await console_.close();
    console_ = await startConsole(data.path, ['--demo']);
    const states = new Set<string>();
    const accounts = await console_.accounts();
    expect(accounts.map((account) => account.label)).toEqual(['Sales', 'Support', 'Brasil']);
    for (const account of accounts) {
      await eventually(
        `${account.label} to be ready`,
        async () => {
          const answer = await console_.invoke('sessions.get', { accountId: account.id });
          const state = answer.ok ? answer.data.session.status.state : answer.error.code;
          states.add(state);
          return state === 'ready';
        },
        90_000,
      );
    }
    expect(states.has('linking')).toBe(false);
    await row(customer.name).click();
    await log().getByText('Sim, entregamos sábado de manhã.').waitFor();
    await log().getByLabel('Read', { exact: true }).first().waitFor();
  }, 180_000);
});
