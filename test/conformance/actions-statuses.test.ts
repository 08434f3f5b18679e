import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutgoingContent } from '../../electron/contract/entities/outgoing';
import { statusFeed } from '../../electron/domain/chat-identity';
import { chatId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { actionsOf } from '../fixtures/live-actions';
import { LiveDriver, SALES } from '../fixtures/live-driver';
import { samplePng } from '../fixtures/sample-media';

const ANNA = '4915112345678';
const BEN = '4915187654321';
const anna = chatId(`${ANNA}@c.us`);
const me = chatId(`${SALES}@c.us`);

type Media = Extract<OutgoingContent, { kind: 'media' }>;

for (const build of ['classic', 'renamed'] as const) {
  describe(`statuses on the ${build} build`, () => {
    let live: LiveDriver;
    const { act, refusal } = actionsOf(() => live);

    const text = (body: string, more: Partial<Extract<OutgoingContent, { kind: 'status' }>> = {}) =>
      ({ kind: 'status', body, backgroundColor: '#123ABC', font: 3, ...more }) as const;
    const media = (filename: string, mimetype: string, bytes: Buffer, more: Partial<Media> = {}) => {
      const mediaPath = join(live.folder, filename);
      writeFileSync(mediaPath, bytes);
      const mediaId = 'A'.repeat(32) as Media['mediaId'];
      const content: Media = { kind: 'media', mediaId, form: 'auto', mimetype, filename, size: bytes.length, ...more };
      return { content, mediaPath };
    };
    const accepted = () => live.control.messages.acceptedFrom(SALES);
    const own = async () => (await act('statuses.list', { contactId: me })).statuses;

    beforeAll(async () => {
      live = await LiveDriver.prepare(build);
      await live.control.createCustomer({ number: ANNA, name: 'Anna' });
      await live.control.createCustomer({ number: BEN, name: 'Ben' });
      await live.start();
    });
    afterAll(() => live.stop());

    test('of contacts are listed newest first, with their look and whose they are', async () => {
      await live.control.people.postStatus(ANNA, { body: 'At the lake', backgroundColor: 0xff7acca5, font: 2 });
      await live.control.people.postStatus(BEN, { body: 'Moving' });
      const list = await eventually('both', async () => {
        const found = await act('statuses.list', {});
        return found.total === 2 ? found : undefined;
      });
      const status = list.statuses.find(({ contactId }) => contactId === anna);
      expect(status).toMatchObject({
        contactId: anna,
        contactName: 'Anna',
        fromMe: false,
        type: 'text',
        body: 'At the lake',
        backgroundColor: '#7ACCA5',
        font: 2,
      });
      expect((status?.expiresAtMs ?? 0) - (status?.timestampMs ?? 0)).toBe(86_400_000);
      expect((await act('statuses.list', { contactId: anna })).statuses.map(({ body }) => body)).toEqual([
        'At the lake',
      ]);
      const pages = [await act('statuses.list', { limit: 1 }), await act('statuses.list', { limit: 1, offset: 1 })];
      expect(pages.map(({ total }) => total)).toEqual([2, 2]);
      expect(new Set(pages.flatMap(({ statuses }) => statuses.map(({ body }) => body)))).toEqual(
        new Set(['At the lake', 'Moving']),
      );
    });

    test('are no messages of a conversation', async () => {
      expect((await live.driver.listChats()).map(({ id }) => id)).not.toContain(statusFeed);
      const reported = live.reports.flatMap((report) => {
        if (report.type === 'messages') return report.messages.map((message) => message.chatId);
        return report.type === 'chat' ? [report.chat.id] : [];
      });
      expect(reported).not.toContain(statusFeed);
    });

    test('a text leaves once, under exactly the chosen id, with its look, and is confirmed', async () => {
      const before = (await accepted()).length;
      const id = live.nextId();
      expect(await live.send(statusFeed, text('New tables!'), { messageId: id })).toMatchObject({
        id,
        chatId: statusFeed,
        fromMe: true,
        body: 'New tables!',
      });
      await eventually('the acks', () => live.isDelivered(id));
      expect((await accepted()).slice(before)).toMatchObject([{ id, chatId: statusFeed, accepted: 1, dropped: 0 }]);
      const got = (await live.control.receivedBy(ANNA)).filter((message) => message.chatId === statusFeed);
      expect(got.map(({ body }) => body)).toEqual(['New tables!']);
      expect(await own()).toMatchObject([
        { id, contactId: me, fromMe: true, body: 'New tables!', backgroundColor: '#123ABC', font: 3 },
      ]);
      expect(await live.driver.findMessage(statusFeed, id)).toMatchObject({ id, chatId: statusFeed });
    });

    test('a picture leaves once, under exactly the chosen id, with its caption', async () => {
      const before = (await accepted()).length;
      const id = live.nextId();
      const { content, mediaPath } = media('oak.png', 'image/png', samplePng(60, 40), { caption: 'Oak' });
      expect(await live.send(statusFeed, content, { messageId: id, mediaPath })).toMatchObject({ id, type: 'image' });
      await eventually('the acks', () => live.isDelivered(id));
      expect((await accepted()).slice(before)).toMatchObject([{ id, chatId: statusFeed, type: 'image', accepted: 1 }]);
      expect((await own()).find((status) => status.id === id)).toMatchObject({ type: 'image', body: 'Oak' });
    });

    test('what follows a status gets an id of its own', async () => {
      const first = live.nextId();
      await live.send(statusFeed, text('One'), { messageId: first });
      const next = live.nextId();
      await live.text(anna, 'for you alone', { messageId: next });
      await eventually('the acks', () => live.isDelivered(next));
      const mine = (await accepted()).filter(({ id }) => id === first || id === next);
      expect(mine.map(({ id, chatId: where }) => [id, where])).toEqual([
        [first, statusFeed],
        [next, anna],
      ]);
    });

    test('asked again, a status that the page has is never posted a second time', async () => {
      const id = live.nextId();
      await live.send(statusFeed, text('once'), { messageId: id });
      await eventually('the acks', () => live.isDelivered(id));
      await live.send(statusFeed, text('once'), { messageId: id, again: true });
      const absent = live.nextId();
      await live.send(statusFeed, text('new'), { messageId: absent, again: true });
      await eventually('the acks', () => live.isDelivered(absent));
      const all = await accepted();
      expect(all.filter((one) => one.id === id)).toMatchObject([{ accepted: 1, dropped: 0 }]);
      expect(all.filter((one) => one.id === absent)).toMatchObject([{ accepted: 1, dropped: 0 }]);
    });

    test('after a crash of the browser, what was posted is found by its id', async () => {
      const id = live.nextId();
      await live.send(statusFeed, text('before the crash'), { messageId: id });
      await eventually('the acks', () => live.isDelivered(id));
      await live.kill();
      await live.start();
      const found = await eventually('it', () => live.driver.findMessage(statusFeed, id));
      expect(found).toMatchObject({ id, chatId: statusFeed, body: 'before the crash' });
    });

    test('what can be no status is refused before anything is made, and what is one goes nowhere else', async () => {
      const before = (await accepted()).length;
      const list = media('list.pdf', 'application/pdf', Buffer.from('%PDF-1.4 list'));
      const refused: readonly (readonly [string, Promise<unknown>, string])[] = [
        ['a message', live.text(statusFeed, 'hello'), 'SEND_FAILED'],
        ['a place', live.send(statusFeed, { kind: 'location', latitude: 1, longitude: 2 }), 'SEND_FAILED'],
        ['a document', live.send(statusFeed, list.content, { mediaPath: list.mediaPath }), 'MEDIA_REFUSED'],
        ['a status to a person', live.send(anna, text('psst')), 'SEND_FAILED'],
        ['a list', live.text(chatId('123456@broadcast'), 'hello'), 'CHAT_NOT_FOUND'],
      ];
      for (const [what, sent, code] of refused) {
        await expect(sent, what).rejects.toMatchObject({ code, effect: 'none' });
      }
      expect(await accepted()).toHaveLength(before);
      await expect(live.send(statusFeed, text('still here'))).resolves.toMatchObject({ body: 'still here' });
    });

    test('an own status is taken back for everybody, once, and nobody else’s', async () => {
      const id = live.nextId();
      await live.send(statusFeed, text('a mistake'), { messageId: id });
      await eventually('the acks', () => live.isDelivered(id));
      expect(await act('statuses.remove', { messageId: id })).toEqual({});
      expect((await own()).map((status) => status.id)).not.toContain(id);
      expect((await live.control.messagesOf(SALES, statusFeed)).find((one) => one.id === id)?.type).toBe('revoked');
      expect(await refusal('statuses.remove', { messageId: id })).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
      const [theirs] = (await act('statuses.list', { contactId: anna })).statuses;
      expect(await refusal('statuses.remove', { messageId: theirs?.id ?? '' })).toMatchObject({
        code: 'MESSAGE_NOT_FOUND',
        message: expect.stringContaining('somebody else'),
      });
    });

    test('a status that WhatsApp turns down is told as failed', async () => {
      await live.control.fault({ name: 'sends-refused', phone: SALES });
      const id = live.nextId();
      await live.send(statusFeed, text('unwanted'), { messageId: id }).catch(() => undefined);
      await eventually('the refusal', () => live.acksOf(id).includes('failed'));
      await live.control.endAllFaults();
    });
  });
}
