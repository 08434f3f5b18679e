import { expect, test } from 'vitest';
import type { GroupChat, GroupNotification } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, ME, PHONE } from '../fixtures/conformance';
import { mediaOf, samplePng } from '../fixtures/sample-media';

describeConformance('groups: subject, description, picture and rules', (target) => {
  const bench = target.linkedOnce();

  const groupBy = async (by: string, settings = {}): Promise<GroupChat> => {
    const participants = [PHONE, ANNA].filter((number) => number !== by);
    const { id } = await bench.control.groups.create({ by, subject: 'Before', participants, ...settings });
    await bench.library.until('group_update', ([one]) => (one as GroupNotification).chatId === id);
    bench.library.forget();
    return (await bench.client.getChatById(id)) as GroupChat;
  };
  const again = async (group: GroupChat) => (await bench.client.getChatById(group.id._serialized)) as GroupChat;
  const update = async (type: string) => {
    const [notification] = await bench.library.until(
      'group_update',
      ([one]) => (one as { type: string }).type === type,
    );
    return notification as GroupNotification;
  };

  test('GroupChat.setSubject: renames the group for everybody', async () => {
    const group = await groupBy(PHONE);
    expect(await group.setSubject('After')).toBe(true);
    expect(group.name).toBe('After');
    expect(await update('subject')).toMatchObject({ body: 'After', author: ME, chatId: group.id._serialized });
    expect((await again(group)).name).toBe('After');
    expect((await bench.control.groups.get(group.id._serialized)).subject).toBe('After');
  });

  test('GroupChat.setSubject: false in a restricted group for who is no admin, and for a subject that is too long', async () => {
    const restricted = await groupBy(ANNA, { restrict: true });
    expect(await restricted.setSubject('Mine now')).toBe(false);
    expect(restricted.name).toBe('Before');
    const own = await groupBy(PHONE);
    expect(await own.setSubject('x'.repeat(101))).toBe(false);
    expect(await own.setSubject('')).toBe(false);
  });

  test('GroupChat.setDescription: sets, changes and takes away the description', async () => {
    const group = await groupBy(PHONE);
    expect(await group.setDescription('First')).toBe(true);
    expect(await update('description')).toMatchObject({ body: 'First', author: ME });
    expect((await again(group)).description).toBe('First');
    expect(await group.setDescription('Second')).toBe(true);
    expect((await bench.control.groups.get(group.id._serialized)).description?.text).toBe('Second');
    expect(await group.setDescription('')).toBe(true);
    expect((await again(group)).description).toBeUndefined();
    expect(await group.setDescription('x'.repeat(2049))).toBe(false);
  });

  test('GroupChat.setDescription: false when somebody else has changed it in the meantime', async () => {
    const group = await groupBy(PHONE);
    const id = group.id._serialized;
    await bench.control.groups.change(id, { description: 'Theirs' });
    await update('description');
    // A page that has not heard of it yet.
    await bench.library.inPage(async (groupId: string) => {
      const { Chat } = window.require('WAWebCollections') as {
        Chat: { get(id: string): { groupMetadata: { set(name: string, value: string): void } } };
      };
      Chat.get(groupId).groupMetadata.set('descId', 'outdated');
    }, id);
    expect(await group.setDescription('Ours')).toBe(false);
    expect((await bench.control.groups.get(id)).description?.text).toBe('Theirs');
  });

  test('GroupChat.setMessagesAdminsOnly, setInfoAdminsOnly, setAddMembersAdminsOnly: rules change and change back', async () => {
    const group = await groupBy(PHONE);
    const id = group.id._serialized;
    for (const on of [true, false]) {
      expect(await group.setMessagesAdminsOnly(on)).toBe(true);
      expect(await group.setInfoAdminsOnly(on)).toBe(true);
      expect(await group.setAddMembersAdminsOnly(on)).toBe(true);
      expect(await bench.control.groups.get(id)).toMatchObject({ announce: on, restrict: on, adminsAdd: on });
      const now = (await again(group)) as GroupChat & { readonly groupMetadata: object };
      expect(now.isReadOnly).toBe(on);
      expect(now.groupMetadata).toMatchObject({
        announce: on,
        restrict: on,
        memberAddMode: on ? 'admin_add' : 'all_member_add',
      });
    }
    expect(await update('announce')).toMatchObject({ body: 'on', author: ME });
    expect(await update('restrict')).toMatchObject({ body: 'on' });
  });

  test('GroupChat.set…AdminsOnly: false for who is no admin', async () => {
    const group = await groupBy(ANNA);
    expect(await group.setMessagesAdminsOnly()).toBe(false);
    expect(await group.setInfoAdminsOnly()).toBe(false);
    expect(await group.setAddMembersAdminsOnly()).toBe(false);
    expect(await bench.control.groups.get(group.id._serialized)).toMatchObject({ announce: false, restrict: false });
  });

  test('GroupChat.setPicture and deletePicture: the picture comes and goes', async () => {
    const group = await groupBy(PHONE);
    const id = group.id._serialized;
    expect(await group.setPicture(mediaOf('image/png', samplePng()))).toBe(true);
    expect(await update('picture')).toMatchObject({ author: ME, chatId: id });
    expect(await bench.client.getProfilePicUrl(id)).toMatch(/^data:image\/jpeg/);
    expect(await group.deletePicture()).toBe(true);
    expect(await bench.client.getProfilePicUrl(id)).toBeUndefined();
  });

  test('GroupChat.setPicture: false in a restricted group for who is no admin', async () => {
    const group = await groupBy(ANNA, { restrict: true });
    expect(await group.setPicture(mediaOf('image/png', samplePng()))).toBe(false);
    expect(await group.deletePicture()).toBeFalsy();
  });

  test('group_update: what others change arrives with who changed it', async () => {
    const group = await groupBy(ANNA);
    const id = group.id._serialized;
    await bench.control.groups.change(id, { subject: 'Hers', description: 'All hers', announce: true, restrict: true });
    const changes = await Promise.all(['subject', 'description', 'announce', 'restrict'].map(update));
    for (const one of changes) expect(one).toMatchObject({ author: ANNA_CHAT, chatId: id });
    const [subject] = changes;
    expect(typeof subject?.timestamp).toBe('number');
    expect((await subject?.getChat())?.name).toBe('Hers');
    expect((await subject?.getContact())?.id._serialized).toBe(ANNA_CHAT);
    const now = (await again(group)) as GroupChat & { readonly groupMetadata: object };
    expect(now).toMatchObject({ name: 'Hers', isReadOnly: true });
    expect(now.groupMetadata).toMatchObject({ desc: 'All hers', announce: true, restrict: true });
  });
});
