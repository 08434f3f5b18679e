import { expect, test } from 'vitest';
import type { GroupChat, GroupNotification, Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const BRUNO = '351912345678';
const BRUNO_CHAT = `${BRUNO}@c.us`;
const SUPPORT = '442079460018';

describeConformance('groups: messages in them', (target) => {
  const bench = target.linkedOnce({
    prepare: async (control) => {
      await control.createCustomer({ number: BRUNO, name: 'Bruno', autoRead: false });
      await control.createPhone({ number: SUPPORT, pushname: 'Support' });
    },
  });

  const groupBy = async (by: string, participants: readonly string[], settings = {}): Promise<string> => {
    const { id } = await bench.control.groups.create({ by, subject: 'Talk', participants, ...settings });
    await bench.library.until('group_update', ([one]) => (one as GroupNotification).chatId === id);
    bench.library.forget();
    return id;
  };
  const acked = (sent: Message, wanted: number) =>
    bench.library.until('message_ack', ([message, ack]) => (message as Message).id.id === sent.id.id && ack === wanted);

  test.skipIf(target.isRenamed)('message: carries the group, its author and whom it mentions', async () => {
    const id = await groupBy(PHONE, [ANNA, BRUNO]);
    await bench.control.writeAs(ANNA, {
      phone: PHONE,
      group: id,
      body: `@${PHONE} @${BRUNO} look`,
      mentions: [PHONE, BRUNO],
    });
    const [received] = await bench.library.until('message');
    const message = received as Message;
    expect(message).toMatchObject({ from: id, to: ME, author: ANNA_CHAT, fromMe: false });
    expect(message.mentionedIds).toEqual([ME, BRUNO_CHAT]);
    expect((await message.getMentions()).map((contact) => contact.id._serialized)).toEqual([ME, BRUNO_CHAT]);
    expect((await message.getContact()).name).toBe('Anna Weber');
    const chat = await message.getChat();
    expect(chat).toMatchObject({ isGroup: true, unreadCount: 1, name: 'Talk' });
    expect(chat.lastMessage.id.id).toBe(message.id.id);
    const quoted = await message.reply('Seen');
    expect(quoted.to).toBe(id);
    expect((await quoted.getQuotedMessage()).id._serialized).toBe(message.id._serialized);
  });

  test.skipIf(target.isRenamed)(
    'GroupChat.sendMessage: everybody gets it once, and everybody can be mentioned',
    async () => {
      const id = await groupBy(PHONE, [ANNA, BRUNO]);
      const group = (await bench.client.getChatById(id)) as GroupChat;
      const everybody = group.participants.map((one) => one.id._serialized);
      const sent = await group.sendMessage('All of you', { mentions: everybody });
      expect(sent.id._serialized).toBe(`true_${id}_${sent.id.id}_${ME}`);
      expect(sent.author).toBe(ME);
      await acked(sent, 2);
      for (const number of [ANNA, BRUNO]) {
        const received = await bench.control.receivedBy(number, PHONE);
        expect(received.filter((message) => message.id === sent.id.id)).toMatchObject([{ chatId: id, copies: 1 }]);
      }
      expect((await bench.client.getMessageById(sent.id._serialized)).mentionedIds).toHaveLength(3);
    },
  );

  test.skipIf(target.isRenamed)(
    'message_ack and Message.getInfo: two ticks when all have it, blue when all have read, and who when',
    async () => {
      const id = await groupBy(PHONE, [ANNA, BRUNO]);
      const sent = await bench.client.sendMessage(id, 'Who has read it?');
      await acked(sent, 2);
      const idsOf = (entries: readonly { readonly id: unknown }[] | undefined) =>
        (entries ?? []).map((entry) => (entry.id as { readonly _serialized: string })._serialized);
      await eventually('Anna to have read it', async () => {
        const info = await sent.getInfo();
        return idsOf(info?.read).includes(ANNA_CHAT) ? true : undefined;
      });
      const before = await sent.getInfo();
      expect(idsOf(before?.read)).toEqual([ANNA_CHAT]);
      expect(before?.readRemaining).toBe(1);
      expect(bench.library.all('message_ack').some(([, ack]) => ack === 3)).toBe(false);
      await bench.control.readAs(BRUNO, { phone: PHONE, group: id });
      await acked(sent, 3);
      const after = await sent.getInfo();
      expect(idsOf(after?.read).toSorted()).toEqual([ANNA_CHAT, BRUNO_CHAT].toSorted());
      expect(after?.readRemaining).toBe(0);
    },
  );

  test.skipIf(target.isRenamed)(
    'GroupChat.sendMessage: −1 in an announcement group for who is no admin, and through once it is one',
    async () => {
      const id = await groupBy(ANNA, [PHONE, BRUNO], { announce: true });
      const refused = await bench.client.sendMessage(id, 'May I?');
      await acked(refused, -1);
      await expect(bench.control.writeAs(BRUNO, { phone: PHONE, group: id, body: 'May I?' })).rejects.toThrow(/403/);
      await bench.control.groups.promote(id, { people: [PHONE] });
      await bench.library.until('group_admin_changed');
      await acked(await bench.client.sendMessage(id, 'Now I may'), 2);
    },
  );

  test('GroupChat.fetchMessages: what people wrote, without what the group says about itself', async () => {
    const id = await groupBy(PHONE, [ANNA]);
    await bench.control.groups.change(id, { subject: 'Renamed' });
    await bench.control.writeAs(ANNA, { phone: PHONE, group: id, body: 'one' });
    await bench.library.until('message');
    await bench.client.sendMessage(id, 'two');
    await bench.library.until('message_create', ([one]) => (one as Message).body === 'two');
    const chat = await bench.client.getChatById(id);
    expect((await chat.fetchMessages({})).map(({ body }) => body)).toEqual(['one', 'two']);
    const stored = await bench.control.messagesOf(PHONE, id);
    expect(stored.map(({ type }) => type)).toEqual(['gp2', 'gp2', 'chat', 'chat']);
  });

  test('group notifications never arrive as messages and leave the unread count alone', async () => {
    const id = await groupBy(ANNA, [PHONE]);
    await bench.control.groups.add(id, { people: [BRUNO] });
    await bench.control.writeAs(ANNA, { phone: PHONE, group: id, body: 'after' });
    await bench.library.until('message');
    expect(bench.library.all('message')).toHaveLength(1);
    expect(bench.library.all('message_create')).toHaveLength(1);
    expect((await bench.client.getChatById(id)).unreadCount).toBe(1);
  });

  test.skipIf(target.isRenamed)(
    'two accounts in one group: what one writes and changes reaches the other',
    async () => {
      const other = await bench.linkedClient(SUPPORT);
      const id = await groupBy(PHONE, [SUPPORT]);
      const sent = await bench.client.sendMessage(id, 'From sales');
      const [received] = await other.until('message', ([one]) => (one as Message).from === id);
      expect(received).toMatchObject({ body: 'From sales', author: ME });
      await other.client.sendSeen(id);
      await acked(sent, 3);
      const group = (await bench.client.getChatById(id)) as GroupChat;
      await group.setSubject('From both');
      await other.until('group_update', ([one]) => (one as GroupNotification).body === 'From both');
      expect((await other.client.getChatById(id)).name).toBe('From both');
    },
  );

  test('all pages of one phone see what one of them does to a group', async () => {
    const second = await bench.linkedClient(PHONE);
    const result = await bench.client.createGroup('Twice', [ANNA_CHAT]);
    if (typeof result === 'string') throw new Error(result);
    const id = (result.gid as unknown as { readonly _serialized: string })._serialized;
    await second.until('group_update', ([one]) => (one as GroupNotification).chatId === id);
    const group = (await second.client.getChatById(id)) as GroupChat;
    expect(await group.setSubject('Once')).toBe(true);
    await bench.library.until('group_update', ([one]) => (one as GroupNotification).body === 'Once');
    expect((await bench.client.getChatById(id)).name).toBe('Once');
  });
});
