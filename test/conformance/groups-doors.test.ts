import { expect, test } from 'vitest';
import type { GroupChat, GroupNotification, Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';

const BRUNO = '351912345678';
const BRUNO_CHAT = `${BRUNO}@c.us`;
/** Everybody who asks, one right after the other. */
const ALL = { requesterIds: null, sleep: null };

describeConformance('groups: the ways in and out', (target) => {
  const bench = target.linkedOnce({
    prepare: (control) => control.createCustomer({ number: BRUNO, name: 'Bruno' }),
  });

  const groupBy = async (by: string, participants: readonly string[], settings = {}): Promise<string> => {
    const { id } = await bench.control.groups.create({ by, subject: 'Doors', participants, ...settings });
    if (by === PHONE || participants.includes(PHONE)) {
      await bench.library.until('group_update', ([one]) => (one as GroupNotification).chatId === id);
    }
    bench.library.forget();
    return id;
  };
  const chat = async (id: string) => (await bench.client.getChatById(id)) as GroupChat;
  const until = async (name: string, id: string) => {
    const [one] = await bench.library.until(name, ([found]) => (found as GroupNotification).chatId === id);
    return one as GroupNotification;
  };

  const written = (id: string, body: string) =>
    eventually(`"${body}" to be in the group`, async () =>
      (await bench.control.messagesOf(PHONE, id)).some((message) => message.body === body && message.fromMe)
        ? true
        : undefined,
    );

  test('GroupChat.getInviteCode and revokeInvite: the code leads in until there is a new one', async () => {
    const id = await groupBy(PHONE, [ANNA]);
    const group = await chat(id);
    const code = await group.getInviteCode();
    expect(code).toMatch(/^[A-Za-z0-9]{22}$/);
    expect(await bench.control.groups.join(id, BRUNO, code)).toEqual({ pending: false });
    const renewed = (await group.revokeInvite()) as unknown as string;
    expect(renewed).toMatch(/^[A-Za-z0-9]{22}$/);
    expect(renewed).not.toBe(code);
    expect(await group.getInviteCode()).toBe(renewed);
    await bench.control.createCustomer({ number: '351910000001', name: 'Late' });
    await expect(bench.control.groups.join(id, '351910000001', code)).rejects.toThrow(/410/);
  });

  test('GroupChat.getInviteCode: undefined for who is no admin', async () => {
    const group = await chat(await groupBy(ANNA, [PHONE]));
    expect(await group.getInviteCode()).toBeUndefined();
    await expect(group.revokeInvite()).rejects.toThrow(/no admin/);
  });

  test('Client.getInviteInfo: tells of the group behind the code without being in it', async () => {
    const id = await groupBy(ANNA, [BRUNO]);
    const { code } = await bench.control.groups.link(id);
    const info = (await bench.client.getInviteInfo(code)) as { id: { _serialized: string } };
    expect(info).toMatchObject({ subject: 'Doors', size: 2, owner: { _serialized: ANNA_CHAT } });
    expect(info.id._serialized).toBe(id);
    await expect(bench.client.getInviteInfo('AAAAAAAAAAAAAAAAAAAAAA')).rejects.toThrow(/nowhere/);
  });

  test('Client.getChatById: rejects for a group that the account was never in', async () => {
    const id = await groupBy(ANNA, [BRUNO]);
    await expect(bench.client.getChatById(id)).rejects.toThrow('No LID for user');
  });

  test('Client.acceptInvite: joins, and the group is there with its history from then on', async () => {
    const id = await groupBy(ANNA, [BRUNO]);
    const { code } = await bench.control.groups.link(id);
    expect(await bench.client.acceptInvite(code)).toBe(id);
    expect(await until('group_join', id)).toMatchObject({ type: 'invite', author: ME, recipientIds: [ME] });
    const group = await chat(id);
    expect(group.participants.map((one) => one.id._serialized)).toEqual([ANNA_CHAT, BRUNO_CHAT, ME]);
    await group.sendMessage('Hello');
    await written(id, 'Hello');
    await expect(bench.client.acceptInvite('AAAAAAAAAAAAAAAAAAAAAA')).rejects.toThrow(/nowhere/);
  });

  test('Client.acceptGroupV4Invite and Message.acceptGroupV4Invite: a private invitation leads in, once', async () => {
    const id = await groupBy(ANNA, [BRUNO]);
    await bench.control.groups.invite(id, { to: PHONE, comment: 'Come in' });
    const [received] = await bench.library.until('message', ([one]) => (one as Message).inviteV4?.groupId === id);
    const message = received as Message;
    expect(message).toMatchObject({ type: 'groups_v4_invite', from: ANNA_CHAT });
    expect(message.body).toBe('Come in');
    expect(message.inviteV4).toMatchObject({ groupId: id, groupName: 'Doors', fromId: ANNA_CHAT, toId: ME });
    expect(await message.acceptGroupV4Invite()).toEqual({ status: 200 });
    expect(await until('group_join', id)).toMatchObject({ type: 'add', author: ANNA_CHAT, recipientIds: [ME] });
    expect((await bench.control.groups.get(id)).participants).toContain(PHONE);
    if (message.inviteV4 === undefined) throw new Error('no invitation');
    await expect(bench.client.acceptGroupV4Invite(message.inviteV4)).rejects.toThrow(/not valid any more/);
    await expect(bench.client.acceptGroupV4Invite({ ...message.inviteV4, inviteCode: '' })).rejects.toBe(
      'Invalid invite code, try passing the message.inviteV4 object',
    );
  });

  test('group_membership_request: who asks to join shows up, in the event and in the list', async () => {
    const id = await groupBy(PHONE, [ANNA], { membershipApproval: true });
    expect(await bench.control.groups.join(id, BRUNO)).toEqual({ pending: true });
    expect(await until('group_membership_request', id)).toMatchObject({ author: BRUNO_CHAT, chatId: id });
    const [request, ...others] = await bench.client.getGroupMembershipRequests(id);
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      id: { _serialized: BRUNO_CHAT },
      addedBy: { _serialized: BRUNO_CHAT },
      parentGroupId: null,
      requestMethod: 'InviteLink',
    });
    expect(Math.abs((request?.t ?? 0) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(await (await chat(id)).getGroupMembershipRequests()).toHaveLength(1);
    await bench.control.groups.withdraw(id, BRUNO);
    expect(await bench.client.getGroupMembershipRequests(id)).toEqual([]);
  });

  test('GroupChat.approveGroupMembershipRequests: all who ask, or those named, come in', async () => {
    const id = await groupBy(PHONE, [], { membershipApproval: true });
    await bench.control.groups.join(id, BRUNO);
    await bench.control.groups.join(id, ANNA);
    const group = await chat(id);
    expect(await group.approveGroupMembershipRequests({ requesterIds: [BRUNO_CHAT], sleep: 0 })).toEqual([
      { requesterId: BRUNO_CHAT, message: 'Approved successfully' },
    ]);
    expect(await until('group_join', id)).toMatchObject({ type: 'add', author: ME, recipientIds: [BRUNO_CHAT] });
    expect(await bench.client.approveGroupMembershipRequests(id, ALL)).toEqual([
      { requesterId: ANNA_CHAT, message: 'Approved successfully' },
    ]);
    expect(await bench.client.approveGroupMembershipRequests(id, ALL)).toEqual([]);
    expect((await bench.control.groups.get(id)).participants).toEqual([PHONE, BRUNO, ANNA]);
  });

  test('GroupChat.rejectGroupMembershipRequests: nobody comes in, and nobody who has not asked can be rejected', async () => {
    const id = await groupBy(PHONE, [ANNA], { membershipApproval: true });
    await bench.control.groups.join(id, BRUNO);
    const group = await chat(id);
    expect(await group.rejectGroupMembershipRequests(ALL)).toEqual([
      { requesterId: BRUNO_CHAT, message: 'Rejected successfully' },
    ]);
    expect(await bench.client.rejectGroupMembershipRequests(id, { requesterIds: [BRUNO_CHAT], sleep: null })).toEqual([
      { requesterId: BRUNO_CHAT, error: 404, message: 'ParticipantRequestNotFoundError' },
    ]);
    expect(await bench.client.approveGroupMembershipRequests(id, { requesterIds: [ANNA_CHAT], sleep: null })).toEqual([
      { requesterId: ANNA_CHAT, error: 409, message: 'ParticipantConflictError' },
    ]);
    expect(await bench.control.groups.get(id)).toMatchObject({ participants: [PHONE, ANNA], requests: [] });
  });

  test('Client.approveGroupMembershipRequests: the service’s refusal is told for who is no admin', async () => {
    const id = await groupBy(ANNA, [PHONE], { membershipApproval: true });
    await bench.control.groups.join(id, BRUNO);
    expect(await bench.client.approveGroupMembershipRequests(id, { requesterIds: BRUNO_CHAT, sleep: null })).toEqual([
      { requesterId: BRUNO_CHAT, message: 'ServerStatusCodeError' },
    ]);
    expect(await bench.client.getGroupMembershipRequests(id)).toEqual([]);
  });

  test('GroupChat.leave: gone for everybody, the chat stays, and the link leads back in', async () => {
    const id = await groupBy(PHONE, [ANNA]);
    const group = await chat(id);
    await group.leave();
    expect(await until('group_leave', id)).toMatchObject({ type: 'leave', author: ME, recipientIds: [ME] });
    const left = await bench.control.groups.get(id);
    // A group never stays without an admin.
    expect(left).toMatchObject({ participants: [ANNA], admins: [ANNA] });
    expect((await bench.client.getChats()).some((one) => one.id._serialized === id)).toBe(true);
    await bench.client.acceptInvite(left.inviteCode);
    expect((await chat(id)).participants.map((one) => one.id._serialized)).toEqual([ANNA_CHAT, ME]);
  });

  test('group_join and group_leave: others come, are added, leave and are removed', async () => {
    const id = await groupBy(ANNA, [PHONE]);
    const events = async (name: string, count: number) => {
      await bench.library.until(name, () => bench.library.all(name).length >= count);
      return bench.library.all(name).map(([one]) => one);
    };
    await bench.control.groups.add(id, { people: [BRUNO] });
    await bench.control.groups.leave(id, BRUNO);
    await bench.control.groups.join(id, BRUNO);
    await bench.control.groups.remove(id, { people: [BRUNO] });
    expect(await events('group_join', 2)).toMatchObject([
      { type: 'add', author: ANNA_CHAT, recipientIds: [BRUNO_CHAT] },
      { type: 'invite', author: BRUNO_CHAT, recipientIds: [BRUNO_CHAT] },
    ]);
    expect(await events('group_leave', 2)).toMatchObject([
      { type: 'leave', author: BRUNO_CHAT, recipientIds: [BRUNO_CHAT] },
      { type: 'remove', author: ANNA_CHAT, recipientIds: [BRUNO_CHAT] },
    ]);
    const [joined] = bench.library.all('group_join')[0] as [GroupNotification];
    const recipients = await joined.getRecipients();
    expect(recipients.map((contact) => contact.name)).toEqual(['Bruno']);
    await joined.reply('Welcome');
    await written(id, 'Welcome');
  });

  test('group_join: being added to a group of somebody else brings the group', async () => {
    const { id } = await bench.control.groups.create({ by: ANNA, subject: 'New to you', participants: [PHONE] });
    expect(await until('group_join', id)).toMatchObject({ type: 'add', author: ANNA_CHAT, recipientIds: [ME] });
    expect((await chat(id)).name).toBe('New to you');
  });

  test('group_leave: an account that was removed can neither write nor come back by link', async () => {
    const id = await groupBy(ANNA, [PHONE]);
    const { inviteCode } = await bench.control.groups
      .remove(id, { people: [PHONE] })
      .then(() => bench.control.groups.get(id));
    expect(await until('group_leave', id)).toMatchObject({ type: 'remove', recipientIds: [ME] });
    await bench.client.sendMessage(id, 'Still here?');
    await bench.library.until('message_ack', ([, ack]) => ack === -1);
    await expect(bench.client.acceptInvite(inviteCode)).rejects.toThrow(/removed/);
  });
});
