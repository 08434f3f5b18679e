import { expect, test } from 'vitest';
import wwebjs, { type Message, type PollVote } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const BRUNO = '5511987650101';
const { Poll, ScheduledEvent } = wwebjs;

/** The library's types take the browser's Event for its own. */
const eventOf = (event: InstanceType<typeof ScheduledEvent>) => event as unknown as Event;

describeConformance(
  'kinds of messages',
  (target) => {
    let group = '';
    const bench = target.linkedOnce({
      prepare: async (control) => {
        await control.createCustomer({ number: BRUNO, name: 'Bruno Alves' });
        group = (await control.createGroup({ phone: PHONE, subject: 'Partners', participants: [ANNA, BRUNO] })).id;
      },
    });

    const heard = async (id: string, name = 'message') =>
      (await bench.library.until(name, ([one]) => (one as Message).id.id === id))[0] as Message;
    const fromAnna = async (
      content: Parameters<typeof bench.control.writeAs>[1] extends infer C ? Omit<C, 'phone'> : never,
    ) => heard((await bench.control.writeAs(ANNA, { phone: PHONE, ...content })).id);
    const voteOf = async (voter: string, fits: (vote: PollVote) => boolean = () => true) =>
      (
        await bench.library.until(
          'vote_update',
          ([vote]) => (vote as PollVote).voter === voter && fits(vote as PollVote),
        )
      )[0] as PollVote;

    test('vote_update: a customer votes on our poll, and changes the vote', async () => {
      const poll = await bench.client.sendMessage(ANNA_CHAT, new Poll('Colour?', ['Oak', 'Walnut']));
      const place = { phone: PHONE, message: poll.id.id };
      await bench.control.messages.voteAs(ANNA, { ...place, options: ['Oak'] });
      const first = await voteOf(ANNA_CHAT);
      expect(first.selectedOptions).toEqual([{ name: 'Oak', localId: 0 }]);
      expect(first.parentMessage).toMatchObject({ pollName: 'Colour?', id: { id: poll.id.id } });
      expect((first as PollVote & { readonly parentMsgKey: unknown }).parentMsgKey).toMatchObject({ id: poll.id.id });
      expect(first.interractedAtTs).toBeGreaterThan(Date.now() - 60_000);
      await bench.control.messages.voteAs(ANNA, { ...place, options: [] });
      await voteOf(ANNA_CHAT, (vote) => vote.selectedOptions.length === 0);
      await expect(bench.control.messages.voteAs(ANNA, { ...place, options: ['Oak', 'Walnut'] })).rejects.toThrow(
        '400',
      );
    });

    test('Message.vote: our vote on a customer’s poll reaches the network and comes back as an event', async () => {
      const poll = await fromAnna({ poll: { name: 'When?', options: ['Monday', 'Friday'], multiple: true } });
      expect(poll).toMatchObject({ type: 'poll_creation', body: 'When?', allowMultipleAnswers: true });
      await poll.vote(['Monday', 'Friday']);
      const vote = await voteOf(ME);
      expect(vote.selectedOptions.map(({ name }) => name)).toEqual(['Monday', 'Friday']);
      const { votes } = await bench.control.messages.get(PHONE, ANNA_CHAT, poll.id.id);
      expect(votes).toMatchObject([{ sender: ME, options: [0, 1] }]);
      await poll.vote([]);
      expect((await bench.control.messages.get(PHONE, ANNA_CHAT, poll.id.id)).votes).toMatchObject([{ options: [] }]);
      const text = await fromAnna({ body: 'no poll' });
      await expect(text.vote(['x'])).rejects.toBe('Invalid usage! Can only be used with a pollCreation message');
    });

    test('Client.getPollVotes and Message.getPollVotes: everybody’s vote with the names of the options', async () => {
      const poll = await bench.client.sendMessage(group, new Poll('Lunch?', ['Noon', 'One']));
      for (const [customer, option] of [
        [ANNA, 'One'],
        [BRUNO, 'Noon'],
      ] as const) {
        await bench.control.messages.voteAs(customer, { phone: PHONE, group, message: poll.id.id, options: [option] });
      }
      const votes = await poll.getPollVotes();
      expect(votes.map(({ voter, selectedOptions }) => [voter, selectedOptions[0]?.name])).toEqual([
        [ANNA_CHAT, 'One'],
        [`${BRUNO}@c.us`, 'Noon'],
      ]);
      expect(await bench.client.getPollVotes(poll.id._serialized)).toHaveLength(2);
      const text = await bench.client.sendMessage(ANNA_CHAT, 'no poll');
      await expect(bench.client.getPollVotes(text.id._serialized)).rejects.toContain('Invalid usage');
    });

    test('Client.sendMessage(Poll): WhatsApp takes at most twelve options, and no two alike', async () => {
      const tooMany = Array.from({ length: 13 }, (_, index) => `Option ${index}`);
      for (const options of [tooMany, ['same', 'same']]) {
        const sent = await bench.client.sendMessage(ANNA_CHAT, new Poll('Too much?', options));
        await bench.library.until('message_ack', ([one, ack]) => (one as Message).id.id === sent.id.id && ack === -1);
      }
    });

    test('Client.sendResponseToScheduledEvent: the answer to a customer’s event is known, and can be taken back', async () => {
      const event = await fromAnna({ event: { name: 'Visit', start: 1_900_000_000, location: 'Showroom' } });
      expect(event).toMatchObject({ type: 'event_creation', body: 'Visit' });
      const { _serialized: key, id } = event.id;
      const responses = async () => (await bench.control.messages.get(PHONE, ANNA_CHAT, id)).responses;
      expect(await bench.client.sendResponseToScheduledEvent(1, key)).toBe(true);
      expect(await responses()).toEqual({ [PHONE]: 'going' });
      expect(await bench.client.sendResponseToScheduledEvent(3, key)).toBe(true);
      expect(await responses()).toEqual({ [PHONE]: 'maybe' });
      expect(await bench.client.sendResponseToScheduledEvent(0, key)).toBe(true);
      expect(await responses()).toEqual({});
      expect(await bench.client.sendResponseToScheduledEvent(4, key)).toBe(false);
      expect(await bench.client.sendResponseToScheduledEvent(1, `false_${ANNA_CHAT}_3EB0FFFFFFFFFFFFFFFFFF`)).toBe(
        false,
      );
    });

    test('Message.editScheduledEvent: time and name change for everybody; cancelled is the end', async () => {
      const sent = await bench.client.sendMessage(
        ANNA_CHAT,
        new ScheduledEvent('Delivery', new Date(1_900_000_000_000), { callType: 'none', messageSecret: undefined }),
      );
      await bench.control.messages.answerAs(ANNA, { phone: PHONE, message: sent.id.id, answer: 'going' });
      const moved = new ScheduledEvent('Delivery, later', new Date(1_900_000_600_000), {
        callType: 'none',
        messageSecret: undefined,
        description: 'sorry',
      });
      expect((await sent.editScheduledEvent(eventOf(moved)))?.body).toBe('Delivery, later');
      const now = await bench.control.messages.get(PHONE, ANNA_CHAT, sent.id.id);
      expect(now).toMatchObject({
        details: { eventName: 'Delivery, later', eventStartTime: 1_900_000_600, eventDescription: 'sorry' },
        responses: { [ANNA]: 'going' },
      });
      const cancelled = new ScheduledEvent('Delivery, later', new Date(1_900_000_600_000), {
        callType: 'none',
        messageSecret: undefined,
        isEventCanceled: true,
      });
      expect((await sent.editScheduledEvent(eventOf(cancelled)))?.rawData).toMatchObject({ isEventCanceled: true });
      await expect(sent.editScheduledEvent(eventOf(moved))).rejects.toThrow('cancelled');
      expect(await (await fromAnna({ body: 'not mine' })).editScheduledEvent(eventOf(moved))).toBeNull();
    });

    test('message: a customer’s location has place, name and address', async () => {
      const message = await fromAnna({
        location: {
          latitude: 52.52,
          longitude: 13.405,
          name: 'Home',
          address: 'Hauptstraße 1',
          url: 'https://maps.example/2',
        },
      });
      expect(message.type).toBe('location');
      expect(message.location).toMatchObject({
        latitude: 52.52,
        longitude: 13.405,
        name: 'Home',
        address: 'Hauptstraße 1',
        url: 'https://maps.example/2',
        description: 'Home\nHauptstraße 1',
      });
      const bare = await fromAnna({ location: { latitude: 0, longitude: 0 } });
      expect(bare.location).toMatchObject({ latitude: 0, longitude: 0, description: '' });
    });

    test('message: a customer sends one contact card, or several', async () => {
      const one = await fromAnna({ contacts: [{ name: 'Carla Dias', number: '5511955550000' }] });
      expect([one.type, one.vCards.length]).toEqual(['vcard', 1]);
      expect(one.vCards[0]).toContain('waid=5511955550000');
      const contacts = [
        { name: 'Carla Dias', number: '5511955550000' },
        { name: 'Davi', number: '5511955550001' },
      ];
      const several = await fromAnna({ contacts });
      expect([several.type, several.vCards.length]).toEqual(['multi_vcard', 2]);
    });

    test('message: a customer passes something on, and a link carries its preview', async () => {
      const url = 'https://news.example/oak';
      await bench.control.messages.setLinkPreview({ url, title: 'Oak is back' });
      const message = await fromAnna({ body: `look ${url}`, forwarded: 5 });
      expect(message).toMatchObject({ isForwarded: true, forwardingScore: 5, title: 'Oak is back' });
      expect(message.links).toEqual([{ link: url, isSuspicious: false }]);
      const strange = await fromAnna({ body: 'http://shоp.example/' });
      expect(strange.links[0]?.isSuspicious).toBe(true);
    });

    test('Message.getOrder and Product.getData: a customer’s order with its products', async () => {
      const products = [
        { id: '7001', name: 'Chair', price: 490_000, quantity: 2, description: 'oak', retailerId: 'C-1' },
        { name: 'Table', price: 3_490_000 },
      ];
      const message = await fromAnna({ order: { title: 'Dining room', currency: 'BRL', products } });
      expect(message.type).toBe('order');
      expect(message.orderId).toMatch(/^\d+$/);
      const order = await message.getOrder();
      expect(order).toMatchObject({ total: '4470000', subtotal: '4470000', currency: 'BRL' });
      expect(order.products).toMatchObject([
        { name: 'Chair', price: '490000', quantity: 2 },
        { name: 'Table', quantity: 1 },
      ]);
      expect(await order.products[0]?.getData()).toMatchObject({
        id: '7001',
        name: 'Chair',
        description: 'oak',
        retailer_id: 'C-1',
      });
      expect(await (await fromAnna({ body: 'no order' })).getOrder()).toBeUndefined();
    });

    test('message: a customer asks about a product', async () => {
      const product = { id: '7002', title: 'Lamp', owner: PHONE, description: 'brass' };
      const message = await fromAnna({ product });
      expect(message).toMatchObject({
        type: 'product',
        productId: '7002',
        title: 'Lamp',
        description: 'brass',
        businessOwnerJid: ME,
      });
    });

    test('Message.getPayment: amount, currency, receiver and note', async () => {
      const message = await fromAnna({
        payment: { currency: 'BRL', amount: 150_000, receiver: PHONE, note: 'first part' },
      });
      expect(message.type).toBe('payment');
      expect(await message.getPayment()).toMatchObject({
        paymentCurrency: 'BRL',
        paymentAmount1000: 150_000,
        paymentMessageReceiverJid: ME,
        paymentNote: 'first part',
      });
      expect(await (await fromAnna({ body: 'no payment' })).getPayment()).toBeUndefined();
    });

    test('message: answers to buttons and lists name what was chosen', async () => {
      const button = await fromAnna({ buttonReply: { id: 'yes', text: 'Yes' } });
      expect(button).toMatchObject({ type: 'buttons_response', body: 'Yes', selectedButtonId: 'yes' });
      const row = await fromAnna({ listReply: { id: 'monday', title: 'Monday' } });
      expect(row).toMatchObject({ type: 'list_response', body: 'Monday', selectedRowId: 'monday' });
    });

    test('message_ciphertext: what cannot be decrypted comes as message once the phone has sent it again', async () => {
      const { id } = await bench.control.writeAs(ANNA, {
        phone: PHONE,
        body: 'readable later',
        undecryptable: 'recoverable',
      });
      const sealed = await heard(id, 'message_ciphertext');
      expect(sealed).toMatchObject({ type: 'ciphertext', body: '' });
      expect(bench.library.all('message').map(([one]) => (one as Message).id.id)).not.toContain(id);
      await bench.control.messages.decryptOnPhone(PHONE, { chat: ANNA_CHAT, message: id });
      expect((await heard(id)).body).toBe('readable later');
      expect(bench.library.all('message_edit').filter(([one]) => (one as Message).id.id === id)).toEqual([]);
    });

    test('message_ciphertext: the library’s own request to the phone brings the message, and a lost one fails', {
      timeout: 40_000,
    }, async () => {
      const found = await bench.control.writeAs(ANNA, {
        phone: PHONE,
        body: 'asked for',
        undecryptable: 'recoverable',
      });
      const lost = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'lost', undecryptable: 'lost' });
      await eventually(
        'the answer of the phone',
        () => bench.library.all('message').find(([one]) => (one as Message).id.id === found.id),
        10_000,
      );
      const failed = await eventually('the failure', () => bench.library.all('message_ciphertext_failed')[0], 20_000);
      expect((failed[0] as Message).id.id).toBe(lost.id);
    });
  },
  { renamed: 'never' },
);

describeConformance(
  'finding messages',
  (target) => {
    const bench = target.linkedOnce({
      prepare: async (control) => {
        await control.createCustomer({ number: BRUNO, name: 'Bruno Alves' });
        await control.createPhone({ number: PHONE });
        for (let index = 1; index <= 25; index += 1) {
          await control.writeAs(ANNA, { phone: PHONE, body: `Preço número ${index}` });
        }
        await control.writeAs(BRUNO, { phone: PHONE, body: 'Qual o preço da mesa?' });
      },
    });

    test('Client.searchMessages: finds words without case and accents, newest first, also what is not loaded', async () => {
      const all = await bench.client.searchMessages('preco', { limit: 100 });
      expect(all).toHaveLength(26);
      expect(all.map(({ body }) => body)).toContain('Preço número 1');
      expect((await bench.client.searchMessages('PREÇO mesa')).map(({ body }) => body)).toEqual([
        'Qual o preço da mesa?',
      ]);
      expect(await bench.client.searchMessages('nothing like it')).toEqual([]);
    });

    test('Client.searchMessages: a page at a time, within one chat', async () => {
      const page = (number: number) =>
        bench.client.searchMessages('numero', { page: number, limit: 10, chatId: ANNA_CHAT });
      const [first, third] = [await page(1), await page(3)];
      expect([first.length, third.length]).toEqual([10, 5]);
      expect(new Set([...first, ...third].map(({ id }) => id.id)).size).toBe(15);
      expect(await bench.client.searchMessages('preco', { chatId: `${BRUNO}@c.us` })).toHaveLength(1);
    });

    test('Client.getMessageById: also older ones; an unknown id gives null, a wrong one an error', async () => {
      const [oldest] = await bench.control.messagesOf(PHONE, ANNA_CHAT, 100);
      const found = await bench.client.getMessageById(`false_${ANNA_CHAT}_${oldest?.id}`);
      expect(found.body).toBe('Preço número 1');
      expect(await bench.client.getMessageById(`false_${ANNA_CHAT}_3EB0FFFFFFFFFFFFFFFFFF`)).toBeNull();
      await expect(bench.client.getMessageById('no id')).rejects.toThrow('Invalid serialized message id specified');
    });

    test('Message.reload: null once the message is gone', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'short life');
      expect((await sent.reload())?.body).toBe('short life');
      await sent.delete();
      expect(await sent.reload()).toBeNull();
    });

    test('Client.getPinnedMessages: none where nothing is pinned', async () => {
      expect(await bench.client.getPinnedMessages(`${BRUNO}@c.us`)).toEqual([]);
    });
  },
  { renamed: 'never' },
);
