import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../electron/contract/ids';
import { mustSucceed } from '../fixtures/console-app';
import { type Desks, openDesks } from '../fixtures/desks';
import { eventually } from '../fixtures/eventually';

/**
 * WhatsApp Web changed under us: desk 0 loads a page without a module that the console needs. The canary names the piece,
 * nothing is sent, the page stays usable by hand, and desk 1 does not notice.
 */
describe('a WhatsApp Web that lacks a piece', () => {
  const customer = '5511977770001';
  const chatId = `${customer}@c.us` as ChatId;
  let desks: Desks;

  beforeAll(async () => {
    desks = await openDesks(2);
    await desks.practice.createCustomer({ number: customer, name: 'Ana' });
    for (const place of [0, 1]) {
      await desks.practice.writeAs(customer, { phone: desks.phone(place), body: 'Oi' });
      await untilHeard(place, 'Oi');
    }
  }, 120_000);
  afterEach(() => desks.practice.endAllFaults());
  afterAll(() => desks.close(), 60_000);

  const untilHeard = (place: number, body: string) =>
    eventually(`"${body}" at desk ${place}`, async () => {
      const { messages } = await mustSucceed(desks.app.invoke('messages.list', { accountId: desks.id(place), chatId }));
      return messages.some((message) => message.body === body);
    });
  const send = (place: number, body: string) =>
    desks.app.invoke('messages.send', { accountId: desks.id(place), chatId, body });
  const received = async (place: number, body: string): Promise<number> => {
    const list = await desks.practice.receivedBy(customer, desks.phone(place));
    return list.filter((one) => one.body === body).reduce((copies, one) => copies + one.copies, 0);
  };
  /** Restarts desk 0 on a page without this module, and back. */
  const without = async (module: string): Promise<void> => {
    const fault = await desks.practice.fault({ name: 'module-missing', module });
    await mustSucceed(desks.app.invoke('sessions.restart', { accountId: desks.id(0) }));
    const status = await desks.until(0, 'ready', 90_000);
    await desks.practice.endFault(fault.id);
    expect(status.missing).toEqual([module]);
  };

  it.each([
    ['one that only sending needs', 'WAWebSendMsgChatAction'],
    ['one without which the library does not come up', 'WAWebCmd'],
  ])(
    '%s: named to the person, sends wait, open by hand, and over with the next page that has it',
    async (_what, module) => {
      const neighbour = desks.browserPid(1);
      await without(module);

      await desks.app.page.getByText(`no longer finds ${module}`).first().waitFor();
      expect((await desks.timeline(0)).join('\n')).toMatch(new RegExp(`WhatsApp Web has changed.*${module}`));

      const body = `not without ${module}`;
      const waiting = await mustSucceed(send(0, body));
      expect(waiting.send).toMatchObject({ state: 'queued', wait: { reason: 'page_changed' } });

      const shown = await mustSucceed(desks.app.invoke('sessions.showWindow', { accountId: desks.id(0) }));
      expect(shown.session.windowShown).toBe(true);
      const picture = await mustSucceed(desks.app.invoke('sessions.screenshot', { accountId: desks.id(0) }));
      expect(Buffer.from(picture.base64, 'base64').subarray(1, 4).toString()).toBe('PNG');
      await mustSucceed(desks.app.invoke('sessions.hideWindow', { accountId: desks.id(0) }));

      expect((await desks.status(1)).state).toBe('ready');
      expect(desks.browserPid(1)).toBe(neighbour);
      await mustSucceed(send(1, `desk 1 while ${module} is gone`));
      await eventually(
        'the neighbour’s message',
        async () => (await received(1, `desk 1 while ${module} is gone`)) === 1,
      );

      // It does not come and go: a page that answers is not restarted for what it lacks.
      const { generation } = (await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(0) }))).session;
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      const later = (await mustSucceed(desks.app.invoke('sessions.get', { accountId: desks.id(0) }))).session;
      expect(later).toMatchObject({ generation, status: { state: 'ready', missing: [module] } });
      expect(await received(0, body)).toBe(0);

      await mustSucceed(desks.app.invoke('sessions.restart', { accountId: desks.id(0) }));
      expect((await desks.until(0, 'ready', 60_000)).missing).toBeUndefined();
      await mustSucceed(send(0, `all well with ${module}`));
      await eventually('the message', async () => (await received(0, `all well with ${module}`)) === 1);
      // What had waited has left in its turn, once.
      expect(await received(0, body)).toBe(1);
    },
    240_000,
  );

  it('goes on hearing customers where only sending is hurt', async () => {
    await without('WAWebSendMsgChatAction');
    await desks.practice.writeAs(customer, { phone: desks.phone(0), body: 'Is anybody there?' });
    await untilHeard(0, 'Is anybody there?');
  }, 120_000);

  it('cannot be linked: says so by name instead of waiting for ever', async () => {
    await desks.practice.fault({ name: 'module-missing', module: 'WAWebConnModel' });
    const { account } = await mustSucceed(desks.app.invoke('accounts.create', { label: 'New', network: 'practice' }));
    await mustSucceed(desks.app.invoke('sessions.start', { accountId: account.id }));
    await eventually(
      'the reason',
      async () => {
        const { session } = await mustSucceed(desks.app.invoke('sessions.get', { accountId: account.id }));
        const { lastError } = session;
        return (
          lastError?.error.code === 'SESSION_PAGE_CHANGED' && /“New”.*WAWebConnModel/.test(lastError.error.message)
        );
      },
      90_000,
    );
    await mustSucceed(desks.app.invoke('accounts.remove', { accountId: account.id }));
    expect(desks.processesOf(account.id)).toEqual([]);
  }, 120_000);
});
