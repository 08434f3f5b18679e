import { beforeEach, expect, test } from 'vitest';
import wwebjs, { type Call, type Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const { MessageMedia } = wwebjs;
const STATUS = 'status@broadcast';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describeConformance('statuses', (target) => {
  const bench = target.linkedOnce();

  beforeEach(() => bench.library.forget());

  test('message: a status of a contact arrives as a message of the status list', async () => {
    const { phones } = await bench.control.people.postStatus(ANNA, {
      body: 'At the lake',
      backgroundColor: 4_286_566_821,
    });
    expect(phones).toBe(1);
    const [message] = (await bench.library.until('message')) as [Message];
    expect(message).toMatchObject({ body: 'At the lake', from: STATUS, author: ANNA_CHAT, isStatus: true });
  });

  test('Client.getBroadcasts, Client.getBroadcastById: what a contact shows', async () => {
    const [broadcast] = await bench.client.getBroadcasts();
    expect(broadcast?.id._serialized).toBe(ANNA_CHAT);
    expect(broadcast).toMatchObject({ totalCount: 1, unreadCount: 1 });
    expect(broadcast?.msgs.map(({ body }) => body)).toEqual(['At the lake']);
    expect(broadcast?.timestamp).toBe(broadcast?.msgs[0]?.timestamp);
    expect((await bench.client.getBroadcastById(ANNA_CHAT)).totalCount).toBe(1);
    expect((await bench.client.getBroadcastById('1234567@c.us')).id).toBeUndefined();
  });

  test('Broadcast.getChat, Broadcast.getContact, Contact.getBroadcast: whose it is', async () => {
    const broadcast = await bench.client.getBroadcastById(ANNA_CHAT);
    expect((await broadcast.getChat()).id._serialized).toBe(ANNA_CHAT);
    expect((await broadcast.getContact()).name).toBe('Anna Weber');
    expect((await (await broadcast.getContact()).getBroadcast()).totalCount).toBe(1);
  });

  test('Broadcast.unreadCount: opened on the phone, it is seen here', async () => {
    await bench.control.people.changeChat(PHONE, STATUS, { unread: false });
    await eventually('nothing unread', async () => (await bench.client.getBroadcastById(ANNA_CHAT)).unreadCount === 0);
  });

  test('Client.getChats: the status list is no chat among the others', async () => {
    const ids = (await bench.client.getChats()).map((chat) => chat.id._serialized);
    expect(ids).not.toContain(STATUS);
    expect((await bench.client.getChatById(STATUS)).id._serialized).toBe(STATUS);
  });

  test('message: the status of somebody who is not in the address book does not come', async () => {
    await bench.control.createCustomer({ number: '5511912345678', name: 'Rafael', saved: false });
    expect(await bench.control.people.postStatus('5511912345678', { body: 'hello' })).toMatchObject({ phones: 0 });
  });

  test('Client.sendMessage: a text status reaches the contacts, with its look', async () => {
    await bench.client.sendMessage(STATUS, 'New tables!', { extra: { backgroundColor: '#7acca5', fontStyle: 2 } });
    await eventually('delivery', async () =>
      (await bench.control.receivedBy(ANNA)).some(({ body, chatId }) => body === 'New tables!' && chatId === STATUS),
    );
    const [own] = (await bench.library.until('message_create')) as [Message];
    expect(own).toMatchObject({ fromMe: true, to: STATUS, body: 'New tables!' });
    const mine = await bench.client.getBroadcastById(ME);
    expect(mine.msgs.map(({ body }) => body)).toEqual(['New tables!']);
    expect(own.rawData).toMatchObject({ backgroundColor: 0xff7acca5, font: 2 });
  });

  test('Client.sendMessage: a picture as status reaches the contacts', async () => {
    await bench.client.sendMessage(STATUS, new MessageMedia('image/png', PIXEL), { caption: 'Oak' });
    await eventually('delivery', async () =>
      (await bench.control.receivedBy(ANNA)).some(({ chatId, body }) => chatId === STATUS && body.includes('Oak')),
    );
  });

  test.skipIf(target.isRenamed)('Client.revokeStatusMessage: an own status is taken back, nobody else’s', async () => {
    const before = await bench.client.getBroadcastById(ME);
    const own = before.msgs.find(({ body }) => body === 'New tables!');
    await bench.client.revokeStatusMessage(own?.id._serialized ?? '');
    const left = async () => (await bench.client.getBroadcastById(ME)).msgs.map(({ body }) => body);
    await eventually('it to be gone', async () => !(await left()).includes('New tables!'));
    const [theirs] = (await bench.client.getBroadcastById(ANNA_CHAT)).msgs;
    await expect(bench.client.revokeStatusMessage(theirs?.id._serialized ?? '')).rejects.toContain('own status');
  });

  test('Client.getBroadcasts: a page that starts later sees what still shows', async () => {
    const later = await bench.linkedClient();
    const authors = (await later.client.getBroadcasts()).map((broadcast) => broadcast.id._serialized);
    expect(authors).toContain(ANNA_CHAT);
    expect(later.names()).not.toContain('message');
    await later.stop();
  });
});

describeConformance('calls', (target) => {
  const bench = target.linkedOnce();

  beforeEach(() => bench.library.forget());

  const outcome = async (id: string) =>
    (await bench.control.people.calls(ANNA)).find((call) => call.id === id)?.outcome;

  test('call: rings here once, with who calls and how', async () => {
    const { id } = await bench.control.people.call(ANNA, { phone: PHONE, video: true });
    const [call] = (await bench.library.until('call')) as [Call];
    expect(call).toMatchObject({
      id,
      from: ANNA_CHAT,
      isVideo: true,
      isGroup: false,
      fromMe: false,
      canHandleLocally: false,
      webClientShouldHandle: false,
      participants: [],
    });
    // The library forgets to pass it on.
    expect(call.timestamp).toBeUndefined();
    await bench.control.people.endCall(id, 'AcceptedElsewhere');
    const [entry] = (await bench.library.until('message')) as [Message];
    expect(entry).toMatchObject({ type: 'call_log', from: ANNA_CHAT });
    expect(entry.rawData).toMatchObject({ callOutcome: 'AcceptedElsewhere', isVideoCall: true });
    expect(bench.library.all('call')).toHaveLength(1);
  });

  test('Call.reject: the caller hears it, and the chat shows it', async () => {
    const { id } = await bench.control.people.call(ANNA, { phone: PHONE });
    const [call] = (await bench.library.until('call')) as [Call];
    await call.reject();
    expect(await outcome(id)).toBe('Rejected');
    const [entry] = (await bench.library.until('message')) as [Message];
    expect(entry.rawData).toMatchObject({ callOutcome: 'Rejected', isVideoCall: false });
    // A call that is over cannot be rejected any more, and nobody says so.
    await call.reject();
  });

  test('message: a call that nobody answers is missed, and unread', async () => {
    const { id } = await bench.control.people.call(ANNA, { phone: PHONE, ringMs: 50 });
    const [entry] = (await bench.library.until('message')) as [Message];
    expect(entry.rawData).toMatchObject({ callOutcome: 'Missed', subtype: 'miss' });
    expect(await outcome(id)).toBe('Missed');
    expect((await bench.client.getChatById(ANNA_CHAT)).unreadCount).toBeGreaterThan(0);
  });

  test('call: of a group says so', async () => {
    const group = await bench.control.createGroup({ phone: PHONE, subject: 'Callers', participants: [ANNA] });
    const { id } = await bench.control.people.call(ANNA, { phone: PHONE, group: group.id });
    const [call] = (await bench.library.until('call')) as [Call];
    expect(call).toMatchObject({ isGroup: true, participants: [ANNA_CHAT] });
    await bench.control.people.endCall(id, 'Missed');
  });

  test('call: somebody who is blocked rings nowhere', async () => {
    await bench.control.people.block(PHONE, ANNA, true);
    await bench.control.people.call(ANNA, { phone: PHONE, ringMs: 20 });
    await bench.control.people.block(PHONE, ANNA, false);
    const { id } = await bench.control.people.call(ANNA, { phone: PHONE });
    const [call] = (await bench.library.until('call')) as [Call];
    expect(call.id).toBe(id);
    await bench.control.people.endCall(id, 'Completed');
  });

  test('Client.createCallLink: a link for voice or video, nothing else', async () => {
    const at = new Date(Date.now() + 86_400_000);
    expect(await bench.client.createCallLink(at, 'video')).toMatch(/^https:\/\/call\.whatsapp\.com\/video\/\w+$/);
    expect(await bench.client.createCallLink(at, 'voice')).toContain('/voice/');
    await expect(bench.client.createCallLink(at, 'smoke')).rejects.toThrow("Invalid 'callType'");
  });
});
