import { beforeAll, expect, test } from 'vitest';
import wwebjs, { type Message, type MessageInfo, type PollVote } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import type { LibraryClient } from '../fixtures/library-client';
import { mediaOf, samplePng, sampleWav } from '../fixtures/sample-media';

const { Location, Poll } = wwebjs;
const BRUNO = '5511987650101';
const BRUNO_CHAT = `${BRUNO}@c.us`;

describeConformance(
  'what is done with messages',
  (target) => {
    let group = '';
    let other: LibraryClient;
    const bench = target.linkedOnce({
      prepare: async (control) => {
        await control.createCustomer({ number: BRUNO, name: 'Bruno Alves' });
        group = (await control.createGroup({ phone: PHONE, subject: 'Partners', participants: [ANNA, BRUNO] })).id;
      },
    });
    // A second device of the same phone: what one does, the other sees.
    beforeAll(async () => {
      other = await bench.linkedClient();
    });

    const heard = async (id: string, name = 'message', library = bench.library) =>
      (await library.until(name, ([one]) => (one as Message).id.id === id))[0] as Message;
    const written = async (body: string) => heard((await bench.control.writeAs(ANNA, { phone: PHONE, body })).id);
    const atAnna = (id: string, fits: (type: string, body: string) => boolean = () => true) =>
      eventually(`the message ${id} at the customer`, async () => {
        const now = (await bench.control.receivedBy(ANNA)).find((one) => one.id === id)?.now;
        return now !== undefined && fits(now.type, now.body) ? now : undefined;
      });
    const here = (id: string) => bench.control.messages.get(PHONE, ANNA_CHAT, id);

    test('Message.edit: the new text is everywhere, and the message says when it was edited', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'at noon');
      await atAnna(sent.id.id);
      const edited = await sent.edit('at one');
      expect(edited).toMatchObject({ body: 'at one', id: { id: sent.id.id } });
      expect(edited?.latestEditSenderTimestampMs).toBeGreaterThan(Date.now() - 60_000);
      expect(edited?.latestEditMsgKey).toMatchObject({ fromMe: true });
      await atAnna(sent.id.id, (_type, body) => body === 'at one');
      const [, body, before] = await other.until('message_edit', ([one]) => (one as Message).id.id === sent.id.id);
      expect([body, before]).toEqual(['at one', 'at noon']);
    });

    test('MessageEditOptions.mentions: an edit can mention somebody', async () => {
      const sent = await bench.client.sendMessage(group, 'who comes?');
      const edited = await sent.edit(`@${BRUNO} comes`, { mentions: [BRUNO_CHAT] });
      expect(edited?.mentionedIds).toHaveLength(1);
    });

    test('Message.edit: a link in the new text is no obstacle', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'see');
      expect((await sent.edit('see https://shop.example/new'))?.body).toBe('see https://shop.example/new');
    });

    test('Message.edit: the caption of a picture can be edited', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()), { caption: 'old' });
      expect((await sent.edit('new'))?.body).toBe('new');
    });

    test('Message.edit: messages of others, and own ones after 15 minutes, stay as they are', async () => {
      const theirs = await written('mine alone');
      expect(await theirs.edit('yours')).toBeNull();
      const { id } = await bench.control.writeOnPhone(PHONE, { to: ANNA, body: 'long ago' });
      const own = await heard(id, 'message_create');
      await bench.library.inPage((key) => {
        const collections = window.require('WAWebCollections') as { Msg: { get(id: string): { t: number } } };
        collections.Msg.get(key).t -= 16 * 60;
      }, own.id._serialized);
      expect(await own.edit('now')).toBeNull();
    });

    test('message_edit: a customer edits a message, and the event has both texts', async () => {
      const message = await written('five chairs');
      await bench.control.messages.editAs(ANNA, { phone: PHONE, message: message.id.id, body: 'six chairs' });
      const [edited, body, before] = await bench.library.until('message_edit', ([, text]) => text === 'six chairs');
      expect([(edited as Message).id.id, body, before]).toEqual([message.id.id, 'six chairs', 'five chairs']);
      await message.reload();
      expect(message.body).toBe('six chairs');
    });

    test('Message.delete(true): deletes for everyone', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'a mistake');
      await atAnna(sent.id.id);
      await sent.delete(true);
      await atAnna(sent.id.id, (type) => type === 'revoked');
      const revoked = await heard(sent.id.id, 'message_revoke_everyone', other);
      expect([revoked.type, revoked.body]).toEqual(['revoked', '']);
      expect((await sent.reload())?.type).toBe('revoked');
    });

    test('message_revoke_everyone: a customer deletes a message, and the event still has what it was', async () => {
      const message = await written('forget this');
      await bench.control.messages.deleteAs(ANNA, { phone: PHONE, message: message.id.id });
      const [after, before] = await bench.library.until(
        'message_revoke_everyone',
        ([one]) => (one as Message).id.id === message.id.id,
      );
      expect(after).toMatchObject({ type: 'revoked', body: '' });
      expect((after as Message).protocolMessageKey).toMatchObject({ id: message.id.id });
      expect(before).toMatchObject({ type: 'chat', body: 'forget this' });
      expect(bench.library.all('message_edit').filter(([one]) => (one as Message).id.id === message.id.id)).toEqual([]);
    });

    test('Message.delete(true): an admin deletes a member’s message in a group', async () => {
      const { id } = await bench.control.writeAs(BRUNO, { phone: PHONE, group, body: 'spam' });
      const message = await heard(id);
      await message.delete(true);
      expect((await message.reload())?.type).toBe('revoked');
    });

    test('Message.delete(): deletes on this phone only, on all of its devices', async () => {
      const message = await written('only here');
      await heard(message.id.id, 'message', other);
      await message.delete();
      expect((await heard(message.id.id, 'message_revoke_me')).body).toBe('only here');
      await heard(message.id.id, 'message_revoke_me', other);
      expect(await bench.client.getMessageById(message.id._serialized)).toBeNull();
      expect(await message.reload()).toBeNull();
      await expect(here(message.id.id)).rejects.toThrow('404');
    });

    test('message_revoke_me: a message that is deleted on the phone is gone here', async () => {
      const message = await written('deleted on the phone');
      await bench.control.messages.removeOnPhone(PHONE, { chat: ANNA_CHAT, message: message.id.id });
      await heard(message.id.id, 'message_revoke_me');
    });

    test('Message.star and Message.unstar: the phone and other devices know', async () => {
      const message = await written('important');
      await message.star();
      expect((await message.reload())?.isStarred).toBe(true);
      expect((await here(message.id.id)).star).toBe(true);
      expect((await other.client.getMessageById(message.id._serialized)).isStarred).toBe(true);
      await message.unstar();
      expect((await message.reload())?.isStarred).toBe(false);
    });

    test('Message.pin and Message.unpin: three of a chat, the oldest makes room, and a pin ends by itself', async () => {
      const messages = [];
      for (const body of ['one', 'two', 'three', 'four']) messages.push(await written(body));
      const pinned = async () => (await bench.client.getPinnedMessages(ANNA_CHAT)).map(({ body }) => body);
      for (const message of messages) expect(await message.pin(86_400)).toBe(true);
      expect(await pinned()).toEqual(['two', 'three', 'four']);
      expect(await messages[3]?.unpin()).toBe(true);
      expect(await pinned()).toEqual(['two', 'three']);
      expect(await messages[0]?.pin(1)).toBe(true);
      await eventually('the end of a pin', async () => ((await pinned()).includes('one') ? undefined : true), 5000);
      await bench.control.messages.pinAs(ANNA, { phone: PHONE, message: messages[1]?.id.id ?? '', seconds: 0 });
      expect(await pinned()).toEqual(['three']);
    });

    test('Message.pin: a deleted message is refused', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'gone');
      await sent.delete(true);
      expect(await sent.pin(60)).toBe(false);
    });

    test('Message.react and Client.sendReaction: one reaction each, and an empty one takes it back', async () => {
      const message = await written('done!');
      await message.react('👍');
      expect((await here(message.id.id)).reactions).toMatchObject([{ sender: `${PHONE}@c.us`, text: '👍' }]);
      await bench.client.sendReaction(message.id._serialized, '🎉');
      expect((await here(message.id.id)).reactions).toMatchObject([{ text: '🎉' }]);
      await message.react('');
      expect((await here(message.id.id)).reactions).toEqual([]);
      const texts = bench.library
        .all('message_reaction')
        .map(([reaction]) => (reaction as { reaction: string }).reaction);
      expect(texts.slice(-3)).toEqual(['👍', '🎉', '']);
    });

    test('message_reaction: a customer’s reaction names the message, who reacted and when', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'ready for pick-up');
      await atAnna(sent.id.id);
      await bench.control.messages.reactAs(ANNA, { phone: PHONE, message: sent.id.id, emoji: '❤️' });
      const [reaction] = await bench.library.until(
        'message_reaction',
        ([one]) => (one as { reaction: string }).reaction === '❤️',
      );
      expect(reaction).toMatchObject({ senderId: ANNA_CHAT, reaction: '❤️', msgId: { id: sent.id.id }, orphan: 0 });
      expect((reaction as { timestamp: number }).timestamp).toBeCloseTo(Date.now() / 1000, -2);
    });

    test('message_edit: a reaction, a star or a pin on an own file is no edit', async () => {
      const kinds = [
        await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()), { caption: 'look' }),
        await bench.client.sendMessage(ANNA_CHAT, mediaOf('audio/wav', sampleWav(1)), { sendAudioAsVoice: true }),
        await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()), { sendMediaAsSticker: true }),
        await bench.client.sendMessage(ANNA_CHAT, new Poll('Which?', ['This', 'That'])),
        await bench.client.sendMessage(ANNA_CHAT, new Location(1, 2)),
        await bench.client.sendMessage(ANNA_CHAT, 'see https://shop.example/x'),
      ];
      for (const message of kinds) {
        await message.react('👍');
        await message.star();
        await message.pin(60);
      }
      const ids = new Set(kinds.map(({ id }) => id.id));
      const edits = bench.library.all('message_edit').filter(([one]) => ids.has((one as Message).id.id));
      expect(edits).toEqual([]);
    });

    test('Message.getReactions: by emoji, with everybody who chose it', async () => {
      const sent = await bench.client.sendMessage(group, 'new prices');
      await sent.react('👍');
      for (const customer of [ANNA, BRUNO]) {
        const place = { phone: PHONE, group, message: sent.id.id };
        await bench.control.messages.reactAs(customer, { ...place, emoji: customer === ANNA ? '👍' : '😮' });
      }
      await sent.reload();
      expect(sent.hasReaction).toBe(true);
      const reactions = await sent.getReactions();
      expect(reactions.map(({ id, hasReactionByMe, senders }) => [id, hasReactionByMe, senders.length])).toEqual([
        ['👍', true, 2],
        ['😮', false, 1],
      ]);
      expect(reactions[1]?.senders[0]).toMatchObject({ senderId: BRUNO_CHAT, reaction: '😮' });
      expect(await (await written('plain')).getReactions()).toBeUndefined();
    });

    test('Message.forward: the copy says that it was passed on, and media comes along', async () => {
      const media = { mimetype: 'image/png', data: samplePng(40, 40).toString('base64') };
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'broken', media, forwarded: 2 });
      const message = await heard(id);
      expect(message).toMatchObject({ isForwarded: true, forwardingScore: 2 });
      await message.forward(BRUNO_CHAT);
      const copy = await eventually('the copy', async () =>
        (await bench.control.receivedBy(BRUNO)).find(({ now }) => now?.type === 'image'),
      );
      expect(copy.now).toMatchObject({
        type: 'image',
        details: { caption: 'broken', isForwarded: true, forwardingScore: 3 },
      });
      expect((await bench.control.messages.mediaAs(BRUNO, { phone: PHONE, message: copy.id })).data).toBe(media.data);
    });

    test('Message.forward: own words are passed on without a mark, to a chat as well as to an id', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'price list');
      await sent.forward(await bench.client.getChatById(BRUNO_CHAT));
      const copy = await eventually('the copy', async () =>
        (await bench.control.receivedBy(BRUNO)).find(({ body }) => body === 'price list'),
      );
      expect(copy.now?.details?.['isForwarded']).not.toBe(true);
    });

    test('Message.getInfo: who has a message and who has read it, and null for messages of others', async () => {
      await bench.control.changeCustomer(BRUNO, { autoRead: false });
      const sent = await bench.client.sendMessage(group, 'who reads this?');
      const info = await eventually('Anna to read', async () => {
        const found = (await sent.getInfo()) as MessageInfo;
        return found.read.length > 0 && found.delivery.length > 1 ? found : undefined;
      });
      expect(info.read.map(({ id }) => id._serialized)).toEqual([ANNA_CHAT]);
      expect([info.deliveryRemaining, info.readRemaining, info.playedRemaining]).toEqual([0, 1, 2]);
      expect(await (await written('not mine')).getInfo()).toBeNull();
    });

    test('Message.reply: quotes what it answers, in the same chat or in another', async () => {
      const message = await written('Do you deliver?');
      const answer = await message.reply('We do.');
      expect([answer.to, answer.hasQuotedMsg, (await answer.getQuotedMessage()).body]).toEqual([
        ANNA_CHAT,
        true,
        'Do you deliver?',
      ]);
      const elsewhere = await message.reply('She asks whether we deliver', BRUNO_CHAT);
      expect([elsewhere.to, elsewhere.hasQuotedMsg]).toEqual([BRUNO_CHAT, true]);
    });

    test('Message.getQuotedMessage: a customer quotes a picture of ours', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()), {
        caption: 'this one?',
      });
      await atAnna(sent.id.id);
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'yes, that one', quoted: sent.id.id });
      const quoted = await (await heard(id)).getQuotedMessage();
      expect(quoted).toMatchObject({ fromMe: true, type: 'image', hasMedia: true, body: 'this one?' });
    });

    test('Message.getChat, Message.getContact, Message.getMentions: the people and the chat of a message', async () => {
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, group, body: `@${BRUNO}?`, mentions: [BRUNO] });
      const message = await heard(id);
      expect((await message.getChat()).name).toBe('Partners');
      expect((await message.getContact()).name).toBe('Anna Weber');
      expect((await message.getMentions()).map(({ name }) => name)).toEqual(['Bruno Alves']);
      expect(message.author).toBe(ANNA_CHAT);
    });

    test('Message.getGroupMentions: a customer mentions a group', async () => {
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'see the group', groupMentions: [group] });
      const message = await heard(id);
      expect(message.groupMentions).toMatchObject([{ groupSubject: 'Partners' }]);
      expect((await message.getGroupMentions()).map(({ name }) => name)).toEqual(['Partners']);
    });
  },
  { renamed: 'never' },
);

describeConformance(
  'messages between two accounts',
  (target) => {
    const OTHER = '442079460018';
    let other: LibraryClient;
    const bench = target.linkedOnce({
      prepare: (control) => control.createPhone({ number: OTHER, pushname: 'Support' }),
    });
    beforeAll(async () => {
      other = await bench.linkedClient(OTHER);
    });
    const heard = async (library: LibraryClient, name: string, id: string) =>
      (await library.until(name, ([one]) => (one as Message).id.id === id))[0] as Message;

    test('Message.edit, Message.react, Message.delete: what one account does, the other hears', async () => {
      const sent = await bench.client.sendMessage(`${OTHER}@c.us`, 'shift at noon');
      const received = await heard(other, 'message', sent.id.id);
      expect(received).toMatchObject({ from: `${PHONE}@c.us`, body: 'shift at noon' });
      await sent.edit('shift at one');
      expect((await heard(other, 'message_edit', sent.id.id)).body).toBe('shift at one');
      await received.react('👍');
      const [reaction] = await bench.library.until('message_reaction');
      expect(reaction).toMatchObject({ reaction: '👍', senderId: `${OTHER}@c.us`, msgId: { fromMe: true } });
      await sent.delete(true);
      expect((await heard(other, 'message_revoke_everyone', sent.id.id)).type).toBe('revoked');
    });

    test('Message.vote, Message.downloadMedia: polls and files go from one account to the other', async () => {
      const poll = await bench.client.sendMessage(`${OTHER}@c.us`, new Poll('Who opens?', ['I', 'You']));
      await (await heard(other, 'message', poll.id.id)).vote(['I']);
      await bench.library.until('vote_update', ([vote]) => (vote as PollVote).voter === `${OTHER}@c.us`);
      const file = mediaOf('text/plain', Buffer.from('keys'), 'keys.txt');
      const sent = await bench.client.sendMessage(`${OTHER}@c.us`, file);
      const received = await heard(other, 'message', sent.id.id);
      expect(Buffer.from((await received.downloadMedia()).data, 'base64').toString()).toBe('keys');
    });
  },
  { renamed: 'never' },
);
