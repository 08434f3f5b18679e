import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chatId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { SALES } from '../fixtures/live-driver';
import { ANNA, BRUNO, liveGroups } from '../fixtures/live-groups';
import { samplePng } from '../fixtures/sample-media';

const { act, live, groupBy, inNetwork } = liveGroups();

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
    const { id, inviteCode } = await live().control.groups.create({ by: ANNA, subject: 'Open', participants: [BRUNO] });
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
    const { id, inviteCode } = await live().control.groups.create({
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
    await live().control.groups.remove(groupId, { people: [SALES] });
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
    await live().control.groups.change(groupId, { restrict: false });
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
    await expect(act('groups.removePicture', { groupId })).rejects.toMatchObject({ code: 'PICTURE_NOT_FOUND' });
    const mediaId = 'A'.repeat(32);
    const upload = (filename: string, mimetype: string, bytes: Buffer) => {
      const path = join(live().folder, filename);
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
    const { picture } = await act('groups.getPicture', { groupId });
    expect(picture).toMatchObject({ mimetype: 'image/jpeg', size: Buffer.from(picture.data, 'base64').length });
    expect(await act('groups.removePicture', { groupId })).toEqual({ groupId });
    await expect(act('groups.getPicture', { groupId })).rejects.toMatchObject({ code: 'PICTURE_NOT_FOUND' });
  });
});
