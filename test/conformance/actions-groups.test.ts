import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChatId } from '../../electron/contract/ids';
import { chatId } from '../fakes/entities';
import { actInPage } from '../fixtures/act-in-page';
import { eventually } from '../fixtures/eventually';
import { LiveDriver, SALES } from '../fixtures/live-driver';
import { samplePng } from '../fixtures/sample-media';

const ANNA = '4915112345678';
const BRUNO = '351912345678';
const CARLA = '14155550106';
const HIDDEN = '4915133333333';
const SHY = '442079460123';
const NOBODY = '4930123456789';
const person = (number: string) => chatId(`${number}@c.us`);

let live: LiveDriver;
const act: <Name extends Parameters<typeof actInPage>[1]>(
  operation: Name,
  input: Parameters<typeof actInPage<Name>>[2],
  file?: Parameters<typeof actInPage>[3],
) => ReturnType<typeof actInPage<Name>> = (operation, input, file) => actInPage(live, operation, input, file);

beforeAll(async () => {
  live = await LiveDriver.prepare('classic');
  await live.control.createCustomer({ number: ANNA, name: 'Anna' });
  await live.control.createCustomer({ number: BRUNO, name: 'Bruno' });
  await live.control.createCustomer({ number: CARLA, name: 'Carla' });
  await live.control.createCustomer({ number: HIDDEN, name: 'Cleo', appearsAs: 'lid' });
  await live.control.createCustomer({ number: SHY, name: 'Shy', groupsByInvitation: true });
  await live.start();
});
afterAll(() => live.stop());

type NewGroup = Parameters<LiveDriver['control']['groups']['create']>[0];

/** A group of somebody’s making that the account’s page knows of. */
const groupBy = async (by: string, participants: readonly string[], more: Partial<NewGroup> = {}): Promise<ChatId> => {
  const { id } = await live.control.groups.create({ by, subject: 'Team', participants, ...more });
  const groupId = chatId(id);
  await eventually('the page to hear of the group', async () => {
    const found = await act('groups.get', { groupId }).catch(() => undefined);
    return found?.group.ownRole;
  });
  return groupId;
};
const inNetwork = (groupId: ChatId) => live.control.groups.get(groupId);
const sentBySales = async () =>
  (await live.control.ledger({ phone: SALES })).filter(({ kind }) => kind === 'sent').length;
const nowhere = chatId('120363000000009999@g.us');

describe('making a group', () => {
  test('each person has an outcome of their own, and nobody is written to', async () => {
    const before = await sentBySales();
    const made = await act('groups.create', {
      name: 'Partners',
      participants: [person(ANNA), person(SHY), person(NOBODY), person(SALES), person(ANNA)],
      description: 'Who buys from us',
    });
    expect(made.descriptionProblem).toBeUndefined();
    expect(made.participants).toEqual([
      { id: person(ANNA), status: 'added' },
      { id: person(SHY), status: 'invitation_needed', message: expect.stringContaining('invite link') },
      { id: person(NOBODY), status: 'not_on_whatsapp', message: expect.any(String) },
      { id: person(SALES), status: 'already_member', message: expect.any(String) },
    ]);
    expect(await inNetwork(made.groupId)).toMatchObject({
      subject: 'Partners',
      participants: [SALES, ANNA],
      description: { text: 'Who buys from us' },
    });
    expect(await sentBySales()).toBe(before);
  });

  test('the account alone is no reason to fail, and the answer says so of everybody', async () => {
    const made = await act('groups.create', { name: 'Empty', participants: [person(NOBODY)] });
    expect(made.participants).toMatchObject([{ status: 'not_on_whatsapp' }]);
    expect((await inNetwork(made.groupId)).participants).toEqual([SALES]);
  });
});

describe('looking at groups', () => {
  test('a group is told as the network has it', async () => {
    const groupId = await groupBy(ANNA, [SALES, BRUNO], { subject: 'Facts', announce: true, adminsAdd: true });
    await live.control.groups.change(groupId, { description: 'About us' });
    await eventually('the description', async () => (await act('groups.get', { groupId })).group.description);
    const { group } = await act('groups.get', { groupId });
    expect(group).toMatchObject({
      id: groupId,
      name: 'Facts',
      description: 'About us',
      ownerId: person(ANNA),
      participantCount: 3,
      ownRole: 'member',
      messagesAdminOnly: true,
      infoAdminOnly: false,
      addingAdminOnly: true,
      joiningNeedsApproval: false,
    });
    expect(Math.abs((group.createdMs ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(group.participants).toMatchObject([
      { id: person(ANNA), phone: `+${ANNA}`, name: 'Anna', role: 'owner' },
      { id: person(SALES), role: 'member' },
      { id: person(BRUNO), name: 'Bruno', role: 'member' },
    ]);
  });

  test('lists count, sort, page and leave out what is not wanted, and know only groups that the account is in', async () => {
    const left = await groupBy(ANNA, [SALES], { subject: 'Aaa left' });
    await live.control.groups.leave(left, SALES);
    await groupBy(ANNA, [SALES], { subject: 'Aab' });
    await groupBy(ANNA, [SALES], { subject: 'aac' });
    const all = await eventually('the list without the one that was left', async () => {
      const listed = await act('groups.list', { limit: 200 });
      return listed.groups.some(({ id }) => id === left) ? undefined : listed;
    });
    const names = all.groups.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['Aab', 'aac']);
    expect(all.total).toBe(all.groups.length);
    expect((await act('groups.count', {})).count).toBe(all.total);
    expect(all.groups.every(({ participants }) => (participants?.length ?? 0) > 0)).toBe(true);
    const second = await act('groups.list', { limit: 1, offset: 1, exclude: 'participants,description' });
    expect(second.groups.map(({ name }) => name)).toEqual(['aac']);
    expect(second.groups[0]).not.toHaveProperty('participants');
    expect(second.total).toBe(all.total);
    const byId = (await act('groups.list', { sortBy: 'id', sortOrder: 'desc' })).groups.map(({ id }) => id);
    expect(byId).toEqual(byId.toSorted().toReversed());
    expect(byId).toHaveLength(Math.min(50, all.total));
  });

  test('who is in a group is told in pages', async () => {
    const groupId = await groupBy(SALES, [ANNA, BRUNO, CARLA]);
    const first = await act('groups.listParticipants', { groupId, limit: 2 });
    const rest = await act('groups.listParticipants', { groupId, limit: 2, offset: 2 });
    expect([first.total, rest.total]).toEqual([4, 4]);
    expect([...first.participants, ...rest.participants].map(({ id }) => id)).toEqual(
      [SALES, ANNA, BRUNO, CARLA].map(person),
    );
  });

  test('a group that the account does not have is refused by name of account and field', async () => {
    for (const ask of [
      () => act('groups.get', { groupId: nowhere }),
      () => act('groups.setSubject', { groupId: nowhere, subject: 'x' }),
      () => act('groups.leave', { groupId: nowhere }),
      () => act('groups.getPicture', { groupId: nowhere }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'GROUP_NOT_FOUND',
        effect: 'none',
        message: expect.stringMatching(/Account sales .*groupId 120363000000009999@g\.us/),
      });
    }
  });
});

describe('who is in a group', () => {
  test('whoever is added is told one by one, and nobody is written to', async () => {
    const groupId = await groupBy(SALES, [ANNA]);
    await live.control.groups.add(groupId, { people: [CARLA] });
    await live.control.groups.leave(groupId, CARLA);
    const before = await sentBySales();
    const { participants } = await act('groups.addParticipants', {
      groupId,
      participants: [BRUNO, ANNA, SHY, CARLA, NOBODY, HIDDEN, SALES].map(person),
    });
    expect(participants.map(({ id, status }) => [id, status])).toEqual([
      [person(BRUNO), 'added'],
      [person(ANNA), 'already_member'],
      [person(SHY), 'invitation_needed'],
      [person(CARLA), 'left_recently'],
      [person(NOBODY), 'not_on_whatsapp'],
      [person(HIDDEN), 'added'],
      [person(SALES), 'already_member'],
    ]);
    for (const { status, message } of participants) {
      if (status === 'added') expect(message).toBeUndefined();
      else expect(message).toMatch(/^[A-Z].*\.$/);
    }
    expect((await inNetwork(groupId)).participants).toEqual([SALES, ANNA, BRUNO, HIDDEN]);
    expect(await sentBySales()).toBe(before);
  });

  test('a full group says so', async () => {
    const full = await groupBy(SALES, [ANNA], { capacity: 2 });
    const { participants } = await act('groups.addParticipants', { groupId: full, participants: [person(BRUNO)] });
    expect(participants).toMatchObject([{ id: person(BRUNO), status: 'group_full' }]);
  });

  test('whoever is removed is out; who is not in it, and who has made it, is told so', async () => {
    const groupId = await groupBy(ANNA, [SALES, BRUNO, CARLA]);
    await live.control.groups.promote(groupId, { people: [SALES] });
    const { participants } = await act('groups.removeParticipants', {
      groupId,
      participants: [BRUNO, NOBODY, ANNA].map(person),
    });
    expect(participants.map(({ status }) => status)).toEqual(['removed', 'not_a_member', 'refused']);
    expect((await inNetwork(groupId)).participants).toEqual([ANNA, SALES, CARLA]);
    const again = await act('groups.removeParticipants', { groupId, participants: [person(BRUNO)] });
    expect(again.participants).toMatchObject([{ status: 'not_a_member' }]);
  });

  test('nobody removes themselves: that is leaving', async () => {
    const groupId = await groupBy(SALES, [ANNA]);
    await expect(
      act('groups.removeParticipants', { groupId, participants: [person(ANNA), person(SALES)] }),
    ).rejects.toMatchObject({ code: 'PAGE_REFUSED', message: expect.stringContaining('participants') });
    expect((await inNetwork(groupId)).participants).toEqual([SALES, ANNA]);
  });

  test('admins are made and unmade, and each person is told what they are', async () => {
    const groupId = await groupBy(SALES, [ANNA, BRUNO]);
    const risen = await act('groups.promoteParticipants', {
      groupId,
      participants: [ANNA, SALES, NOBODY].map(person),
    });
    expect(risen.participants.map(({ status }) => status)).toEqual(['promoted', 'already_admin', 'not_a_member']);
    expect((await inNetwork(groupId)).admins).toEqual([SALES, ANNA]);
    const fallen = await act('groups.demoteParticipants', {
      groupId,
      participants: [ANNA, BRUNO, SALES].map(person),
    });
    expect(fallen.participants.map(({ status }) => status)).toEqual(['demoted', 'no_admin', 'refused']);
    expect((await inNetwork(groupId)).admins).toEqual([SALES]);
  });

  test('somebody who is met by hidden id is found by number', async () => {
    const groupId = await groupBy(SALES, [ANNA, HIDDEN]);
    const { participants } = await act('groups.promoteParticipants', { groupId, participants: [person(HIDDEN)] });
    expect(participants).toEqual([{ id: person(HIDDEN), status: 'promoted' }]);
    expect((await inNetwork(groupId)).admins).toEqual([SALES, HIDDEN]);
  });

  test('who is no admin is told so before anything is asked of WhatsApp', async () => {
    const groupId = await groupBy(ANNA, [SALES, BRUNO]);
    const participants = [person(BRUNO)];
    for (const ask of [
      () => act('groups.addParticipants', { groupId, participants: [person(CARLA)] }),
      () => act('groups.removeParticipants', { groupId, participants }),
      () => act('groups.promoteParticipants', { groupId, participants }),
      () => act('groups.demoteParticipants', { groupId, participants }),
      () => act('groups.getInviteCode', { groupId }),
      () => act('groups.revokeInviteCode', { groupId }),
      () => act('groups.setMessagesAdminOnly', { groupId, adminsOnly: true }),
      () => act('groups.setInfoAdminOnly', { groupId, adminsOnly: true }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'NOT_GROUP_ADMIN',
        effect: 'none',
        message: expect.stringMatching(/^Account sales is not an admin of the group “Team”, and only admins .*groupId/),
      });
    }
    expect(await inNetwork(groupId)).toMatchObject({ participants: [ANNA, SALES, BRUNO], admins: [ANNA] });
  });
});

describe('ways in and out', () => {
  test('a group that was left is left; after that nothing can be done in it', async () => {
    const groupId = await groupBy(ANNA, [SALES]);
    expect(await act('groups.leave', { groupId })).toEqual({ groupId });
    expect((await inNetwork(groupId)).participants).toEqual([ANNA]);
    expect((await act('groups.get', { groupId })).group.ownRole).toBeUndefined();
    await expect(act('groups.setSubject', { groupId, subject: 'Mine' })).rejects.toMatchObject({
      code: 'GROUP_NOT_FOUND',
      message: expect.stringContaining('is no longer in the group “Team”'),
    });
    await expect(act('groups.leave', { groupId })).rejects.toMatchObject({ code: 'GROUP_NOT_FOUND' });
  });

  test('a code tells where it leads, and leads there, as a code and as a link', async () => {
    const { id, inviteCode } = await live.control.groups.create({ by: ANNA, subject: 'Open', participants: [BRUNO] });
    const info = await act('groups.getJoinInfo', { code: inviteCode });
    expect(info).toMatchObject({
      groupId: id,
      name: 'Open',
      participantCount: 2,
      joiningNeedsApproval: false,
      isMember: false,
    });
    expect((await inNetwork(chatId(id))).participants).toEqual([ANNA, BRUNO]);
    const link = `https://chat.whatsapp.com/${inviteCode}`;
    expect(await act('groups.join', { code: link })).toEqual({ groupId: id, status: 'joined' });
    expect((await inNetwork(chatId(id))).participants).toEqual([ANNA, BRUNO, SALES]);
    expect(await act('groups.join', { code: inviteCode })).toEqual({ groupId: id, status: 'already_member' });
    expect((await act('groups.getJoinInfo', { code: inviteCode })).isMember).toBe(true);
  });

  test('where an admin has to agree, joining is asking', async () => {
    const { id, inviteCode } = await live.control.groups.create({
      by: ANNA,
      subject: 'Club',
      participants: [BRUNO],
      membershipApproval: true,
    });
    expect((await act('groups.getJoinInfo', { code: inviteCode })).joiningNeedsApproval).toBe(true);
    expect(await act('groups.join', { code: inviteCode })).toEqual({ groupId: id, status: 'awaiting_approval' });
    expect((await inNetwork(chatId(id))).requests).toMatchObject([{ number: SALES, method: 'InviteLink' }]);
  });

  test('a code that leads nowhere is told from one that does not let this account in', async () => {
    for (const ask of [
      () => act('groups.join', { code: 'AbCdEfGhIjKlMnOpQrStUv' }),
      () => act('groups.getJoinInfo', { code: 'AbCdEfGhIjKlMnOpQrStUv' }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'INVITE_NOT_VALID',
        effect: 'none',
        message: expect.stringMatching(/Account sales .*\(code\)/),
      });
    }
    const groupId = await groupBy(ANNA, [SALES]);
    const { inviteCode } = await inNetwork(groupId);
    await live.control.groups.remove(groupId, { people: [SALES] });
    await eventually('the page to hear of it', async () =>
      (await act('groups.get', { groupId })).group.ownRole === undefined ? true : undefined,
    );
    await expect(act('groups.join', { code: inviteCode })).rejects.toMatchObject({
      code: 'PAGE_REFUSED',
      effect: 'none',
      message: expect.stringContaining('removed'),
    });
  });

  test('an invite code is told, and after it is revoked only the new one leads in', async () => {
    const groupId = await groupBy(SALES, [ANNA]);
    const first = await act('groups.getInviteCode', { groupId });
    expect(first).toEqual({
      groupId,
      code: (await inNetwork(groupId)).inviteCode,
      link: `https://chat.whatsapp.com/${first.code}`,
    });
    const second = await act('groups.revokeInviteCode', { groupId });
    expect(second.code).not.toBe(first.code);
    expect(second.code).toBe((await inNetwork(groupId)).inviteCode);
    await expect(act('groups.getJoinInfo', { code: first.code })).rejects.toMatchObject({ code: 'INVITE_NOT_VALID' });
  });
});

describe('what a group looks like and who may do what', () => {
  test('name and description change for everybody, and an empty description is none', async () => {
    const groupId = await groupBy(SALES, [ANNA]);
    expect(await act('groups.setSubject', { groupId, subject: ' Sales 👩‍👩‍👧 ' })).toEqual({
      groupId,
      subject: 'Sales 👩‍👩‍👧',
    });
    await act('groups.setDescription', { groupId, description: 'First\nand second' });
    expect(await inNetwork(groupId)).toMatchObject({
      subject: 'Sales 👩‍👩‍👧',
      description: { text: 'First\nand second' },
    });
    await act('groups.setDescription', { groupId, description: '' });
    expect((await inNetwork(groupId)).description).toBeUndefined();
    expect((await act('groups.get', { groupId })).group).not.toHaveProperty('description');
  });

  test('in a group whose admins keep that to themselves, others are refused', async () => {
    const groupId = await groupBy(ANNA, [SALES], { restrict: true });
    for (const ask of [
      () => act('groups.setSubject', { groupId, subject: 'Mine' }),
      () => act('groups.setDescription', { groupId, description: 'Mine' }),
      () => act('groups.removePicture', { groupId }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_GROUP_ADMIN', effect: 'none' });
    }
    expect((await inNetwork(groupId)).subject).toBe('Team');
    await live.control.groups.change(groupId, { restrict: false });
    expect(await act('groups.setSubject', { groupId, subject: 'Ours' })).toMatchObject({ subject: 'Ours' });
  });

  test('who writes and who changes the group is switched on and off', async () => {
    const groupId = await groupBy(SALES, [ANNA]);
    for (const adminsOnly of [true, false]) {
      expect(await act('groups.setMessagesAdminOnly', { groupId, adminsOnly })).toEqual({ groupId, adminsOnly });
      expect(await act('groups.setInfoAdminOnly', { groupId, adminsOnly })).toEqual({ groupId, adminsOnly });
      expect(await inNetwork(groupId)).toMatchObject({ announce: adminsOnly, restrict: adminsOnly });
    }
  });

  test('the picture comes and goes; without one there is none to get or to remove', async () => {
    const groupId = await groupBy(SALES, [ANNA]);
    await expect(act('groups.getPicture', { groupId })).rejects.toMatchObject({ code: 'PICTURE_NOT_FOUND' });
    expect(await act('groups.removePicture', { groupId })).toEqual({ groupId, removed: false });
    const mediaId = 'A'.repeat(32);
    const upload = (filename: string, mimetype: string, bytes: Buffer) => {
      const path = join(live.folder, filename);
      writeFileSync(path, bytes);
      return act('groups.setPicture', { groupId, mediaId }, { path, mimetype, filename });
    };
    for (const ask of [
      () => upload('broken.png', 'image/png', Buffer.from('this is no picture')),
      () => upload('list.pdf', 'application/pdf', Buffer.from('%PDF-1.4 list')),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'MEDIA_REFUSED',
        effect: 'none',
        message: expect.stringContaining('mediaId'),
      });
    }
    expect(await upload('team.png', 'image/png', samplePng(60, 40))).toEqual({ groupId });
    expect((await act('groups.getPicture', { groupId })).url).toMatch(/^data:image\/jpeg/);
    expect(await act('groups.removePicture', { groupId })).toEqual({ groupId, removed: true });
    await expect(act('groups.getPicture', { groupId })).rejects.toMatchObject({ code: 'PICTURE_NOT_FOUND' });
  });
});
