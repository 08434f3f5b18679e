import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaIdSchema } from '../../../electron/contract/entities/outgoing';
import type { MessageId } from '../../../electron/contract/ids';
import { ana, bruno, team } from '../../fakes/entities';
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
describe('files', () => {
  const upload = async () => {
    const answer = await bench.app.dispatch(bench.app.caller, 'uploads.create', {
      accountId: support,
      filename: 'photo.jpg',
      mimetype: 'image/jpeg',
      data: 'AAECAwQ=',
    });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.data.upload;
  };
  const sendFile = (mediaId: string, chat = ana) =>
    bench.app.dispatch(bench.app.caller, 'messages.sendMedia', { accountId: support, chatId: chat, mediaId });

  it('are stored byte for byte, sent by their id, kept until WhatsApp has them, and deleted then', async () => {
    const { mediaId, size } = await upload();
    expect(size).toBe(5);
    expect(bench.app.media.files.get(mediaId)?.bytes).toEqual(new Uint8Array([0, 1, 2, 3, 4]));
    await bench.becomeReady();
    const sent = await sendFile(mediaId);
    if (!sent.ok) throw new Error(sent.error.message);
    await bench.app.settled();
    expect(bench.page.asked).toMatchObject([
      {
        content: { kind: 'media', mediaId, filename: 'photo.jpg', mimetype: 'image/jpeg', size: 5, form: 'auto' },
        mediaPath: bench.app.media.pathOf(support, mediaId),
      },
    ]);
    expect(bench.app.media.files.has(mediaId)).toBe(true);
    await bench.ack(sent.data.message.id, 'sent');
    expect(bench.app.media.files.has(mediaId)).toBe(false);
  });

  it('are not needed any more for the same call again: the first answer counts', async () => {
    const { mediaId } = await upload();
    await bench.becomeReady();
    const again = (form: 'auto' | 'document' = 'auto') =>
      bench.app.dispatch(bench.app.caller, 'messages.sendMedia', {
        accountId: support,
        chatId: ana,
        mediaId,
        form,
        idempotencyKey: 'once',
      });
    const first = await again();
    if (!first.ok) throw new Error(first.error.message);
    await bench.app.settled();
    await bench.ack(first.data.message.id, 'sent');
    expect(bench.app.media.files.has(mediaId)).toBe(false);

    expect(await again()).toMatchObject({ ok: true, data: { message: { id: first.data.message.id } } });
    expect(await again('document')).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await bench.app.settled();
    expect(bench.page.asked).toHaveLength(1);
  });

  it('that two messages need stay until both are through', async () => {
    const { mediaId } = await upload();
    await bench.becomeReady();
    const [first, second] = [await sendFile(mediaId), await sendFile(mediaId, bruno)];
    if (!first.ok || !second.ok) throw new Error('both have to be accepted');
    await bench.app.settled();
    await bench.ack(first.data.message.id, 'sent');
    expect(bench.app.media.files.has(mediaId)).toBe(true);
    await bench.ack(second.data.message.id, 'delivered');
    expect(bench.app.media.files.has(mediaId)).toBe(false);
  });

  it('of cancelled messages are deleted', async () => {
    const { mediaId } = await upload();
    const sent = await sendFile(mediaId);
    if (!sent.ok) throw new Error(sent.error.message);
    await hand('sends.cancel', sent.data.message.id);
    await bench.app.settled();
    expect(bench.app.media.files.has(mediaId)).toBe(false);
  });

  it('that are not there are refused by name, at once or when their turn comes, and when sent again', async () => {
    expect(await sendFile('0'.repeat(32))).toMatchObject({
      ok: false,
      error: { code: 'MEDIA_NOT_FOUND', message: expect.stringMatching(/^Support: .*uploads\.create/) },
    });
    const { mediaId } = await upload();
    const sent = await sendFile(mediaId);
    if (!sent.ok) throw new Error(sent.error.message);
    bench.app.media.files.delete(mediaIdSchema.parse(mediaId));
    await bench.becomeReady();
    expect(bench.page.asked).toEqual([]);
    expect(await bench.app.store.findSend(support, ana, sent.data.message.id)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/photo\.jpg/),
    });
    expect(await hand('sends.resend', sent.data.message.id)).toMatchObject({
      ok: false,
      error: { code: 'MEDIA_NOT_FOUND' },
    });
  });

  it('are not all that can be sent: places, cards and polls go the same way', async () => {
    const { app } = bench;
    const card = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEND:VCARD';
    await bench.becomeReady();
    const all = [
      await app.dispatch(app.caller, 'messages.sendLocation', {
        accountId: support,
        chatId: ana,
        latitude: -23.5,
        longitude: -46.6,
        name: 'Here',
      }),
      await app.dispatch(app.caller, 'messages.sendContact', { accountId: support, chatId: bruno, vcard: card }),
      await app.dispatch(app.caller, 'messages.sendPoll', {
        accountId: support,
        chatId: team,
        question: 'When?',
        options: ['now', 'later'],
      }),
    ];
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true]);
    await app.settled();
    expect(bench.page.asked.map(({ content }) => content)).toEqual([
      { kind: 'location', latitude: -23.5, longitude: -46.6, name: 'Here' },
      { kind: 'contact', vcard: card },
      { kind: 'poll', question: 'When?', options: ['now', 'later'], multipleAnswers: false },
    ]);
    expect(await bench.states()).toEqual(['handed', 'handed', 'handed']);
  });
});
