import { beforeEach, expect, test } from 'vitest';
import type { Chat } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

// The library looks for the last message of every chat by a key that it cannot read once keys are renamed. What is left of
// these methods then is in session-builds.test.ts.
const CLASSIC_ONLY = { renamed: 'never' } as const;

const OTHERS = ['351912345678', '14155550106', '442079460123'];
const chatIdOf = (number: string) => `${number}@c.us`;

describeConformance(
  'chats',
  (target) => {
    const bench = target.linkedOnce({
      prepare: async (control) => {
        for (const [index, number] of OTHERS.entries()) {
          await control.createCustomer({ number, name: `Customer ${index}` });
          await control.addHistory(PHONE, { chat: number, count: 3 });
        }
        await control.addHistory(PHONE, { chat: ANNA, count: 30 });
      },
    });
    const chat = (number = ANNA): Promise<Chat> => bench.client.getChatById(chatIdOf(number));
    const onPhone = async (number = ANNA) =>
      (await bench.control.chatsOf(PHONE)).find(({ id }) => id === chatIdOf(number));

    beforeEach(() => bench.library.forget());

    test('Client.getChats: every chat with its title, time and last message, the newest first', async () => {
      const chats = await bench.client.getChats();
      expect(chats.map((one) => one.name).toSorted()).toEqual(['Anna Weber', 'Customer 0', 'Customer 1', 'Customer 2']);
      const times = chats.map((one) => one.timestamp);
      expect(times).toEqual(times.toSorted((one, other) => other - one));
      for (const one of chats) {
        expect(one).toMatchObject({
          isGroup: false,
          isReadOnly: false,
          archived: false,
          pinned: false,
          isLocked: false,
          isMuted: false,
        });
        expect(one.constructor.name).toBe('PrivateChat');
        expect(one.lastMessage.timestamp).toBe(one.timestamp);
      }
    });

    test('Client.getChatById: a chat with somebody who never wrote is made on the spot', async () => {
      await bench.control.createCustomer({ number: '5511912345678', name: 'Rafael', saved: false });
      const fresh = await chat('5511912345678');
      expect(fresh).toMatchObject({ name: '+55 11 91234-5678', unreadCount: 0, timestamp: 0 });
      expect(fresh.lastMessage).toBeUndefined();
      await expect(bench.client.getChatById('4930000000@c.us')).rejects.toThrow('No LID for user');
    });

    test('Client.archiveChat, Client.unarchiveChat: the chat moves on every side and chat_archived tells so', async () => {
      expect(await bench.client.archiveChat(ANNA_CHAT)).toBe(true);
      const [archived, now, before] = await bench.library.until('chat_archived');
      expect([(archived as Chat).archived, now, before]).toEqual([true, true, false]);
      expect(await onPhone()).toMatchObject({ archived: true });
      expect(await bench.client.unarchiveChat(ANNA_CHAT)).toBe(false);
      await bench.library.until('chat_archived', ([, state]) => state === false);
      expect((await chat()).archived).toBe(false);
      expect(await onPhone()).toMatchObject({ archived: false });
    });

    test('Chat.archive, Chat.unarchive: the same from the chat, and what the phone archives arrives here', async () => {
      expect(await (await chat()).archive()).toBe(true);
      expect(await (await chat()).unarchive()).toBe(false);
      await bench.library.until('chat_archived', ([, now]) => now === false);
      bench.library.forget();
      await bench.control.people.changeChat(PHONE, ANNA, { archived: true });
      await bench.library.until('chat_archived', ([, now]) => now === true);
      await bench.control.people.changeChat(PHONE, ANNA, { archived: false });
      await bench.library.until('chat_archived', ([, now]) => now === false);
    });

    test('Client.pinChat, Client.unpinChat: three chats at most, pinned ones first', async () => {
      for (const number of OTHERS) expect(await bench.client.pinChat(chatIdOf(number))).toBe(true);
      expect(await bench.client.pinChat(ANNA_CHAT)).toBe(false);
      const pinned = (await bench.client.getChats()).map((one) => one.pinned);
      expect(pinned.slice(0, 4)).toEqual([true, true, true, false]);
      expect(await onPhone(OTHERS[0])).toMatchObject({ pinned: true });
      for (const number of OTHERS) expect(await bench.client.unpinChat(chatIdOf(number))).toBe(false);
      expect((await bench.client.getChats()).some((one) => one.pinned)).toBe(false);
    });

    test('Chat.pin, Chat.unpin: pin a chat and take the pin off', async () => {
      expect(await (await chat()).pin()).toBe(true);
      expect((await chat()).pinned).toBe(true);
      expect(await (await chat()).pin()).toBe(true);
      expect(await (await chat()).unpin()).toBe(false);
      expect(await onPhone()).toMatchObject({ pinned: false });
    });

    test('Client.muteChat, Client.unmuteChat: until a date or for ever, and over again once the date is past', async () => {
      const until = new Date(Date.now() + 3_600_000);
      const at = Math.floor(until.getTime() / 1000);
      expect(await bench.client.muteChat(ANNA_CHAT, until)).toEqual({ isMuted: true, muteExpiration: at });
      expect(await chat()).toMatchObject({ isMuted: true, muteExpiration: at });
      expect(await onPhone()).toMatchObject({ muteExpiration: at });
      expect(await bench.client.muteChat(ANNA_CHAT)).toEqual({ isMuted: true, muteExpiration: -1 });
      expect(await bench.client.unmuteChat(ANNA_CHAT)).toEqual({ isMuted: false, muteExpiration: 0 });
      expect(await bench.client.muteChat(ANNA_CHAT, new Date(Date.now() - 60_000))).toMatchObject({ isMuted: false });
      expect(await chat()).toMatchObject({ isMuted: false, muteExpiration: 0 });
    });

    test('Chat.mute, Chat.unmute: the chat itself knows afterwards', async () => {
      const open = await chat();
      await open.mute();
      expect(open).toMatchObject({ isMuted: true, muteExpiration: -1 });
      await open.unmute();
      expect(open).toMatchObject({ isMuted: false, muteExpiration: 0 });
    });

    test('Client.markChatUnread, Chat.markUnread, unread_count: a chat is marked by hand, and seen again', async () => {
      await bench.client.markChatUnread(ANNA_CHAT);
      const [marked] = await bench.library.until('unread_count');
      expect((marked as Chat).unreadCount).toBe(-1);
      expect(await onPhone()).toMatchObject({ unreadCount: -1 });
      expect(await bench.client.sendSeen(ANNA_CHAT)).toBe(true);
      await bench.library.until('unread_count', ([seen]) => (seen as Chat).unreadCount === 0);
      await (await chat()).markUnread();
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'new' });
      await bench.library.until('unread_count', ([one]) => (one as Chat).unreadCount === 1);
      expect(await (await chat()).sendSeen()).toBe(true);
      expect((await chat()).unreadCount).toBe(0);
      expect(await onPhone()).toMatchObject({ unreadCount: 0 });
    });

    test('unread_count: reading on the phone clears the count here', async () => {
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'one' });
      await bench.library.until('unread_count', ([one]) => (one as Chat).unreadCount === 1);
      await bench.control.people.changeChat(PHONE, ANNA, { unread: false });
      await bench.library.until('unread_count', ([one]) => (one as Chat).unreadCount === 0);
    });

    test('Chat.sendStateTyping, Chat.sendStateRecording, Chat.clearState: the other side sees it', async () => {
      const open = await chat();
      expect([await open.sendStateTyping(), await open.sendStateRecording(), await open.clearState()]).toEqual([
        true,
        true,
        true,
      ]);
      const typing = async () => (await bench.control.ledger({ phone: PHONE })).filter(({ kind }) => kind === 'typing');
      await eventually('the three states', async () => (await typing()).length === 3);
      expect(new Set((await typing()).map(({ body }) => body))).toEqual(new Set(['composing', 'paused', 'recording']));
    });

    test('Chat.fetchMessages: as many as asked for, only own ones when asked, in order', async () => {
      const all = await (await chat()).fetchMessages({ limit: 25 });
      expect(all).toHaveLength(25);
      const times = all.map((message) => message.timestamp);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      const mine = await (await chat()).fetchMessages({ limit: 5, fromMe: true });
      expect(mine.map((message) => message.fromMe)).toEqual([true, true, true, true, true]);
      expect((await (await chat()).fetchMessages({})).length).toBeGreaterThanOrEqual(25);
    });

    test('Client.syncHistory, Chat.syncHistory: what only the phone has comes when asked for, 50 at a time', async () => {
      await bench.control.createCustomer({ number: '33612345678', name: 'Claire' });
      await bench.control.addHistory(PHONE, { chat: '33612345678', count: 60, onPhoneOnly: true });
      await bench.control.writeAs('33612345678', { phone: PHONE, body: 'hello' });
      await bench.library.until('message');
      const count = async () => (await (await chat('33612345678')).fetchMessages({ limit: 500 })).length;
      expect(await count()).toBe(1);
      expect(await bench.client.syncHistory(chatIdOf('33612345678'))).toBe(true);
      expect(await count()).toBe(51);
      expect(await (await chat('33612345678')).syncHistory()).toBe(true);
      expect(await count()).toBe(61);
      expect(await (await chat('33612345678')).syncHistory()).toBe(false);
      expect(bench.library.all('message')).toHaveLength(1);
    });

    test('Chat.clearMessages: the chat stays and is empty, here and on the phone', async () => {
      const number = OTHERS[1] ?? '';
      expect(await (await chat(number)).clearMessages()).toBe(true);
      const cleared = await chat(number);
      expect(cleared.lastMessage).toBeUndefined();
      expect(await cleared.fetchMessages({ limit: 10 })).toEqual([]);
      expect(await onPhone(number)).toMatchObject({ messages: 0 });
      expect((await bench.client.getChats()).map((one) => one.id._serialized)).toContain(chatIdOf(number));
      expect(bench.library.names()).not.toContain('message_revoke_me');
    });

    test('Chat.delete, chat_removed: the chat is gone, and comes back with the next message', async () => {
      const number = OTHERS[2] ?? '';
      expect(await (await chat(number)).delete()).toBe(true);
      const [removed] = await bench.library.until('chat_removed');
      expect((removed as Chat).id._serialized).toBe(chatIdOf(number));
      const ids = async () => (await bench.client.getChats()).map((one) => one.id._serialized);
      expect(await ids()).not.toContain(chatIdOf(number));
      expect(await onPhone(number)).toBeUndefined();
      await bench.control.writeAs(number, { phone: PHONE, body: 'back again' });
      await bench.library.until('message');
      expect(await ids()).toContain(chatIdOf(number));
      expect((await (await chat(number)).fetchMessages({ limit: 10 })).map(({ body }) => body)).toEqual(['back again']);
    });

    test('chat_removed: a chat deleted on the phone is gone here', async () => {
      const number = OTHERS[0] ?? '';
      await bench.control.people.deleteChat(PHONE, number);
      const [removed] = await bench.library.until('chat_removed');
      expect((removed as Chat).id._serialized).toBe(chatIdOf(number));
    });

    test('Client.archiveChat: without a connection the change waits for it, and is not lost', async () => {
      await bench.control.fault({ name: 'socket-down', phone: PHONE, forMs: 400 });
      await bench.library.until('change_state');
      expect(await bench.client.archiveChat(ANNA_CHAT)).toBe(true);
      expect(await onPhone()).toMatchObject({ archived: true });
      await bench.client.unarchiveChat(ANNA_CHAT);
    });

    test('chat_archived, unread_count: what happened while the socket was down is told afterwards', async () => {
      await bench.control.fault({ name: 'socket-down', phone: PHONE, forMs: 400 });
      await bench.library.until('change_state');
      await bench.control.people.changeChat(PHONE, ANNA, { archived: true, unread: true });
      await bench.library.until('chat_archived');
      await bench.library.until('unread_count', ([one]) => (one as Chat).unreadCount === -1);
      await bench.control.people.changeChat(PHONE, ANNA, { archived: false, unread: false });
      await bench.library.until('chat_archived', ([, state]) => state === false);
    });

    test('Chat.getPinnedMessages: what is pinned in this chat', async () => {
      const open = await chat();
      expect(await open.getPinnedMessages()).toEqual([]);
      const [message] = await open.fetchMessages({ limit: 1 });
      expect(await message?.pin(86_400)).toBe(true);
      const pinned = async () => (await open.getPinnedMessages()).map(({ id }) => id.id);
      await eventually('the pin', async () => (await pinned()).includes(message?.id.id ?? ''));
      await message?.unpin();
      await eventually('no pin', async () => (await pinned()).length === 0);
    });

    test('Chat.getContact: the person behind the chat', async () => {
      expect(await (await chat()).getContact()).toMatchObject({ name: 'Anna Weber', number: ANNA, isMe: false });
    });

    test('Chat.sendMessage: goes to this chat', async () => {
      const sent = await (await chat()).sendMessage('from the chat');
      expect(sent.to).toBe(ANNA_CHAT);
      await eventually('delivery', async () =>
        (await bench.control.receivedBy(ANNA)).some(({ body }) => body === 'from the chat'),
      );
    });
  },
  CLASSIC_ONLY,
);
