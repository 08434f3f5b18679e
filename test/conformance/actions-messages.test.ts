import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ObservedMessage } from '../../electron/contract/entities/message';
import type { ForwardedContent } from '../../electron/contract/entities/outgoing';
import type { WorkerReport } from '../../electron/contract/frames';
import type { ChatId, MessageId } from '../../electron/contract/ids';
import { limits } from '../../electron/contract/limits';
import { chatId, messageId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { LiveDriver, SALES } from '../fixtures/live-driver';
import { samplePng, sampleWav } from '../fixtures/sample-media';

const ANNA = '4915112345678';
const BEN = '4915187654321';
const anna = chatId(`${ANNA}@c.us`);

for (const build of ['classic', 'renamed'] as const) {
  describe(`actions on messages on the ${build} build`, () => {
    let live: LiveDriver;
    /** The account is admin here. */
    let group: ChatId;

    const act = async <Answer>(operation: string, chat: ChatId, message: string, more: object = {}): Promise<Answer> =>
      (await live.driver.act({ operation, input: { chatId: chat, messageId: message, ...more } })) as Answer;
    const messageOf = async (operation: string, chat: ChatId, message: string, more: object = {}) =>
      (await act<{ readonly message: ObservedMessage }>(operation, chat, message, more)).message;
    const onPhone = (chat: ChatId, message: string) => live.control.messages.get(SALES, chat, message);
    const reported = <Type extends WorkerReport['type']>(type: Type) =>
      live.reports.filter((report): report is Extract<WorkerReport, { readonly type: Type }> => report.type === type);
    const reportedMessage = (id: string) =>
      reported('messages')
        .flatMap(({ messages }) => messages)
        .findLast((message) => message.id === id);
    const here = (id: string) => eventually(`the message ${id}`, () => reportedMessage(id));
    const written = async (body: string, chat: ChatId = anna, by = ANNA): Promise<MessageId> => {
      const place = chat === anna ? {} : { group: chat };
      const { id } = await live.control.writeAs(by, { phone: SALES, body, ...place });
      await here(id);
      return messageId(id);
    };
    const sent = async (body: string, chat: ChatId = anna): Promise<MessageId> => {
      const id = live.nextId();
      await live.text(chat, body, { messageId: id });
      await eventually('the ack', () => live.acksOf(id).length > 0);
      return id;
    };
    const mediaOf = async (mimetype: string, bytes: Buffer, more: object = {}): Promise<MessageId> => {
      const media = { mimetype, data: bytes.toString('base64'), ...more };
      const { id } = await live.control.writeAs(ANNA, { phone: SALES, body: 'look at this', media });
      await here(id);
      return messageId(id);
    };

    beforeAll(async () => {
      live = await LiveDriver.prepare(build);
      await live.control.createCustomer({ number: ANNA, name: 'Anna' });
      await live.control.createCustomer({ number: BEN, name: 'Ben' });
      await live.control.addHistory(SALES, { chat: ANNA, count: 8 });
      const made = await live.control.createGroup({ phone: SALES, subject: 'Team', participants: [ANNA, BEN] });
      group = chatId(made.id);
      await live.start();
    });
    beforeEach(() => {
      live.reports.length = 0;
    });
    afterAll(() => live.stop());

    test('an edit is everywhere, says when it was, and a link in it is no obstacle', async () => {
      const id = await sent('at noon');
      const edited = await messageOf('messages.edit', anna, id, { body: 'at one, see https://example.com' });
      expect(edited).toMatchObject({ id, chatId: anna, body: 'at one, see https://example.com' });
      expect(edited.editedAtMs).toBeGreaterThan(Date.now() - 60_000);
      expect(await onPhone(anna, id)).toMatchObject({ body: 'at one, see https://example.com' });
    });

    test('messages of others are not edited, and the refusal says why', async () => {
      const id = await written('mine alone');
      await expect(act('messages.edit', anna, id, { body: 'yours' })).rejects.toMatchObject({
        code: 'PAGE_REFUSED',
        effect: 'none',
        message: expect.stringMatching(/sales.*messageId.*somebody else wrote it/),
      });
      expect(await onPhone(anna, id)).toMatchObject({ body: 'mine alone' });
    });

    test('a message is deleted for everyone, once and again', async () => {
      const id = await sent('a mistake');
      expect(await messageOf('messages.remove', anna, id, { for: 'everyone' })).toMatchObject({
        id,
        type: 'revoked',
        body: '',
      });
      await eventually('the customer', async () =>
        (await live.control.receivedBy(ANNA)).some((one) => one.id === id && one.now?.type === 'revoked'),
      );
      expect(await messageOf('messages.remove', anna, id, { for: 'everyone' })).toMatchObject({ type: 'revoked' });
    });

    test('an admin deletes a member’s message for everyone', async () => {
      const id = await written('spam', group, BEN);
      expect(await messageOf('messages.remove', group, id, { for: 'everyone' })).toMatchObject({
        id,
        chatId: group,
        type: 'revoked',
        fromMe: false,
      });
      expect(await onPhone(group, id)).toMatchObject({ type: 'revoked' });
    });

    test('what cannot be deleted for everyone is refused, and is not deleted here instead', async () => {
      const id = await written('theirs');
      await expect(act('messages.remove', anna, id, { for: 'everyone' })).rejects.toMatchObject({
        code: 'PAGE_REFUSED',
        effect: 'none',
        message: expect.stringMatching(/for: me/),
      });
      expect(await onPhone(anna, id)).toMatchObject({ body: 'theirs' });
    });

    test('a message is deleted only here, and that is told', async () => {
      const id = await written('only here');
      expect(await act('messages.remove', anna, id, { for: 'me' })).toEqual({ fromMe: false });
      await expect(onPhone(anna, id)).rejects.toThrow('404');
      await eventually('the report', () => reported('message_removed').some((one) => one.messageId === id));
      await expect(act('messages.remove', anna, id, { for: 'me' })).rejects.toMatchObject({
        code: 'MESSAGE_NOT_FOUND',
      });
    });

    test('what the phone deletes only there is told, new messages and old ones', async () => {
      const fresh = await written('fresh');
      const old = (await live.driver.fetchMessages(anna, 200)).find(
        ({ body }) => body !== '' && !body.includes('here'),
      );
      expect(old).toBeDefined();
      await live.control.messages.removeOnPhone(SALES, { chat: anna, message: fresh });
      await live.control.messages.removeOnPhone(SALES, { chat: anna, message: old?.id ?? '' });
      await eventually('both reports', () => reported('message_removed').length === 2);
      expect(reported('message_removed')).toEqual([
        { type: 'message_removed', chatId: anna, messageId: fresh, fromMe: false },
        { type: 'message_removed', chatId: anna, messageId: old?.id, fromMe: old?.fromMe },
      ]);
    });

    test('what a customer edits or deletes is told as the message it is then', async () => {
      const id = await written('five chairs');
      await live.control.messages.editAs(ANNA, { phone: SALES, message: id, body: 'six chairs' });
      await eventually('the edit', () => reportedMessage(id)?.body === 'six chairs');
      expect(reportedMessage(id)?.editedAtMs).toBeGreaterThan(Date.now() - 60_000);
      await live.control.messages.deleteAs(ANNA, { phone: SALES, message: id });
      await eventually('the deletion', () => reportedMessage(id)?.type === 'revoked');
    });

    test('what the phone edits or deletes for everyone is told as well', async () => {
      const { id } = await live.control.writeOnPhone(SALES, { to: ANNA, body: 'from the phone' });
      await here(id);
      await live.control.messages.editOnPhone(SALES, { chat: anna, message: id, body: 'changed there' });
      await eventually('the edit', () => reportedMessage(id)?.body === 'changed there');
      await live.control.messages.deleteOnPhone(SALES, { chat: anna, message: id });
      await eventually('the deletion', () => reportedMessage(id)?.type === 'revoked');
    });

    test('a reaction replaces the one before, an empty one takes it back, and each is told', async () => {
      const id = await written('done!');
      await act('messages.react', anna, id, { reaction: '👍' });
      await act('messages.react', anna, id, { reaction: '🎉' });
      expect(await onPhone(anna, id)).toMatchObject({ reactions: [{ sender: `${SALES}@c.us`, text: '🎉' }] });
      expect(await act('messages.getReactions', anna, id)).toMatchObject({
        reactions: [{ emoji: '🎉', senderId: `${SALES}@c.us`, fromMe: true }],
      });
      await act('messages.react', anna, id, { reaction: '' });
      expect(await onPhone(anna, id)).toMatchObject({ reactions: [] });
      expect(await act('messages.getReactions', anna, id)).toEqual({ reactions: [] });
      await eventually('three reports', () => reported('reaction').length === 3);
      expect(reported('reaction').map(({ reaction }) => [reaction.emoji, reaction.fromMe])).toEqual([
        ['👍', true],
        ['🎉', true],
        [undefined, true],
      ]);
    });

    test('a customer’s reaction in a group names the message, its sender and its time', async () => {
      const id = await sent('new prices', group);
      await live.control.messages.reactAs(BEN, { phone: SALES, group, message: id, emoji: '❤️' });
      const [report] = await eventually('the report', () => {
        const all = reported('reaction');
        return all.length > 0 ? all : undefined;
      });
      expect(report?.reaction).toMatchObject({
        chatId: group,
        messageId: id,
        messageFromMe: true,
        senderId: `${BEN}@c.us`,
        fromMe: false,
        emoji: '❤️',
      });
      const { reactions } = await act<{ readonly reactions: readonly { readonly atMs: number }[] }>(
        'messages.getReactions',
        group,
        id,
      );
      expect(reactions).toMatchObject([{ emoji: '❤️', senderId: `${BEN}@c.us`, fromMe: false }]);
      expect(Math.abs((reactions[0]?.atMs ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    test('a deleted message takes no reaction, no star and no pin', async () => {
      const id = await sent('gone');
      await act('messages.remove', anna, id, { for: 'everyone' });
      for (const [operation, more] of [
        ['messages.react', { reaction: '👍' }],
        ['messages.star', {}],
        ['messages.pin', { durationMs: 60_000 }],
      ] as const) {
        await expect(act(operation, anna, id, more), operation).rejects.toMatchObject({
          code: 'PAGE_REFUSED',
          message: expect.stringContaining('messageId'),
        });
      }
    });

    test('a star is on the phone, too, and is taken off', async () => {
      const id = await written('important', group, BEN);
      await messageOf('messages.star', group, id);
      expect(await onPhone(group, id)).toMatchObject({ star: true });
      await messageOf('messages.star', group, id);
      await messageOf('messages.unstar', group, id);
      expect((await onPhone(group, id)).star).not.toBe(true);
    });

    test('a pin lasts as long as was asked for, and is taken off', async () => {
      const id = await written('read this');
      await messageOf('messages.pin', anna, id, { durationMs: 3_600_000 });
      const { pinned } = await onPhone(anna, id);
      expect((pinned?.until ?? 0) - (pinned?.at ?? 0)).toBe(3_600_000);
      await messageOf('messages.unpin', anna, id);
      expect((await onPhone(anna, id)).pinned).toBeUndefined();
    });

    test('a vote is set, changed and taken back; what the poll does not have is refused by field', async () => {
      const { id } = await live.control.writeAs(ANNA, {
        phone: SALES,
        poll: { name: 'When?', options: ['Now', 'Later'] },
      });
      await here(id);
      const votes = async () => (await onPhone(anna, id)).votes.map(({ options }) => options);
      await messageOf('messages.votePoll', anna, id, { options: ['Later'] });
      expect(await votes()).toEqual([[1]]);
      await expect(act('messages.votePoll', anna, id, { options: ['Never'] })).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringMatching(/options.*Now, Later.*Never/),
      });
      await expect(act('messages.votePoll', anna, id, { options: ['Now', 'Later'] })).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
      });
      await messageOf('messages.votePoll', anna, id, { options: [] });
      expect((await votes()).flat()).toEqual([]);
      const text = await written('no poll');
      await expect(act('messages.votePoll', anna, text, { options: ['Now'] })).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('not a poll'),
      });
    });

    test('a received file is fetched byte for byte, with its type and its name', async () => {
      const pdf = Buffer.from('%PDF-1.4 the list');
      const id = await mediaOf('application/pdf', pdf, { filename: 'list.pdf' });
      expect(await act('messages.getMedia', anna, id)).toEqual({
        mimetype: 'application/pdf',
        filename: 'list.pdf',
        size: pdf.length,
        data: pdf.toString('base64'),
      });
    });

    test('a file that is gone, too large or was never there is refused by name', async () => {
      const gone = await mediaOf('image/png', samplePng());
      await live.control.messages.deleteMedia(SALES, anna, gone);
      await expect(act('messages.getMedia', anna, gone)).rejects.toMatchObject({ code: 'MEDIA_NOT_FOUND' });
      const text = await written('only words');
      await expect(act('messages.getMedia', anna, text)).rejects.toMatchObject({
        code: 'MEDIA_NOT_FOUND',
        message: expect.stringContaining('has no file'),
      });
      const large = await mediaOf('application/zip', Buffer.alloc(limits.receivedMediaBytes + 1), {
        filename: 'a.zip',
      });
      await expect(act('messages.getMedia', anna, large)).rejects.toMatchObject({
        code: 'MEDIA_REFUSED',
        message: expect.stringContaining('32 MiB'),
      });
      const small = await mediaOf('application/zip', Buffer.alloc(2_000), { filename: 'b.zip' });
      await expect(act('messages.getMedia', anna, small, { maxBytes: 1_999 })).rejects.toMatchObject({
        code: 'MEDIA_REFUSED',
        message: expect.stringContaining('maxBytes'),
      });
      expect(await act('messages.getMedia', anna, small, { maxBytes: 2_000 })).toMatchObject({ size: 2_000 });
    });

    describe('what a message consists of, to make a new one of it', () => {
      const contentOf = async (id: string): Promise<ForwardedContent> =>
        (await act<{ readonly content: ForwardedContent }>('messages.forward', anna, id, { toChatId: group })).content;

      test('text', async () => {
        expect(await contentOf(await written('ação 😀'))).toEqual({ kind: 'text', body: 'ação 😀' });
      });

      test('a picture with its caption, a voice message, a document', async () => {
        const png = samplePng(30, 20);
        expect(await contentOf(await mediaOf('image/png', png))).toEqual({
          kind: 'media',
          form: 'auto',
          mimetype: 'image/png',
          filename: 'image.png',
          caption: 'look at this',
          data: png.toString('base64'),
        });
        const wav = sampleWav(1);
        const voice = await live.control.writeAs(ANNA, {
          phone: SALES,
          media: { mimetype: 'audio/ogg; codecs=opus', data: wav.toString('base64'), kind: 'voice' },
        });
        await here(voice.id);
        expect(await contentOf(voice.id)).toMatchObject({ kind: 'media', form: 'voice', filename: 'voice.ogg' });
        const doc = await mediaOf('application/pdf', Buffer.from('%PDF-1.4'), { filename: 'list.pdf' });
        expect(await contentOf(doc)).toMatchObject({ kind: 'media', form: 'document', filename: 'list.pdf' });
      });

      test('a place and a poll', async () => {
        const place = await live.control.writeAs(ANNA, {
          phone: SALES,
          location: { latitude: -23.5, longitude: -46.6, name: 'Office', address: 'Rua 1' },
        });
        await here(place.id);
        expect(await contentOf(place.id)).toEqual({
          kind: 'location',
          latitude: -23.5,
          longitude: -46.6,
          name: 'Office',
          address: 'Rua 1',
        });
        const poll = await live.control.writeAs(ANNA, {
          phone: SALES,
          poll: { name: 'When?', options: ['Now', 'Later'], multiple: true },
        });
        await here(poll.id);
        expect(await contentOf(poll.id)).toEqual({
          kind: 'poll',
          question: 'When?',
          options: ['Now', 'Later'],
          multipleAnswers: true,
        });
      });

      test('a contact card', async () => {
        const card = await live.control.writeAs(ANNA, {
          phone: SALES,
          contacts: [{ name: 'Ben', number: BEN }],
        });
        await here(card.id);
        expect(await contentOf(card.id)).toMatchObject({ kind: 'contact', vcard: expect.stringContaining(BEN) });
      });

      test('what cannot be sent is refused in a sentence', async () => {
        const event = await live.control.writeAs(ANNA, {
          phone: SALES,
          event: { name: 'Meeting', start: Math.floor(Date.now() / 1000) + 3_600 },
        });
        await here(event.id);
        await expect(contentOf(event.id)).rejects.toMatchObject({
          code: 'NOT_SUPPORTED',
          message: expect.stringMatching(/sales.*messageId.*own window/),
        });
      });
    });

    test.each([
      ['messages.edit', { body: 'x' }],
      ['messages.remove', { for: 'everyone' }],
      ['messages.react', { reaction: '👍' }],
      ['messages.getReactions', {}],
      ['messages.star', {}],
      ['messages.unstar', {}],
      ['messages.pin', { durationMs: 60_000 }],
      ['messages.unpin', {}],
      ['messages.votePoll', { options: [] }],
      ['messages.getMedia', {}],
      ['messages.forward', { toChatId: `${BEN}@c.us` }],
    ])('%s: an unknown message and an unknown chat are refused by field', async (operation, more) => {
      await expect(act(operation, anna, '3EB0NOWHERE', more)).rejects.toMatchObject({
        code: 'MESSAGE_NOT_FOUND',
        effect: 'none',
        message: expect.stringMatching(/sales.*messageId/),
      });
      await expect(act(operation, chatId('4915199999999@c.us'), '3EB0NOWHERE', more)).rejects.toMatchObject({
        code: 'CHAT_NOT_FOUND',
        effect: 'none',
        message: expect.stringMatching(/sales.*chatId/),
      });
    });
  });
}
