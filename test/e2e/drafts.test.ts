import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../electron/contract/ids';
import { type ConsoleApp, mustSucceed, startConsole, temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { linkAccount, phoneOf } from '../fixtures/linked-accounts';

/** A port that nobody uses at this moment. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const anaNumber = '5511977770001';

/** A program leaves drafts over the API, a person reads them in the window and decides. */
describe('drafts in the window', () => {
  const data = temporaryFolder();
  let console_: ConsoleApp;
  let accountId: AccountId;
  let address = '';
  let key = '';

  beforeAll(async () => {
    console_ = await startConsole(data.path);
    accountId = await linkAccount(console_, 'Sales', phoneOf(0));
    const practice = await console_.practice();
    for (const [number, name] of [
      [anaNumber, 'Ana'],
      ['5511977770002', 'Bruno'],
    ] as const) {
      await practice.createCustomer({ number, name });
      await practice.writeAs(number, { phone: phoneOf(0), body: `Hello from ${name}` });
    }
    await mustSucceed(console_.invoke('settings.update', { api: { enabled: true, port: await freePort() } }));
    address = await eventually('the API to listen', async () => {
      const { address: found } = await mustSucceed(console_.invoke('apis.get', {}));
      return found;
    });
    const made = await mustSucceed(
      console_.invoke('apiKeys.create', { name: 'Order desk', scopes: ['send'], accountIds: [accountId] }),
    );
    key = made.secret;
    await row('Ana').waitFor();
    await row('Bruno').waitFor();
  }, 120_000);
  afterAll(async () => {
    await console_.close();
    data.remove();
  }, 60_000);

  const row = (name: string) => console_.page.getByRole('option', { name: new RegExp(`^${name},`) });
  const box = () => console_.page.getByRole('textbox', { name: /^Message to/ });
  const note = () => console_.page.getByRole('form', { name: /^Answer as/ }).getByRole('status');
  const leave = async (number: string, body: string): Promise<void> => {
    const answer = await fetch(`${address}/api/v1/sessions/${accountId}/chats/${number}/draft`, {
      method: 'POST',
      headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify({ body }),
    });
    expect(answer.status).toBe(200);
  };
  const left = async () => (await mustSucceed(console_.invoke('drafts.list', {}))).drafts.map(({ body }) => body);
  const accessibleInBothThemes = async (): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await mustSucceed(console_.invoke('settings.update', { theme }));
      await eventually(`the ${theme} theme`, () =>
        console_.page.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme),
      );
      const { violations } = await new AxeBuilder({ page: console_.page })
        .setLegacyMode()
        .disableRules(['label-content-name-mismatch'])
        .analyze();
      expect(violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))).toEqual([]);
    }
  };

  it('are seen in the list, are in the composer when the chat is opened, and say who left them', async () => {
    await leave(anaNumber, 'Good morning Ana, shall we deliver the table on Monday?');
    await row('Ana').getByText('Draft', { exact: true }).waitFor();
    await row('Ana').click();
    await eventually('the draft to be in the composer', async () =>
      (await box().inputValue()).startsWith('Good morning Ana'),
    );
    await note().getByText('Order desk').waitFor();
    await accessibleInBothThemes();
  }, 60_000);

  it('go out when the person sends them, changed or not, and are gone then', async () => {
    await box().press('End');
    await box().pressSequentially(' Ten o’clock?');
    await box().press('Enter');
    await console_.page
      .getByRole('log', { name: /^Conversation with Ana/ })
      .getByText('shall we deliver the table on Monday? Ten o’clock?')
      .waitFor();
    await note().waitFor({ state: 'detached' });
    expect(await left()).toEqual([]);
    expect(await box().inputValue()).toBe('');
  }, 60_000);

  it('never take the place of what was typed, until the person wants it so', async () => {
    await box().fill('I am just writing');
    await leave(anaNumber, 'The table is on its way.');
    await note().getByText('left a draft: The table is on its way.').waitFor();
    expect(await box().inputValue()).toBe('I am just writing');
    await accessibleInBothThemes();
    await note().getByRole('button', { name: 'Use it instead' }).click();
    expect(await box().inputValue()).toBe('The table is on its way.');
    await note().getByRole('button', { name: 'Discard the draft of Order desk' }).click();
    await note().waitFor({ state: 'detached' });
    expect([await box().inputValue(), await left()]).toEqual(['', []]);
  }, 60_000);
});
