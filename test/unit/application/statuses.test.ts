import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepAfterLooking } from '../../../electron/application/outbox/reconcile';
import type { OperationInput } from '../../../electron/contract/registry';
import { statusFeed } from '../../../electron/domain/chat-identity';
import { ana } from '../../fakes/entities';
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

const post = (body: string, more: Partial<OperationInput<'statuses.sendText'>> = {}) =>
  bench.app.dispatch(bench.app.caller, 'statuses.sendText', { accountId: support, body, ...more });
const mustPost = async (body: string) => {
  const posted = await post(body);
  if (!posted.ok) throw new Error(posted.error.message);
  return posted.data;
};
const upload = async (filename: string, mimetype: string) => {
  const given = { accountId: support, filename, mimetype, data: 'AAECAwQ=' };
  const answer = await bench.app.dispatch(bench.app.caller, 'uploads.create', given);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data.upload.mediaId;
};
const postFile = (mediaId: string) =>
  bench.app.dispatch(bench.app.caller, 'statuses.sendMedia', { accountId: support, mediaId, caption: 'Oak' });

describe('a status', () => {
  it('is stored as queued, leaves under an id of our own, and is confirmed as messages are', async () => {
    await bench.becomeReady();
    const { message, send } = await mustPost('New tables!');
    expect(message).toMatchObject({ chatId: statusFeed, body: 'New tables!', type: 'text', status: 'pending' });
    expect(send).toMatchObject({ chatId: statusFeed, messageId: message.id, state: 'queued' });
    await bench.app.settled();
    const content = { kind: 'status', body: 'New tables!', backgroundColor: '#7ACCA5', font: 0 };
    expect(bench.page.asked).toEqual([{ chatId: statusFeed, messageId: message.id, content, again: false }]);
    expect(await bench.states()).toEqual(['handed']);
    for (const status of ['sent', 'delivered', 'read'] as const) await bench.ack(message.id, status);
    expect(await bench.states()).toEqual(['read']);
    expect(bench.app.heardOf('message.updated').at(-1)?.message).toMatchObject({ id: message.id, status: 'read' });
  });

  it('never shows up among the conversations, neither in the list nor in the news', async () => {
    await bench.becomeReady();
    const { message } = await mustPost('New tables!');
    await bench.app.settled();
    for (const status of ['sent', 'failed'] as const) await bench.ack(message.id, status);
    const again = await mustPost('More');
    await bench.app.dispatch(bench.app.caller, 'sends.cancel', {
      accountId: support,
      chatId: statusFeed,
      messageId: again.message.id,
    });
    await bench.app.settled();
    const told = bench.app.heardOf('chat.updated').map(({ chat }) => chat.id);
    expect(told).not.toContain(statusFeed);
    const list = await bench.app.dispatch(bench.app.caller, 'chats.list', { accountId: support });
    if (!list.ok) throw new Error(list.error.message);
    expect(list.data.chats.map(({ id }) => id)).not.toContain(statusFeed);
    expect(list.data.chats).toHaveLength(3);
  });

  it('with the same idempotency key is posted once', async () => {
    await bench.becomeReady();
    const [first, second] = [await post('Hi', { idempotencyKey: 'k' }), await post('Hi', { idempotencyKey: 'k' })];
    if (!first.ok || !second.ok) throw new Error('both have to be accepted');
    expect(second.data.message.id).toBe(first.data.message.id);
    expect(await post('Hi', { idempotencyKey: 'k', font: 2 })).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    await bench.app.settled();
    expect(bench.page.asked).toHaveLength(1);
  });

  it('is posted by an account that writes only to people who have written to it: it is written to nobody', async () => {
    await bench.configure({ onlyKnownChats: true });
    await bench.becomeReady();
    await mustPost('New tables!');
    await bench.app.settled();
    expect(await bench.states()).toEqual(['handed']);
  });

  it('of a picture takes the uploaded file along; other files are refused by name', async () => {
    await bench.becomeReady();
    const mediaId = await upload('oak.jpg', 'image/jpeg');
    expect(await postFile(mediaId)).toMatchObject({ ok: true, data: { message: { type: 'image', body: 'Oak' } } });
    await bench.app.settled();
    expect(bench.page.asked).toMatchObject([
      { chatId: statusFeed, content: { kind: 'media', mediaId, form: 'auto', caption: 'Oak' } },
    ]);
    expect(await postFile(await upload('list.pdf', 'application/pdf'))).toMatchObject({
      ok: false,
      error: { code: 'MEDIA_REFUSED', effect: 'none', message: expect.stringContaining('list.pdf') },
    });
    expect(bench.page.asked).toHaveLength(1);
  });

  it('is no message to anybody: the feed is no chat to write to', async () => {
    await mustPost('so that the feed is there');
    const { app } = bench;
    const to = { accountId: support, chatId: statusFeed };
    for (const answer of [
      await app.dispatch(app.caller, 'messages.send', { ...to, body: 'hello' }),
      await app.dispatch(app.caller, 'messages.sendPoll', { ...to, question: 'When?', options: ['now', 'later'] }),
    ]) {
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'CHAT_NOT_FOUND', message: expect.stringContaining('statuses.sendText') },
      });
    }
    expect(await bench.states()).toEqual(['queued']);
  });

  it('that left no trace is posted again only while the page would still have it', async () => {
    const { message } = await mustPost('New tables!');
    const queued = await bench.app.store.findSend(support, statusFeed, message.id);
    if (queued === undefined) throw new Error('it has to be stored');
    const claimedAtMs = 1_000_000;
    const row = { ...queued, state: 'claimed', epoch: 'one', wasHanded: false, claimedAtMs } as const;
    const stepAt = (hours: number, chatId = row.chatId) =>
      stepAfterLooking({ ...row, chatId }, undefined, 'one', claimedAtMs + hours * 3_600_000)?.to;
    expect([1, 22, 24, 240].map((hours) => stepAt(hours))).toEqual(['queued', 'queued', 'unknown', 'unknown']);
    // A message of a conversation stays, and so its absence goes on proving something.
    expect(stepAt(240, ana)).toBe('queued');
  });
});
