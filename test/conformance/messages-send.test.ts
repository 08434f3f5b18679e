import { expect, test } from 'vitest';
import wwebjs, { type Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const BRUNO = '5511987650101';
const { Buttons, List, Location, Poll, ScheduledEvent } = wwebjs;

describeConformance(
  'sending messages',
  (target) => {
    let group = '';
    const bench = target.linkedOnce({
      prepare: async (control) => {
        await control.createCustomer({ number: BRUNO, name: 'Bruno Alves' });
        group = (await control.createGroup({ phone: PHONE, subject: 'Partners', participants: [ANNA, BRUNO] })).id;
      },
    });

    const arrived = (id: string, customer = ANNA) =>
      eventually(`the message ${id} at ${customer}`, async () =>
        (await bench.control.receivedBy(customer)).find((one) => one.id === id),
      );
    const acksOf = (id: string) =>
      bench.library.all('message_ack').flatMap(([message, ack]) => ((message as Message).id.id === id ? [ack] : []));

    test('Client.sendMessage: a text comes back as the message that it became, and reaches the customer', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'Olá 👋 नमस्ते مرحبا');
      expect(sent).toMatchObject({
        type: 'chat',
        body: 'Olá 👋 नमस्ते مرحبا',
        fromMe: true,
        ack: 0,
        from: ME,
        to: ANNA_CHAT,
      });
      expect(sent).toMatchObject({ deviceType: 'web', hasMedia: false, hasQuotedMsg: false, isForwarded: false });
      expect(sent).toMatchObject({ vCards: [], mentionedIds: [], links: [], isStarred: false, broadcast: false });
      expect(sent.id._serialized).toBe(`true_${ANNA_CHAT}_${sent.id.id}`);
      expect((await arrived(sent.id.id)).body).toBe('Olá 👋 नमस्ते مرحبا');
    });

    test('message_ack: a text gets the acks 1, 2 and 3 in this order', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'acks');
      await eventually('ack 3', () => (acksOf(sent.id.id).includes(3) ? true : undefined));
      expect(acksOf(sent.id.id)).toEqual([1, 2, 3]);
    });

    test('message_create: an own message is announced before sendMessage resolves, and never as message', async () => {
      bench.library.forget();
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'announced');
      const created = bench.library.all('message_create').map(([message]) => (message as Message).id.id);
      expect(created).toEqual([sent.id.id]);
      expect(bench.library.all('message')).toEqual([]);
    });

    test('MessageSendOptions.waitUntilMsgSent: the result carries ack 1', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'patience', { waitUntilMsgSent: true });
      expect(sent.ack).toBe(1);
    });

    test('MessageSendOptions.quotedMessageId: the answer carries the message that it answers', async () => {
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'Is it oak?' });
      await bench.library.until('message', ([message]) => (message as Message).id.id === id);
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'It is.', { quotedMessageId: `false_${ANNA_CHAT}_${id}` });
      expect(sent.hasQuotedMsg).toBe(true);
      expect((await sent.getQuotedMessage()).body).toBe('Is it oak?');
      expect((await arrived(sent.id.id)).now?.quoted).toMatchObject({ id, body: 'Is it oak?' });
    });

    test('MessageSendOptions.ignoreQuoteErrors: an unknown quote is left out, or refused when it has to be there', async () => {
      const unknown = `false_${ANNA_CHAT}_3EB0FFFFFFFFFFFFFFFFFF`;
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'no quote', { quotedMessageId: unknown });
      expect(sent.hasQuotedMsg).toBe(false);
      const strict = bench.client.sendMessage(ANNA_CHAT, 'x', { quotedMessageId: unknown, ignoreQuoteErrors: false });
      await expect(strict).rejects.toThrow('Could not get the quoted message.');
    });

    test('MessageSendOptions.mentions: who is mentioned in a group is known to both sides', async () => {
      const sent = await bench.client.sendMessage(group, `@${BRUNO} please`, { mentions: [`${BRUNO}@c.us`] });
      expect((await sent.getMentions()).map((contact) => contact.name)).toEqual(['Bruno Alves']);
      expect((await arrived(sent.id.id, BRUNO)).now?.mentions).toEqual([`${BRUNO}@c.us`]);
      expect(sent.author).toBe(ME);
    });

    test('MessageSendOptions.groupMentions: a mentioned group can be opened from the message', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, `@${group} see there`, {
        groupMentions: [{ subject: 'Partners', id: group }],
      });
      expect((await sent.getGroupMentions()).map((chat) => chat.name)).toEqual(['Partners']);
      const [created] = await bench.library.until('message_create', ([one]) => (one as Message).id.id === sent.id.id);
      expect((await (created as Message).getGroupMentions()).map((chat) => chat.name)).toEqual(['Partners']);
    });

    test('MessageSendOptions.linkPreview: a link that has a preview carries it, unless it is switched off', async () => {
      const url = 'https://shop.example/table';
      await bench.control.messages.setLinkPreview({ url, title: 'Oak table', description: '1.80 m' });
      const sent = await bench.client.sendMessage(ANNA_CHAT, `Look: ${url}`);
      expect(sent).toMatchObject({ title: 'Oak table', description: '1.80 m' });
      expect(sent.links).toEqual([{ link: url, isSuspicious: false }]);
      expect((await arrived(sent.id.id)).now?.details).toMatchObject({ title: 'Oak table', matchedText: url });
      const bare = await bench.client.sendMessage(ANNA_CHAT, `Look: ${url}`, { linkPreview: false });
      expect(bare.title).toBeUndefined();
      const unknown = await bench.client.sendMessage(ANNA_CHAT, 'https://unknown.example/');
      expect(unknown.title).toBeUndefined();
    });

    test('MessageSendOptions.sendSeen: sending opens the chat, unless it is told not to', async () => {
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'unread' });
      const unread = async () => (await bench.client.getChatById(ANNA_CHAT)).unreadCount;
      await eventually('an unread message', async () => ((await unread()) > 0 ? true : undefined));
      await bench.client.sendMessage(ANNA_CHAT, 'quiet', { sendSeen: false });
      expect(await unread()).toBeGreaterThan(0);
      await bench.client.sendMessage(ANNA_CHAT, 'loud');
      expect(await unread()).toBe(0);
    });

    test('MessageSendOptions.extra: fields that WhatsApp does not know are ignored', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'extra', { extra: { nobodyKnowsThis: 1 } });
      expect(sent.rawData).not.toHaveProperty('nobodyKnowsThis');
      expect((await arrived(sent.id.id)).body).toBe('extra');
    });

    test('MessageSendOptions.invokedBotWid: the message names the bot that is to answer', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'bot?', { invokedBotWid: `${BRUNO}@c.us` });
      expect((await arrived(sent.id.id)).now?.details).toMatchObject({ invokedBotWid: `${BRUNO}@c.us` });
    });

    test('Client.sendMessage(Location): place, name, address and link arrive', async () => {
      const place = new Location(-23.5505, -46.6333, {
        name: 'Showroom',
        address: 'Rua Augusta 100',
        url: 'https://maps.example/1',
      });
      const sent = await bench.client.sendMessage(ANNA_CHAT, place);
      expect(sent.type).toBe('location');
      expect(sent.location).toMatchObject({
        latitude: -23.5505,
        longitude: -46.6333,
        name: 'Showroom',
        address: 'Rua Augusta 100',
      });
      const details = (await arrived(sent.id.id)).now?.details;
      expect(details).toMatchObject({ lat: -23.5505, lng: -46.6333, loc: 'Showroom\nRua Augusta 100' });
    });

    test('Client.sendMessage(Contact): one contact becomes a vCard', async () => {
      const contact = await bench.client.getContactById(`${BRUNO}@c.us`);
      const sent = await bench.client.sendMessage(ANNA_CHAT, contact);
      expect(sent.type).toBe('vcard');
      expect(sent.vCards).toHaveLength(1);
      expect(sent.vCards[0]).toContain('FN:Bruno Alves');
      expect((await arrived(sent.id.id)).now?.body).toContain(`waid=${BRUNO}`);
    });

    test('Client.sendMessage(Contact[]): several contacts become one message with several vCards', async () => {
      const contacts = await Promise.all([BRUNO, ANNA].map((number) => bench.client.getContactById(`${number}@c.us`)));
      const sent = await bench.client.sendMessage(ANNA_CHAT, contacts);
      expect(sent.type).toBe('multi_vcard');
      expect(sent.vCards.map((card) => /FN:(.*)/.exec(card)?.[1])).toEqual(['Bruno Alves', 'Anna Weber']);
      expect((await arrived(sent.id.id)).now?.details?.['vcardList']).toHaveLength(2);
    });

    test('MessageSendOptions.parseVCards: a text that is a vCard becomes a contact, unless it is to stay a text', async () => {
      const card = 'BEGIN:VCARD\nVERSION:3.0\nN:;Carla Dias;;;\nFN:Carla Dias\nTEL:+5511955550000\nEND:VCARD';
      const sent = await bench.client.sendMessage(ANNA_CHAT, card);
      expect([sent.type, sent.rawData]).toMatchObject(['vcard', { vcardFormattedName: 'Carla Dias' }]);
      const text = await bench.client.sendMessage(ANNA_CHAT, card, { parseVCards: false });
      expect(text.type).toBe('chat');
      const broken = await bench.client.sendMessage(ANNA_CHAT, 'BEGIN:VCARD, he said');
      expect(broken.type).toBe('chat');
    });

    test('Client.sendMessage(Poll): question and options arrive, and whether several answers are allowed', async () => {
      const sent = await bench.client.sendMessage(
        ANNA_CHAT,
        new Poll('Which day?', ['Monday', 'Friday'], { allowMultipleAnswers: true, messageSecret: undefined }),
      );
      expect(sent).toMatchObject({
        type: 'poll_creation',
        body: 'Which day?',
        pollName: 'Which day?',
        allowMultipleAnswers: true,
      });
      expect(sent.pollOptions).toEqual([
        { name: 'Monday', localId: 0 },
        { name: 'Friday', localId: 1 },
      ]);
      expect(sent.messageSecret).toHaveLength(32);
      expect((await arrived(sent.id.id)).now?.details).toMatchObject({
        pollName: 'Which day?',
        pollSelectableOptionsCount: 0,
      });
    });

    test('Client.sendMessage(ScheduledEvent): name, time, place and call link arrive', async () => {
      const start = new Date(Date.now() + 86_400_000);
      const event = new ScheduledEvent('Delivery', start, {
        description: 'second floor',
        location: 'Rua Augusta 100',
        callType: 'video',
        messageSecret: undefined,
      });
      const sent = await bench.client.sendMessage(ANNA_CHAT, event);
      expect([sent.type, sent.body]).toEqual(['event_creation', 'Delivery']);
      const details = (await arrived(sent.id.id)).now?.details;
      expect(details).toMatchObject({
        eventName: 'Delivery',
        eventDescription: 'second floor',
        eventStartTime: Math.floor(start.getTime() / 1000),
        eventLocation: { name: 'Rua Augusta 100' },
      });
      expect(details?.['eventJoinLink']).toMatch(/^https:\/\/call\.whatsapp\.com\/video\/\w{22}$/);
    });

    test('Client.sendMessage(Buttons): WhatsApp turns messages with buttons down, the ack is −1', async () => {
      const sent = await bench.client.sendMessage(
        ANNA_CHAT,
        new Buttons('Choose', [{ body: 'Yes' }, { body: 'No' }], 'Title', 'Footer'),
      );
      expect(sent.dynamicReplyButtons).toMatchObject([
        { buttonText: { displayText: 'Yes' } },
        { buttonText: { displayText: 'No' } },
      ]);
      await eventually('the refusal', () => (acksOf(sent.id.id).includes(-1) ? true : undefined));
      expect((await bench.control.receivedBy(ANNA)).map(({ id }) => id)).not.toContain(sent.id.id);
    });

    test('Client.sendMessage(List): WhatsApp turns lists down, the ack is −1', async () => {
      const list = new List('Choose', 'Open', [{ title: 'Days', rows: [{ title: 'Monday' }] }], 'Title', 'Footer');
      const sent = await bench.client.sendMessage(ANNA_CHAT, list);
      expect([sent.type, sent.body]).toEqual(['list', 'Choose']);
      await eventually('the refusal', () => (acksOf(sent.id.id).includes(-1) ? true : undefined));
    });

    test('Client.sendMessage: a number that nobody has is refused, and a group that does not exist', async () => {
      await expect(bench.client.sendMessage('5511900000000@c.us', 'x')).rejects.toThrow('No LID for user');
      await expect(bench.client.sendMessage('120363000000000000@g.us', 'x')).rejects.toThrow();
    });

    test('Message.isEphemeral: in a group whose messages disappear, the message says so', async () => {
      const created = await bench.client.createGroup('Short memory', [ANNA_CHAT], { messageTimer: 86_400 });
      if (typeof created === 'string') throw new Error(created);
      const sent = await bench.client.sendMessage(created.gid._serialized, 'gone tomorrow');
      expect([sent.isEphemeral, sent.rawData]).toMatchObject([true, { ephemeralDuration: 86_400 }]);
      expect((await bench.client.sendMessage(ANNA_CHAT, 'here to stay')).isEphemeral).toBe(false);
    });

    test('Client.createCallLink: a link for a voice or a video call', async () => {
      expect(await bench.client.createCallLink(new Date(), 'voice')).toMatch(
        /^https:\/\/call\.whatsapp\.com\/voice\/\w{22}$/,
      );
      await expect(bench.client.createCallLink(new Date(), 'fax')).rejects.toThrow("Invalid 'callType'");
    });
  },
  { renamed: 'never' },
);
