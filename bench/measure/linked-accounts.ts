import type { AccountId } from '../../electron/contract/ids';
import { type ConsoleApp, mustSucceed } from '../../test/fixtures/console-app';

/** A number of the practice network for the account at this place. */
export const phoneOf = (place: number): string => `5511900000${String(place).padStart(3, '0')}`;

/** Adds practice accounts to a running console and links each to a phone of its own, from the number at `first` on. */
export const linkAccounts = async (console_: ConsoleApp, count: number, first = 0): Promise<readonly AccountId[]> => {
  const ids: AccountId[] = [];
  for (let place = first; place < first + count; place += 1) {
    const label = `Desk ${place}`;
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label, network: 'practice' }));
    await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
    await console_.waitForState(account.id, 'linking');
    const { code } = await mustSucceed(console_.invoke('sessions.qr', { accountId: account.id }));
    await (await console_.practice()).scan({ qr: code.qr, phone: phoneOf(place) });
    await console_.waitForState(account.id, 'ready');
    ids.push(account.id);
  }
  return ids;
};
