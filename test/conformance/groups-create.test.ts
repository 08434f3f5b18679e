import { expect, test } from 'vitest';
import type { CreateGroupResult, GroupChat } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';

const BRUNO = '351912345678';
const CARLA = '14155550106';
const SHY = '442079460123';
const NOBODY = '4930123456789';
const chat = (number: string) => `${number}@c.us`;

describeConformance('groups: making them and who is in them', (target) => {
  const bench = target.linkedOnce({
    prepare: async (control) => {
      await control.createCustomer({ number: BRUNO, name: 'Bruno' });
      await control.createCustomer({ number: CARLA, name: 'Carla' });
      await control.createCustomer({ number: SHY, name: 'Shy', groupsByInvitation: true });
    },
  });

  const create = async (
    subject: string,
    participants: string[],
    options = {},
  ): Promise<CreateGroupResult & { readonly id: string; readonly group: GroupChat }> => {
    const result = (await bench.client.createGroup(subject, participants, options)) as CreateGroupResult;
    expect(result).toMatchObject({ title: subject });
    const id = (result.gid as unknown as { readonly _serialized: string })._serialized;
    return { ...result, id, group: (await bench.client.getChatById(id)) as GroupChat };
  };

  test('Client.createGroup: makes the group and says what became of every participant', async () => {
    const { id, participants } = await create('Partners', [ANNA_CHAT, chat(SHY), chat(NOBODY)]);
    expect(id).toMatch(/^\d{18}@g\.us$/);
    expect(participants).toEqual({
      [ME]: {
        statusCode: 200,
        message: 'The participant was added successfully',
        isGroupCreator: true,
        isInviteV4Sent: false,
      },
      [ANNA_CHAT]: {
        statusCode: 200,
        message: 'The participant was added successfully',
        isGroupCreator: false,
        isInviteV4Sent: false,
      },
      [chat(SHY)]: {
        statusCode: 403,
        message: 'The participant can be added by sending private invitation only',
        isGroupCreator: false,
        isInviteV4Sent: true,
      },
      [chat(NOBODY)]: {
        statusCode: 404,
        message: 'The phone number is not registered on WhatsApp',
        isGroupCreator: false,
        isInviteV4Sent: false,
      },
    });
    const sent = (await bench.control.messagesOf(PHONE, chat(SHY))).at(-1);
    expect(sent).toMatchObject({ type: 'groups_v4_invite', fromMe: true });
    const [invitation] = (await bench.control.groups.get(id)).invitations;
    expect(invitation).toMatchObject({ to: SHY, by: PHONE });
    expect((await bench.control.groups.accept(id, SHY)).participants).toContain(SHY);
  });

  test('Client.createGroup: without autoSendInviteV4 nobody is written to', async () => {
    const invitations = async () =>
      (await bench.control.ledger({ phone: PHONE })).filter(
        ({ kind, chatId }) => kind === 'sent' && chatId === chat(SHY),
      ).length;
    const before = await invitations();
    const { participants } = await create('Quiet', [chat(SHY)], { autoSendInviteV4: false });
    expect(participants[chat(SHY)]).toMatchObject({ statusCode: 403, isInviteV4Sent: false });
    expect(await invitations()).toBe(before);
  });

  test('Client.createGroup: the options reach the group as the library passes them on', async () => {
    const { id, group } = await create('Rules', [ANNA_CHAT], {
      messageTimer: 86_400,
      memberAddMode: true,
      membershipApprovalMode: true,
      isRestrict: false,
      announce: true,
    });
    expect(await bench.control.groups.get(id)).toMatchObject({
      announce: true,
      // The library turns this one around before it asks.
      restrict: true,
      adminsAdd: true,
      membershipApproval: true,
      ephemeralSeconds: 86_400,
    });
    expect(group.isReadOnly).toBe(true);
  });

  test('Client.createGroup: a subject that is too long is answered with the error text', async () => {
    expect(await bench.client.createGroup('x'.repeat(101), [ANNA_CHAT])).toBe(
      'CreateGroupError: An unknown error occupied while creating a group',
    );
  });

  test('GroupChat: owner, createdAt, description and participants tell the group as it is', async () => {
    const { id, group } = await create('Facts', [ANNA_CHAT]);
    expect(group).toMatchObject({ isGroup: true, isReadOnly: false, name: 'Facts' });
    expect(group.owner._serialized).toBe(ME);
    expect(Math.abs(group.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(group.description).toBeUndefined();
    expect(group.participants.map(({ id: who, ...rest }) => ({ who: who._serialized, ...rest }))).toEqual([
      { who: ME, isAdmin: true, isSuperAdmin: true },
      { who: ANNA_CHAT, isAdmin: false, isSuperAdmin: false },
    ]);
    const listed = (await bench.client.getChats()).find((one) => one.id._serialized === id);
    expect(listed?.name).toBe('Facts');
  });

  test('GroupChat.addParticipants: every person gets a result of their own', async () => {
    const { id, group } = await create('Growing', [ANNA_CHAT]);
    await bench.control.groups.add(id, { people: [CARLA] });
    await bench.control.groups.leave(id, CARLA);
    const results = await group.addParticipants([chat(BRUNO), ANNA_CHAT, chat(SHY), chat(CARLA), chat(NOBODY)], {
      sleep: 0,
    });
    expect(results).toEqual({
      [chat(BRUNO)]: { code: 200, message: 'The participant was added successfully', isInviteV4Sent: false },
      [ANNA_CHAT]: { code: 409, message: 'The participant is already a group member', isInviteV4Sent: false },
      [chat(SHY)]: {
        code: 403,
        message: 'The participant can be added by sending private invitation only',
        isInviteV4Sent: true,
      },
      [chat(CARLA)]: {
        code: 408,
        message: 'You cannot add this participant because they recently left the group',
        isInviteV4Sent: false,
      },
      [chat(NOBODY)]: { code: 404, message: 'The phone number is not registered on WhatsApp', isInviteV4Sent: false },
    });
    expect((await bench.control.groups.get(id)).participants).toEqual([PHONE, ANNA, BRUNO]);
  });

  test('GroupChat.addParticipants: people who want an invitation are told 417 in a community', async () => {
    const { id: parent } = await create('Community', []);
    const { id, group } = await create('Inside', [], { parentGroupId: parent });
    expect(await group.addParticipants([chat(SHY)])).toEqual({
      [chat(SHY)]: {
        code: 417,
        message:
          "The participant can't be added to the community. You can invite them privately to join this group through its invite link",
        isInviteV4Sent: false,
      },
    });
    expect(await bench.control.groups.get(id)).toMatchObject({ parent, participants: [PHONE] });
  });

  test('GroupChat.addParticipants: a full group takes nobody more', async () => {
    const { id } = await bench.control.groups.create({
      by: PHONE,
      subject: 'Full',
      participants: [ANNA],
      capacity: 2,
    });
    const group = (await bench.client.getChatById(id)) as GroupChat;
    expect(await group.addParticipants(chat(BRUNO))).toEqual({
      [chat(BRUNO)]: {
        code: 419,
        message: "The participant can't be added because the group is full",
        isInviteV4Sent: false,
      },
    });
  });

  test('GroupChat.addParticipants: who is no admin gets the sentence about missing rights', async () => {
    const { id } = await bench.control.groups.create({ by: ANNA, subject: 'Hers', participants: [PHONE] });
    const group = (await bench.client.getChatById(id)) as GroupChat;
    expect(await group.addParticipants(chat(BRUNO))).toBe(
      'AddParticipantsError: You have no admin rights to add a participant to a group',
    );
  });

  test('GroupChat.removeParticipants: whoever is removed is out, and everybody is told', async () => {
    const { id, group } = await create('Shrinking', [ANNA_CHAT, chat(BRUNO)]);
    bench.library.forget();
    expect(await group.removeParticipants([chat(BRUNO), chat(NOBODY)])).toEqual({ status: 200 });
    expect((await bench.control.groups.get(id)).participants).toEqual([PHONE, ANNA]);
    const [notification] = await bench.library.until('group_leave');
    expect(notification).toMatchObject({ type: 'remove', chatId: id, author: ME, recipientIds: [chat(BRUNO)] });
    const now = (await bench.client.getChatById(id)) as GroupChat;
    expect(now.participants).toHaveLength(2);
  });

  test('GroupChat.promoteParticipants and demoteParticipants: roles change and come as group_admin_changed', async () => {
    const { id, group } = await create('Roles', [ANNA_CHAT]);
    bench.library.forget();
    expect(await group.promoteParticipants([ANNA_CHAT])).toEqual({ status: 200 });
    expect((await bench.control.groups.get(id)).admins).toEqual([PHONE, ANNA]);
    const roleOf = async () =>
      ((await bench.client.getChatById(id)) as GroupChat).participants.find((one) => one.id._serialized === ANNA_CHAT);
    expect(await roleOf()).toMatchObject({ isAdmin: true, isSuperAdmin: false });
    expect(await group.demoteParticipants([ANNA_CHAT])).toEqual({ status: 200 });
    expect(await roleOf()).toMatchObject({ isAdmin: false });
    await bench.library.until('group_admin_changed', ([one]) => (one as { type: string }).type === 'demote');
    const changes = bench.library.all('group_admin_changed').map(([one]) => one);
    expect(changes).toMatchObject([
      { type: 'promote', chatId: id, author: ME, recipientIds: [ANNA_CHAT] },
      { type: 'demote', chatId: id, author: ME, recipientIds: [ANNA_CHAT] },
    ]);
  });

  test('GroupChat.promoteParticipants: the service refuses who is no admin, and the library passes the refusal on', async () => {
    const { id } = await bench.control.groups.create({ by: ANNA, subject: 'Anna’s', participants: [PHONE, BRUNO] });
    const group = (await bench.client.getChatById(id)) as GroupChat;
    await expect(group.promoteParticipants([chat(BRUNO)])).rejects.toThrow(/no admin/);
    await expect(group.removeParticipants([chat(BRUNO)])).rejects.toThrow(/no admin/);
  });

  test('Client.getCommonGroups: the groups that both are in, as they are now', async () => {
    const { id } = await create('Common', [chat(BRUNO)]);
    const ids = async () => (await bench.client.getCommonGroups(chat(BRUNO))).map((one) => one._serialized);
    expect(await ids()).toContain(id);
    await bench.control.groups.remove(id, { people: [BRUNO] });
    await bench.library.until('group_leave', ([one]) => (one as { chatId: string }).chatId === id);
    expect(await ids()).not.toContain(id);
    expect(await bench.client.getCommonGroups(chat(NOBODY))).toEqual([]);
  });
});
