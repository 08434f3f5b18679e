import { beforeEach, expect, test } from 'vitest';
import type { Message } from 'whatsapp-web.js';
import { lidOf } from '../../electron/simulator/network/ids';
import { ANNA, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const KNOWN = '4915100000011';
const HIDDEN = '4915100000012';
const idOf = (number: string) => `${number}@c.us`;

describeConformance('people who appear by hidden id', (target) => {
  const bench = target.linkedOnce({
    prepare: async (control) => {
      await control.createCustomer({ number: KNOWN, name: 'Lena', appearsAs: 'lid' });
      await control.createCustomer({ number: HIDDEN, name: 'Nobody', appearsAs: 'hidden', saved: false });
    },
  });

  beforeEach(() => bench.library.forget());

  const writes = async (number: string, body: string): Promise<Message> => {
    await bench.control.writeAs(number, { phone: PHONE, body });
    const [message] = await bench.library.until('message', ([one]) => (one as Message).body === body);
    return message as Message;
  };

  test('message: comes from the hidden id, and its chat is found by either id', async () => {
    const message = await writes(KNOWN, 'from a lid');
    expect(message.from).toBe(lidOf(KNOWN));
    const byNumber = await bench.client.getChatById(idOf(KNOWN));
    expect(byNumber.id._serialized).toBe(lidOf(KNOWN));
    expect((await bench.client.getChatById(lidOf(KNOWN))).name).toBe('Lena');
    expect((await bench.client.getChats()).filter((chat) => chat.name === 'Lena')).toHaveLength(1);
  });

  test('Client.sendMessage: to the number goes into the chat with the hidden id, once', async () => {
    const sent = await bench.client.sendMessage(idOf(KNOWN), 'to the number', { waitUntilMsgSent: true });
    if (!target.isRenamed) expect(sent.id.remote).toBe(lidOf(KNOWN));
    await eventually('delivery', async () => (await bench.control.receivedBy(KNOWN)).length === 1);
    expect((await bench.control.receivedBy(KNOWN))[0]).toMatchObject({ body: 'to the number', chatId: lidOf(KNOWN) });
    const ack = async () => (await bench.control.messagesOf(PHONE, lidOf(KNOWN))).at(-1)?.ack;
    await eventually('the read ack', async () => (await ack()) === 3);
  });

  test('Client.getContactById: the number stands in the place of the hidden id where it is known', async () => {
    const contact = await bench.client.getContactById(lidOf(KNOWN));
    expect([contact.id._serialized, contact.name]).toEqual([idOf(KNOWN), 'Lena']);
    expect(await bench.client.getContactLidAndPhone([lidOf(KNOWN)])).toEqual([{ lid: lidOf(KNOWN), pn: idOf(KNOWN) }]);
    expect((await bench.client.getNumberId(KNOWN))?._serialized).toBe(idOf(KNOWN));
  });

  test('Client.getContactLidAndPhone: nobody learns a number that is hidden', async () => {
    const message = await writes(HIDDEN, 'who am I?');
    expect(message.from).toBe(lidOf(HIDDEN));
    expect((await bench.client.getChatById(lidOf(HIDDEN))).name).toBe('~Nobody');
    expect(await bench.client.getContactLidAndPhone([lidOf(HIDDEN)])).toEqual([{ lid: lidOf(HIDDEN) }]);
    expect((await message.getContact()).id._serialized).toBe(lidOf(HIDDEN));
    await message.reply('No idea');
    await eventually('delivery', async () => (await bench.control.receivedBy(HIDDEN)).length === 1);
  });

  test('Contact.isBlocked: blocking by number and by hidden id is the same', async () => {
    const contact = await bench.client.getContactById(idOf(KNOWN));
    await contact.block();
    expect((await bench.client.getContactById(lidOf(KNOWN))).isBlocked).toBe(true);
    await contact.unblock();
    expect((await bench.client.getContactById(lidOf(KNOWN))).isBlocked).toBe(false);
  });

  test('message: whoever changes from number to hidden id has two chats from then on', async () => {
    await bench.control.createCustomer({ number: '4915100000013', name: 'Mira' });
    expect((await writes('4915100000013', 'first')).from).toBe('4915100000013@c.us');
    await bench.control.changeCustomer('4915100000013', { appearsAs: 'lid' });
    expect((await writes('4915100000013', 'second')).from).toBe(lidOf('4915100000013'));
    expect((await bench.client.getChats()).filter((chat) => chat.name === 'Mira')).toHaveLength(2);
  });

  test('ClientInfo.wid: the account itself is known by number, with a hidden id beside it', async () => {
    expect(bench.client.info.wid._serialized).toBe(ME);
    expect(await bench.client.getContactLidAndPhone([ME])).toEqual([{ lid: lidOf(PHONE), pn: ME }]);
  });
});

describeConformance(
  'two pages on one phone',
  (target) => {
    const bench = target.linkedOnce({ prepare: (control) => control.addHistory(PHONE, { chat: ANNA, count: 3 }) });

    test('Client.getChats: both see the same, and hear what the other does', async () => {
      const other = await bench.linkedClient();
      const view = async (client: typeof bench.client) => {
        const chat = await client.getChatById(idOf(ANNA));
        return { archived: chat.archived, pinned: chat.pinned, muted: chat.isMuted, unread: chat.unreadCount };
      };
      const agree = (what: object) =>
        eventually(`both pages to show ${JSON.stringify(what)}`, async () => {
          const both = await Promise.all([view(bench.client), view(other.client)]);
          return both.every((one) => JSON.stringify({ ...one, ...what }) === JSON.stringify(one));
        });
      await bench.client.archiveChat(idOf(ANNA));
      await other.until('chat_archived');
      await agree({ archived: true });
      await other.client.unarchiveChat(idOf(ANNA));
      await other.client.pinChat(idOf(ANNA));
      await bench.client.muteChat(idOf(ANNA));
      await agree({ archived: false, pinned: true, muted: true });
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'to both' });
      await Promise.all([bench.library.until('message'), other.until('message')]);
      await agree({ unread: 1 });
      await other.client.sendSeen(idOf(ANNA));
      await agree({ unread: 0 });
      await bench.client.sendMessage(idOf(ANNA), 'from the first');
      await other.until('message_create', ([one]) => (one as Message).body === 'from the first');
      await other.client.setDisplayName('Two pages');
      const name = async () => (await bench.client.getContactById(ME)).pushname;
      await eventually('the name', async () => (await name()) === 'Two pages');
      await (await other.client.getChatById(idOf(ANNA))).delete();
      await Promise.all([bench.library.until('chat_removed'), other.until('chat_removed')]);
    });
  },
  { renamed: 'never' },
);
