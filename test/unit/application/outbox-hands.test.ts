import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../../electron/contract/errors';
import type { MessageId } from '../../../electron/contract/ids';
import { ana, anInbound, anObservedChat, anOwn, bruno, chatId, messageId, team } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';

let bench: OutboxBench;

beforeEach(async () => {
  bench = await createOutboxBench();
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

const hand = (name: 'sends.cancel' | 'sends.resend' | 'sends.dismiss' | 'sends.get', id: MessageId, chat = ana) =>
  bench.app.dispatch(bench.app.caller, name, { accountId: support, chatId: chat, messageId: id });
const bodies = async () =>
  (await bench.app.store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 50 })).messages.map(
    ({ body }) => body,
  );
const refuseAll = () => {
  const answer = bench.app.sessions.answers.send;
  bench.app.sessions.answers.send = () => {
    throw new OperationError('SEND_FAILED', 'Support: refused.');
  };
  return () => {
    if (answer !== undefined) bench.app.sessions.answers.send = answer;
  };
};
/** A message that failed, with the page in order again. */
const aFailedOne = async (): Promise<MessageId> => {
  const repair = refuseAll();
  await bench.becomeReady();
  const id = await bench.mustSend('hello');
  await bench.app.settled();
  repair();
  return id;
};

describe('cancelling', () => {
  it('takes back what still waits: it leaves the conversation and is never sent', async () => {
    bench.page.confirms = true;
    await bench.mustSend('stays');
    const id = await bench.mustSend('goes');
    expect(await hand('sends.cancel', id)).toMatchObject({ ok: true, data: { send: { state: 'cancelled' } } });
    expect(await bodies()).toEqual(['stays']);
    expect(bench.app.heardOf('message.removed')).toMatchObject([{ accountId: support, chatId: ana, messageId: id }]);
    expect(bench.app.heardOf('chat.updated').at(-1)?.chat.lastMessage?.body).toBe('stays');
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual(['stays']);
    expect(await hand('sends.cancel', id)).toMatchObject({ ok: true, data: { send: { state: 'cancelled' } } });
  });

  it('comes too late for what may have left, and says so with the account’s name', async () => {
    await bench.becomeReady();
    const id = await bench.mustSend('hello');
    await bench.app.settled();
    expect(await hand('sends.cancel', id)).toMatchObject({
      ok: false,
      error: { code: 'SEND_TOO_LATE', message: expect.stringMatching(/^Support: .*cannot be cancelled/) },
    });
    expect(await bench.states()).toEqual(['handed']);
  });

  it('at the same moment as the claim is one of both, never both', async () => {
    bench.page.confirms = true;
    for (let round = 0; round < 10; round += 1) {
      const id = await bench.mustSend(`round ${round}`);
      bench.app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 0 });
      bench.app.sessions.ready(support);
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const cancelled = await hand('sends.cancel', id);
      await bench.app.settled();
      expect(bench.sentBodies().includes(`round ${round}`)).toBe(!cancelled.ok);
      bench.app.sessions.becomes(support, { state: 'stopped', sinceMs: 1 });
    }
  });

  it('of what is not there names the account and what to look at', async () => {
    for (const name of ['sends.cancel', 'sends.resend', 'sends.dismiss', 'sends.get'] as const) {
      expect(await hand(name, messageId('3EB0NONE'))).toMatchObject({
        ok: false,
        error: { code: 'SEND_NOT_FOUND', message: expect.stringMatching(/^Support: .*sends\.list/) },
      });
    }
  });
});

describe('sending again by hand', () => {
  it('queues a failed message under its own id, and the page is asked first whether it has it', async () => {
    const id = await aFailedOne();
    expect(await hand('sends.resend', id)).toMatchObject({ ok: true, data: { send: { messageId: id } } });
    await bench.app.settled();
    expect(bench.page.asked).toMatchObject([{ messageId: id, again: true }]);
    expect(await bench.states()).toEqual(['handed']);
    expect(await bench.app.store.findSend(support, ana, id)).toMatchObject({ attempt: 2 });
  });

  it('waits like every other message when the account is away', async () => {
    const id = await aFailedOne();
    bench.app.sessions.becomes(support, { state: 'stopped', sinceMs: 1 });
    expect(await hand('sends.resend', id)).toMatchObject({
      data: { send: { state: 'queued', wait: { reason: 'account_not_ready' } } },
    });
    // Once is as good as twice.
    expect(await hand('sends.resend', id)).toMatchObject({ ok: true, data: { send: { state: 'queued' } } });
    await bench.becomeReady();
    expect(bench.page.asked).toHaveLength(1);
  });

  it('of one that was sent is refused', async () => {
    await bench.becomeReady();
    const id = await bench.mustSend('hello');
    await bench.app.settled();
    await bench.ack(id, 'sent');
    expect(await hand('sends.resend', id)).toMatchObject({ ok: false, error: { code: 'SEND_TOO_LATE' } });
    expect(await hand('sends.dismiss', id)).toMatchObject({ ok: false, error: { code: 'SEND_TOO_LATE' } });
  });
});

describe('taking a message off the list', () => {
  it('settles it for good; a confirmation that comes after all is still believed', async () => {
    const id = await aFailedOne();
    expect(await hand('sends.dismiss', id)).toMatchObject({ ok: true, data: { send: { state: 'dismissed' } } });
    expect(await hand('sends.dismiss', id)).toMatchObject({ ok: true });
    expect(await hand('sends.resend', id)).toMatchObject({ ok: false, error: { code: 'SEND_TOO_LATE' } });
    await bench.ack(id, 'delivered');
    expect(await bench.states()).toEqual(['delivered']);
  });
});

describe('the do-not-contact list', () => {
  const add = (contact: string) => bench.app.dispatch(bench.app.caller, 'optOuts.add', { contact });
  const anaNumber = '551100000001';
  const hidden = chatId('99887766554433@lid');

  it('is asked when a message is accepted: it is refused by name, and nothing is kept', async () => {
    expect(await add(anaNumber)).toMatchObject({ ok: true, data: { optOut: { contact: anaNumber } } });
    expect(await bench.send('hello')).toMatchObject({
      ok: false,
      error: { code: 'DO_NOT_CONTACT', message: expect.stringMatching(/^Support: 551100000001 is on/) },
    });
    expect(await bench.rows()).toEqual([]);
    expect(await bench.send('others', { chatId: bruno })).toMatchObject({ ok: true });
    expect(await bench.send('a group is nobody', { chatId: team })).toMatchObject({ ok: true });
  });

  it('stops what was accepted before, at once', async () => {
    await bench.mustSend('too late');
    await bench.mustSend('others', { chatId: bruno });
    await add(anaNumber);
    await bench.app.settled();
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual(['others']);
    const { sends } = await bench.app.store.listSends({
      accountId: support,
      filter: 'attention',
      chatId: undefined,
      cursor: undefined,
      limit: 9,
    });
    expect(sends).toMatchObject([{ state: 'failed', problem: expect.stringMatching(/do-not-contact list/) }]);
  });

  it('is asked before a message is sent again by hand, too', async () => {
    const id = await aFailedOne();
    await add(anaNumber);
    expect(await hand('sends.resend', id)).toMatchObject({ ok: false, error: { code: 'DO_NOT_CONTACT' } });
  });

  it.each([
    ['the hidden id itself', '99887766554433@lid'],
    ['the number behind it', '551100000009'],
  ])('finds somebody with a hidden id by %s', async (_what, contact) => {
    await bench.app.store.upsertChats(support, [
      anObservedChat({ id: hidden, name: 'Hidden', phone: '+551100000009' }),
    ]);
    await add(contact);
    expect(await bench.send('hello', { chatId: hidden })).toMatchObject({
      ok: false,
      error: { code: 'DO_NOT_CONTACT' },
    });
  });

  it('lets somebody be written to again who was taken off it', async () => {
    await add(anaNumber);
    await bench.app.dispatch(bench.app.caller, 'optOuts.remove', { contact: anaNumber });
    expect(await bench.send('hello')).toMatchObject({ ok: true });
    expect(bench.app.heardOf('optOut.removed')).toEqual([{ type: 'optOut.removed', contact: anaNumber }]);
  });

  it('that cannot be read lets nothing leave, and everything once it can', async () => {
    await bench.app.store.queueOutgoing(support, {
      chatId: ana,
      messageId: messageId('3EB0WAITING'),
      content: { kind: 'text', body: 'hello' },
      quotedMessageId: undefined,
      lane: 'person',
      policy: 'never_twice',
      idempotencyKey: undefined,
      timestampMs: 1,
    });
    const unreadable = new OperationError('STORE_UNAVAILABLE', 'the list cannot be read');
    bench.app.store.fail('readOptOutContacts', unreadable, 2);
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual([]);
    expect(await bench.send('another')).toMatchObject({ ok: false, error: { code: 'STORE_UNAVAILABLE' } });
    await bench.pass(5_000);
    expect(bench.sentBodies()).toEqual(['hello']);
  });

  it('does not count what it stopped as a failure of WhatsApp’s', async () => {
    for (let index = 0; index < 8; index += 1) await bench.sendAsProgram(`${index}`);
    await add(anaNumber);
    await bench.app.settled();
    expect(await bench.states()).toEqual(Array(8).fill('failed'));
    const answer = await bench.app.dispatch(bench.app.caller, 'gates.get', { accountId: support });
    expect(answer.ok && answer.data.gate.paused).toBeUndefined();
  });
});

describe('an account that writes only to known chats', () => {
  beforeEach(() => bench.configure({ onlyKnownChats: true }));

  it('refuses a message to somebody who never wrote, and takes one to a group or to who has', async () => {
    expect(await bench.send('hello')).toMatchObject({
      ok: false,
      error: { code: 'CHAT_NOT_KNOWN', message: expect.stringMatching(/^Support writes only to people/) },
    });
    expect(await bench.send('hello', { chatId: team })).toMatchObject({ ok: true });
    bench.app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    await bench.app.settled();
    expect(await bench.send('hello')).toMatchObject({ ok: true });
  });

  it('holds what was accepted before until somebody writes', async () => {
    await bench.configure({ onlyKnownChats: false });
    await bench.mustSend('hello');
    await bench.configure({ onlyKnownChats: true });
    await bench.becomeReady();
    expect(bench.sentBodies()).toEqual([]);
    const answer = await bench.app.dispatch(bench.app.caller, 'sends.list', { accountId: support });
    expect(answer).toMatchObject({ data: { sends: [{ wait: { reason: 'unknown_chat' } }] } });
    bench.app.sessions.report(support, { type: 'messages', messages: [anInbound('A1')] });
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['hello']);
  });
});

describe('the list of the outbox', () => {
  it('shows what waits, what a person should look at and what is done, one account at a time', async () => {
    const id = await aFailedOne();
    await bench.mustSend('handed', { chatId: bruno });
    await bench.app.settled();
    const done = await bench.mustSend('done');
    await bench.app.settled();
    expect(bench.sentBodies()).toEqual(['handed', 'done']);
    await bench.ack(done, 'read');
    const list = async (filter: 'all' | 'waiting' | 'attention' | 'done') => {
      const answer = await bench.app.dispatch(bench.app.caller, 'sends.list', { accountId: support, filter });
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.data.sends.map(({ state }) => state);
    };
    expect(await list('all')).toEqual(['read', 'handed', 'failed']);
    expect(await list('waiting')).toEqual(['handed']);
    expect(await list('attention')).toEqual(['failed']);
    expect(await list('done')).toEqual(['read']);
    expect(await hand('sends.get', id)).toMatchObject({
      data: { send: { state: 'failed', problem: 'Support: refused.', attempt: 1 } },
    });
  });

  it('is healed by what the page shows of a message, not only by acknowledgements', async () => {
    await bench.becomeReady();
    const id = await bench.mustSend('hello');
    await bench.app.settled();
    bench.app.sessions.report(support, { type: 'messages', messages: [anOwn(id, { body: 'hello', status: 'sent' })] });
    await bench.app.settled();
    expect(await bench.states()).toEqual(['sent']);
    expect(bench.app.heardOf('send.updated').at(-1)?.send.state).toBe('sent');
  });
});
