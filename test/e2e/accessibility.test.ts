import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';

/** Everybody can use the window: names, roles and contrast hold on every screen, in both themes. */
describe('the window is accessible', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;
  beforeAll(async () => {
    console_ = await startConsole(data.path);
  }, 90_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  /** What axe finds, short enough to read in a failure. */
  const violations = async (): Promise<readonly string[]> => {
    // The analysis in one page: it may not open a second one here.
    const { violations: found } = await new AxeBuilder({ page: console_.page })
      .setLegacyMode()
      // Tiles show two letters and rows a cut-down line; their names say the same in whole words.
      .disableRules(['label-content-name-mismatch'])
      .analyze();
    return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 120)}`));
  };
  const inBothThemes = async (): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await mustSucceed(console_.invoke('settings.update', { theme }));
      await eventually(`the ${theme} theme`, () =>
        console_.page.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme),
      );
      expect(await violations()).toEqual([]);
    }
  };

  it('without accounts', async () => {
    await console_.page.getByRole('button', { name: 'Add account' }).first().waitFor();
    await inBothThemes();
  }, 60_000);

  it('while linking', async () => {
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label: 'Sales', network: 'practice' }));
    await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
    await console_.waitForState(account.id, 'linking');
    await console_.page.getByRole('button', { name: /^Sales,/ }).click();
    await console_.page.getByTestId('qr').waitFor();
    await inBothThemes();
  }, 90_000);

  it('with an inbox and an open conversation', async () => {
    const [account] = await console_.accounts();
    const accountId = account?.id ?? '';
    const { phone } = await mustSucceed(console_.invoke('phones.scan', { accountId }));
    await console_.waitForState(accountId, 'ready');
    const practice = await console_.practice();
    await practice.createCustomer({ number: '5511977770001', name: 'Ana' });
    await practice.writeAs('5511977770001', { phone, body: 'Oi, tudo bem? https://example.com/pedido' });
    const row = console_.page.getByRole('option', { name: /^Ana,/ });
    await row.waitFor();
    await row.click();
    await console_.page
      .getByRole('log', { name: /^Conversation with Ana/ })
      .getByText('Oi, tudo bem?')
      .waitFor();
    await inBothThemes();
  }, 90_000);

  it('in the outbox and beside a conversation whose message waits', async () => {
    const [account] = await console_.accounts();
    const accountId = account?.id ?? '';
    const { chats } = await mustSucceed(console_.invoke('chats.list', { accountId }));
    const chatId = chats.find((chat) => chat.name === 'Ana')?.id ?? '';
    await mustSucceed(console_.invoke('sessions.stop', { accountId }));
    await mustSucceed(console_.invoke('messages.send', { accountId, chatId, body: 'Amanhã às dez?' }));
    const { page } = console_;
    await page.getByText('What you send waits until it is back.').waitFor();
    await inBothThemes();
    await page.getByRole('tab', { name: 'Outbox' }).click();
    await page.getByRole('main', { name: 'Outbox of Sales' }).getByText('Amanhã às dez?').waitFor();
    await inBothThemes();
    await page.getByRole('radio', { name: /^Needs a look/ }).check({ force: true });
    await page.getByRole('heading', { name: 'Nothing needs a look' }).waitFor();
    await inBothThemes();
  }, 90_000);

  it('with the do-not-contact list and the settings of what may leave', async () => {
    const { page } = console_;
    await mustSucceed(console_.invoke('optOuts.add', { contact: '5511977770009', note: 'asked us' }));
    await page.getByRole('button', { name: 'Settings' }).first().click();
    await page.getByRole('button', { name: 'Open the list' }).click();
    await page.getByText('+55 11 97777 0009').waitFor();
    await inBothThemes();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: /^Sales,/ }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByText('Quiet hours', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Time zone' }).waitFor();
    await inBothThemes();
  }, 90_000);
});
