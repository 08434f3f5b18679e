import { describe, expect, test } from 'vitest';
import { eventually } from '../fixtures/eventually';
import { SALES } from '../fixtures/live-driver';
import { ANNA, BRUNO, CARLA, HIDDEN, liveGroups, NOBODY, nowhere, person, SHY } from '../fixtures/live-groups';

const { act, live, groupBy, inNetwork, sentBySales } = liveGroups();

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
    await live().control.groups.change(groupId, { description: 'About us' });
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
    await live().control.groups.leave(left, SALES);
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
    await live().control.groups.add(groupId, { people: [CARLA] });
    await live().control.groups.leave(groupId, CARLA);
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
    await live().control.groups.promote(groupId, { people: [SALES] });
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
    const participants = [person(SALES), person(ANNA)];
    expect((await act('groups.removeParticipants', { groupId, participants })).participants).toEqual([
      { id: person(SALES), status: 'refused', message: expect.stringContaining('leave the group') },
      { id: person(ANNA), status: 'removed' },
    ]);
    expect((await inNetwork(groupId)).participants).toEqual([SALES]);
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
