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
});
