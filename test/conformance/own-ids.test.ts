import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutgoingContent } from '../../electron/contract/entities/outgoing';
import type { ChatId } from '../../electron/contract/ids';
import { chatId, messageId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { LiveDriver, SALES } from '../fixtures/live-driver';
import { samplePng, sampleWav } from '../fixtures/sample-media';

const ANNA = '4915112345678';
const BEN = '4915187654321';
const anna = chatId(`${ANNA}@c.us`);

const vcard = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ben Example\nTEL;type=CELL:+49 151 87654321\nEND:VCARD';

for (const build of ['classic', 'renamed'] as const) {
  describe(`the worker's driver on the ${build} build`, () => {
    let live: LiveDriver;
    let group: ChatId;
    const files: Record<string, string> = {};

    const media = (
      file: string,
      mimetype: string,
      bytes: Buffer,
      more: Partial<Extract<OutgoingContent, { kind: 'media' }>> = {},
    ): OutgoingContent => {
      const path = join(live.folder, file);
      writeFileSync(path, bytes);
      files[file] = path;
      const mediaId = 'A'.repeat(32) as Extract<OutgoingContent, { kind: 'media' }>['mediaId'];
      return { kind: 'media', mediaId, form: 'auto', mimetype, filename: file, size: bytes.length, ...more };
    };

    beforeAll(async () => {
      live = await LiveDriver.prepare(build);
      await live.control.createCustomer({ number: ANNA, name: 'Anna' });
      await live.control.createCustomer({ number: BEN, name: 'Ben' });
      const made = await live.control.createGroup({ phone: SALES, subject: 'Team', participants: [ANNA, BEN] });
      group = chatId(made.id);
      await live.start();
    });
    afterAll(() => live.stop());

    const kinds: readonly (readonly [string, string, () => OutgoingContent])[] = [
      ['a text', 'chat', () => ({ kind: 'text', body: 'Hello https://example.com' })],
      ['a text that looks like a card', 'chat', () => ({ kind: 'text', body: vcard })],
      ['a picture', 'image', () => media('photo.png', 'image/png', samplePng(60, 40), { caption: 'look' })],
      ['a document', 'document', () => media('list.pdf', 'application/pdf', Buffer.from('%PDF-1.4 list'))],
      [
        'a picture as document',
        'document',
        () => media('raw.png', 'image/png', samplePng(20, 20), { form: 'document' }),
      ],
      ['a voice message', 'ptt', () => media('voice.wav', 'audio/wav', sampleWav(1), { form: 'voice' })],
      ['a sticker', 'sticker', () => media('sticker.png', 'image/png', samplePng(64, 64), { form: 'sticker' })],
      [
        'a place',
        'location',
        () => ({ kind: 'location', latitude: -23.5, longitude: -46.6, name: 'Office', address: 'Rua 1' }),
      ],
      ['a contact card', 'vcard', () => ({ kind: 'contact', vcard })],
      [
        'a poll',
        'poll_creation',
        () => ({ kind: 'poll', question: 'When?', options: ['Now', 'Later'], multipleAnswers: true }),
      ],
    ];

    for (const [name, type, content] of kinds) {
      for (const where of ['a person', 'a group'] as const) {
        test(`${name} to ${where} leaves once, under exactly the chosen id`, async () => {
          const chat = where === 'a group' ? group : anna;
          const id = live.nextId();
          const wanted = content();
          const mediaPath = wanted.kind === 'media' ? files[wanted.filename] : undefined;
          const before = (await live.control.messages.acceptedFrom(SALES)).length;
          const stored = await live.send(chat, wanted, {
            messageId: id,
            ...(mediaPath === undefined ? {} : { mediaPath }),
          });
          expect(stored).toMatchObject({ id, chatId: chat, fromMe: true });
          const all = await eventually('delivery', async () => {
            const accepted = await live.control.messages.acceptedFrom(SALES);
            return accepted.some((one) => one.id === id && one.shown === 1) ? accepted : undefined;
          });
          expect(all.slice(before)).toMatchObject([{ id, chatId: chat, type, accepted: 1, shown: 1, dropped: 0 }]);
          await eventually('the acks', () => live.isDelivered(id));
          expect(await live.driver.findMessage(chat, id)).toMatchObject({ id });
        });
      }
    }

    test('a link shows what is behind it, unless that is not wanted', async () => {
      await live.control.messages.setLinkPreview({ url: 'https://shop.example/chair', title: 'A chair' });
      const shown = async (id: string) => (await live.control.messages.get(SALES, anna, id)).details?.['title'];
      const body = 'see https://shop.example/chair';
      const [open, plain] = [live.nextId(), live.nextId()];
      await live.text(anna, body, { messageId: open });
      await live.send(anna, { kind: 'text', body, linkPreview: false }, { messageId: plain });
      await eventually('the acks', () => live.acksOf(plain).length > 0);
      expect([await shown(open), await shown(plain)]).toEqual(['A chair', undefined]);
    });

    test('an answer carries the message that it answers, in private and in a group', async () => {
      const asked = await live.control.writeAs(ANNA, { phone: SALES, body: 'How much?' });
      await eventually('the question', async () =>
        (await live.driver.fetchMessages(anna, 5)).some(({ id }) => id === asked.id),
      );
      await live.text(anna, 'Ten', { quotedMessageId: messageId(asked.id) });
      const inGroup = await live.control.writeAs(BEN, { phone: SALES, group, body: 'And for us?' });
      await eventually('the question', async () =>
        (await live.driver.fetchMessages(group, 5)).some(({ id }) => id === inGroup.id),
      );
      await live.text(group, 'Nine', { quotedMessageId: messageId(inGroup.id) });
      await eventually('both', async () => {
        const [one] = (await live.control.messagesOf(SALES, anna)).slice(-1);
        const [other] = (await live.control.messagesOf(SALES, group)).slice(-1);
        return one?.quoted?.id === asked.id && other?.quoted?.id === inGroup.id;
      });
    });

    test('somebody who is met by hidden id is written to by number, and the acks come for the chat that was asked', async () => {
      const number = '4915133333333';
      await live.control.createCustomer({ number, name: 'Cleo', appearsAs: 'lid' });
      const id = live.nextId();
      const chat = chatId(`${number}@c.us`);
      expect(await live.text(chat, 'Hello Cleo', { messageId: id })).toMatchObject({ id, chatId: chat });
      const acks = () =>
        live.reports.flatMap((report) =>
          report.type === 'acks' || report.type === 'messages'
            ? (report.acks ?? [])
                .filter((ack) => ack.messageId === id && ack.chatId === chat)
                .map(({ status }) => status)
            : [],
        );
      await eventually('the acks', () => acks().includes('read'));
      expect(await live.driver.findMessage(chat, id)).toMatchObject({ id, chatId: chat, status: 'read' });
      const accepted = (await live.control.messages.acceptedFrom(SALES)).filter((one) => one.id === id);
      expect(accepted).toMatchObject([{ accepted: 1, shown: 1, chatId: expect.stringMatching(/@lid$/) }]);
      await expect(live.text(chat, 'Hello Cleo', { messageId: id, again: true })).resolves.toMatchObject({
        status: 'read',
      });
    });

    test('an answer to a message that is gone is refused by field, and nothing leaves', async () => {
      const before = (await live.control.messages.acceptedFrom(SALES)).length;
      const sent = live.text(anna, 'Ten', { quotedMessageId: messageId('3EB0NOWHERE') });
      await expect(sent).rejects.toMatchObject({
        code: 'MESSAGE_NOT_FOUND',
        effect: 'none',
        message: expect.stringContaining('quotedMessageId'),
      });
      expect(await live.control.messages.acceptedFrom(SALES)).toHaveLength(before);
    });

    test('what is not there to be written to is refused before anything is made', async () => {
      const before = (await live.control.messages.acceptedFrom(SALES)).length;
      await expect(live.text(chatId('4915199999999@c.us'), 'Hi')).rejects.toMatchObject({
        code: 'NUMBER_NOT_ON_WHATSAPP',
        effect: 'none',
        message: expect.stringContaining('+4915199999999'),
      });
      await expect(live.text(chatId('120363000000009999@g.us'), 'Hi')).rejects.toMatchObject({
        code: 'CHAT_NOT_FOUND',
        effect: 'none',
      });
      await expect(live.text(chatId('99999999999@lid'), 'Hi')).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
      await expect(live.text(chatId('120363000000009999@newsletter'), 'Hi')).rejects.toMatchObject({
        code: 'CHAT_NOT_FOUND',
      });
      expect(await live.control.messages.acceptedFrom(SALES)).toHaveLength(before);
    });

    test('a file that WhatsApp Web cannot make of what was asked for is refused by name, and the next message is not harmed', async () => {
      const content = media('no-picture.png', 'image/png', Buffer.from('this is no picture'));
      const sent = live.send(anna, content, { mediaPath: files['no-picture.png'] ?? '' });
      await expect(sent).rejects.toMatchObject({
        code: 'MEDIA_REFUSED',
        effect: 'none',
        message: expect.stringContaining('no-picture.png'),
      });
      const voice = media('text.txt', 'text/plain', Buffer.from('no sound'), { form: 'voice' });
      await expect(live.send(anna, voice, { mediaPath: files['text.txt'] ?? '' })).rejects.toMatchObject({
        code: 'MEDIA_REFUSED',
        effect: 'none',
      });
      await expect(live.text(anna, 'still here')).resolves.toMatchObject({ body: 'still here' });
    });

    test('asked again, a message that the page has is never made a second time', async () => {
      const id = live.nextId();
      await live.text(anna, 'once', { messageId: id });
      await eventually('the acks', () => live.acksOf(id).includes('read'));
      await expect(live.text(anna, 'once', { messageId: id, again: true })).resolves.toMatchObject({
        id,
        status: 'read',
      });
      const absent = live.nextId();
      await live.text(group, 'new', { messageId: absent, again: true });
      const accepted = await live.control.messages.acceptedFrom(SALES);
      expect(accepted.filter((one) => one.id === id)).toMatchObject([{ accepted: 1, dropped: 0 }]);
      expect(accepted.filter((one) => one.id === absent)).toMatchObject([{ accepted: 1, dropped: 0 }]);
    });
  });
}
