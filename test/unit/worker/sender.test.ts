import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluate } from '../../../electron/worker/driver/page-access';
import { readOwnMessage } from '../../../electron/worker/driver/page-functions';
import { Sender } from '../../../electron/worker/driver/sender';
import { translateMessage } from '../../../electron/worker/translate-message';
import { accountId, ana, bruno, messageId } from '../../fakes/entities';
import { PageStandIn } from './page-stand-in';

const first = messageId('3EB0000000000000000001');
const second = messageId('3EB0000000000000000002');

let page: PageStandIn;
let sender: Sender;

beforeEach(() => {
  page = new PageStandIn();
  page.install();
  const { client } = page;
  sender = new Sender({
    accountId: accountId('sales'),
    client,
    find: async (chatId, id) => translateMessage(await evaluate(client, readOwnMessage, [chatId, id]), 0),
  });
});

afterEach(() => {
  vi.useRealTimers();
  page.remove();
});

const ids = () => page.stored.map((message) => message.id.id);

describe('sending under a chosen id', () => {
  it('gives the id to exactly one message', async () => {
    await expect(sender.send(ana, first, 'Hello')).resolves.toMatchObject({
      id: first,
      body: 'Hello',
      status: 'pending',
    });
    expect(await page.msgKey.newId()).toBe('OWN1');
    expect(page.msgKey.newId).toBe(page.ownNewId);
  });

  it('sends strictly one after the other, each under its own id', async () => {
    page.beforeStoring = () => new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([sender.send(ana, first, 'one'), sender.send(ana, second, 'two')]);
    expect(page.stored.map(({ id, body }) => [id.id, body])).toEqual([
      [first, 'one'],
      [second, 'two'],
    ]);
  });

  it('is a success when the page throws although it has the message', async () => {
    page.afterStoring = () => Promise.reject(new Error('cannot read _serialized'));
    await expect(sender.send(ana, first, 'Hello')).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });

  it('is a success, not a second copy, when the page already has the id', async () => {
    await sender.send(ana, first, 'Hello');
    await expect(sender.send(ana, first, 'Hello')).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });

  it('surely failed when the page broke before it made the message, and the next send is not harmed', async () => {
    page.beforeStoring = () => Promise.reject(new Error('boom'));
    await expect(sender.send(ana, first, 'Hello')).rejects.toMatchObject({ code: 'SEND_FAILED', effect: 'none' });
    expect(page.msgKey.newId).toBe(page.ownNewId);
    page.beforeStoring = async () => {};
    await expect(sender.send(ana, second, 'Again')).resolves.toMatchObject({ id: second });
    expect(ids()).toEqual([second]);
  });

  it('surely failed when there is no such customer', async () => {
    const outcome = sender.send(bruno, first, 'Hello');
    await expect(outcome).rejects.toMatchObject({
      code: 'SEND_FAILED',
      effect: 'none',
      message: expect.stringContaining('sales'),
    });
    expect(page.msgKey.newId).toBe(page.ownNewId);
  });

  it('is unconfirmed when the id was taken but the message is nowhere', async () => {
    page.afterStoring = async () => {
      page.stored.length = 0;
      throw new Error('boom');
    };
    await expect(sender.send(ana, first, 'Hello')).rejects.toMatchObject({
      code: 'SEND_UNCONFIRMED',
      effect: 'unknown',
    });
  });

  it('is unconfirmed when the page gives the message an id of its own', async () => {
    const chosenIdIgnored = page.client;
    page.stored.length = 0;
    Object.assign(chosenIdIgnored, {
      sendMessage: async () => ({
        rawData: { id: { id: 'OTHER', fromMe: true, remote: ana }, type: 'chat', body: '', t: 1, ack: 0 },
      }),
    });
    const other = new Sender({ accountId: accountId('sales'), client: chosenIdIgnored, find: async () => undefined });
    await expect(other.send(ana, first, 'Hello')).rejects.toMatchObject({
      code: 'SEND_UNCONFIRMED',
      data: { sentAs: 'OTHER' },
    });
  });

  it('never lets a send that was given up leave later, and sends nothing else before it has ended', async () => {
    vi.useFakeTimers();
    const hang = Promise.withResolvers<void>();
    page.beforeStoring = () => hang.promise;
    const outcome = Promise.allSettled([sender.send(ana, first, 'Hello')]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SEND_FAILED', effect: 'none' } }]);
    await expect(sender.send(ana, second, 'Next')).rejects.toMatchObject({ code: 'SEND_FAILED', effect: 'none' });

    hang.resolve();
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toEqual([]);
    await expect(sender.send(ana, second, 'Next')).resolves.toMatchObject({ id: second });
    expect(ids()).toEqual([second]);
  });

  it('is a success when the page is late with its answer but has the message', async () => {
    vi.useFakeTimers();
    page.afterStoring = () => new Promise(() => {});
    const sent = sender.send(ana, first, 'Hello');
    await vi.advanceTimersByTimeAsync(15_000);
    await expect(sent).resolves.toMatchObject({ id: first });
  });
});
