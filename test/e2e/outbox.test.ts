import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../electron/contract/ids';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';

/** What waits is seen, explained and in the person's hands, in the conversation and in the account's outbox. */
/** Longer than a busy machine needs. */
const patiently = { timeout: 15_000 };

describe('the outbox in the window', () => {
  const data = temporaryFolder();
  const customer = { number: '5511977775555', name: 'Rita Moura' };
  let console_: ConsoleApp;
  let accountId: AccountId;
  let phone: string;

  beforeAll(async () => {
    console_ = await startConsole(data.path);
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label: 'Sales', network: 'practice' }));
    accountId = account.id;
    await mustSucceed(console_.invoke('sessions.start', { accountId }));
    await console_.waitForState(accountId, 'linking');
    ({ phone } = await mustSucceed(console_.invoke('phones.scan', { accountId })));
    await console_.waitForState(accountId, 'ready');
    const practice = await console_.practice();
    await practice.setHabits(false);
    await practice.createCustomer({ ...customer, autoRead: false });
    await practice.writeAs(customer.number, { phone, body: `Bom dia${'\n'.repeat(9)}Rita` });
    await console_.page.getByRole('button', { name: /^Sales,/ }).click();
    await console_.page.getByRole('option', { name: /^Rita Moura/ }).click();
  }, 120_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  const log = () => console_.page.getByRole('log', { name: /^Conversation with Rita Moura/ });
  const tab = (name: string) => console_.page.getByRole('tab', { name });
  const received = async () =>
    (await (await console_.practice()).receivedBy(customer.number, phone)).map(({ body, copies }) => ({
      body,
      copies,
    }));
  const write = async (text: string) => {
    const form = console_.page.getByRole('textbox', { name: /^Message to Rita Moura/ });
    await form.fill(text);
    await form.press('Enter');
    await log().getByText(text).waitFor();
  };

  it('accepts what is written to a stopped account and says that it waits', async () => {
    await mustSucceed(console_.invoke('sessions.stop', { accountId }));
    const form = console_.page.getByRole('form', { name: 'Answer as Sales' });
    await form.getByText(/^Sales is stopped.*What you send waits until it is back\.$/).waitFor();
    await write('It goes when you are back');
    await write('This one was a mistake');
    await log().getByText('Sales is stopped').first().waitFor();
    await expect.poll(() => log().getByRole('button', { name: 'Cancel' }).count(), patiently).toBe(2);
    expect(await received()).toEqual([]);
  }, 60_000);

  it('keeps the newest message and its reason in sight when the window grows and shrinks', async () => {
    const { app, page } = console_;
    const handle = await app.browserWindow(page);
    const resize = (height: number) => handle.evaluate((window, to) => window.setContentSize(1000, to), height);
    const hidden = () => log().evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight);
    for (const height of [520, 940, 520]) {
      await resize(height);
      await expect.poll(() => page.evaluate(() => window.innerHeight), patiently).toBe(height);
      await expect.poll(hidden, patiently).toBeLessThan(2);
    }
    expect(await log().evaluate((list) => list.scrollTop)).toBeGreaterThan(0);
    await resize(720);
  }, 60_000);

  it('lists both with the reason, and takes back the one that is cancelled, also in the conversation', async () => {
    const { page } = console_;
    await tab('Outbox').click();
    const rows = page.getByRole('main', { name: 'Outbox of Sales' }).getByRole('listitem');
    await rows.filter({ hasText: 'This one was a mistake' }).getByText('Sales is stopped').waitFor();
    await expect.poll(() => rows.count(), patiently).toBe(2);
    await rows
      .filter({ hasText: 'This one was a mistake' })
      .getByRole('button', { name: 'Cancel the message to Rita Moura' })
      .click();
    await expect.poll(() => rows.count(), patiently).toBe(1);
    await rows.first().getByRole('button', { name: 'Open the conversation with Rita Moura' }).click();
    await log().getByText('It goes when you are back').waitFor();
    await expect.poll(() => log().getByText('This one was a mistake').count(), patiently).toBe(0);
  }, 60_000);

  it('holds everything while a person has paused it, and lets it go when told so', async () => {
    const { page } = console_;
    await tab('Outbox').click();
    await page.getByRole('button', { name: 'Pause sending' }).click();
    await page.getByText(/^Paused since/).waitFor();
    const capping = { quota: 50, used: 41, status: 'FIRST_WARNING', cycleMs: 7_200_000 };
    await (await console_.practice()).setCapping(phone, capping);
    await mustSucceed(console_.invoke('sessions.start', { accountId }));
    await console_.waitForState(accountId, 'ready');
    // WhatsApp's own limits, as its page states them.
    await page.getByText('41 of 50').first().waitFor({ state: 'attached' });
    const rows = page.getByRole('main', { name: 'Outbox of Sales' }).getByRole('listitem');
    await rows.getByText('Sending from Sales is paused').waitFor();
    expect(await received()).toEqual([]);
    await page.getByRole('button', { name: 'Go on' }).click();
    await eventually('the message at the customer', async () => (await received()).length > 0);
    expect(await received()).toEqual([{ body: 'It goes when you are back', copies: 1 }]);
    await page.getByRole('radio', { name: /^Done/ }).check({ force: true });
    await rows
      .filter({ hasText: 'It goes when you are back' })
      .getByText(/^(Sent|Delivered)$/)
      .waitFor();
    await rows.filter({ hasText: 'This one was a mistake' }).getByText('Cancelled').waitFor();
  }, 90_000);

  it('sends a file from the form, with the text as its caption', async () => {
    const { page } = console_;
    await tab('Chats').click();
    const form = page.getByRole('form', { name: 'Answer as Sales' });
    const chosen = { name: 'prices.txt', mimeType: 'text/plain', buffer: Buffer.from('walnut 800') };
    await form.locator('input[type=file]').setInputFiles(chosen);
    await form.getByText('prices.txt').waitFor();
    await form.getByRole('textbox').fill('Our prices');
    await form.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => form.getByText('prices.txt').count(), patiently).toBe(0);
    await log().getByText('Our prices').waitFor();
    await eventually('the file at the customer', async () => (await received()).length === 2);
  }, 90_000);
});
