import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupIdSchema, personIdSchema } from '../../../electron/contract/ids';
import { createContactBook } from '../../../electron/worker/driver/actions/contact-book';
import { groupParticipantActions } from '../../../electron/worker/driver/actions/group-participants';
import { evaluate } from '../../../electron/worker/driver/page-access';
import {
  findPeople,
  joinByInvite,
  readGroups,
  readInvite,
  renewInviteCode,
} from '../../../electron/worker/driver/page-groups';
import { translateGroup } from '../../../electron/worker/translate-group';
import { accountId } from '../../fakes/entities';
import { PageStandIn } from './page-stand-in';

const groupId = '120363000000000001@g.us';
const ana = '551100000001@c.us';
const me = '551140020022@c.us';
const wid = (id: string) => ({ _serialized: id, toString: () => id });
const person = (id: string, isAdmin = false) => ({ id: wid(id), isAdmin, isSuperAdmin: false });

/** The hidden ids that the page knows, and back. */
const hidden = new Map([
  [ana, '77@lid'],
  [me, '70@lid'],
]);
const numberOf = (lid: string) => [...hidden].find(([, other]) => other === lid)?.[0];
const textOf = (id: unknown) => String(id);
const widOrNothing = (id: string | undefined) => (id === undefined ? null : wid(id));

const refusal = (statusCode: number) => Object.assign(new Error('gone'), { name: 'ServerStatusCodeError', statusCode });

/** What no group of the practice network is: addressed by hidden ids only, as WhatsApp makes them today. */
describe('a group whose people have hidden ids', () => {
  const page = new PageStandIn();
  let people: ReturnType<typeof person>[];
  let asked: unknown[][];

  beforeEach(() => {
    people = [person('70@lid', true), person('77@lid'), person('78@lid')];
    asked = [];
    const chat = {
      id: wid(groupId),
      groupMetadata: { subject: 'Team', owner: wid('77@lid'), participants: { getModelsArray: () => people } },
    };
    Object.assign(page.modules, {
      WAWebWidFactory: { createWid: wid },
      WAWebCollections: {
        Chat: { get: (id: unknown) => (textOf(id) === groupId ? chat : undefined), getModelsArray: () => [chat] },
        Contact: { get: (id: unknown) => (textOf(id) === ana ? { name: 'Ana' } : undefined) },
        WAWebGroupMetadataCollection: {
          update: async (id: unknown) => {
            asked.push(['update', textOf(id)]);
            people = [person('70@lid')];
          },
        },
      },
      WAWebUserPrefsMeUser: {
        getMaybeMePnUser: () => wid(me),
        getMaybeMeLidUser: () => wid('70:12@lid'),
      },
      WAWebLidMigrationUtils: { toPn: (id: unknown) => widOrNothing(numberOf(textOf(id))) },
      WAWebApiContact: {
        getPhoneNumber: (id: unknown) => widOrNothing(numberOf(textOf(id))),
        getCurrentLid: (id: unknown) => widOrNothing(hidden.get(textOf(id))),
      },
      WAWebQueryExistsJob: {
        queryWidExists: async (id: unknown) => {
          asked.push(['exists', textOf(id)]);
          return textOf(id) === '5511900000001@c.us' ? { wid: wid(ana) } : null;
        },
      },
      WAWebGroupQueryJob: {
        queryAndUpdateGroupMetadataById: async () => {
          throw refusal(403);
        },
        queryGroupInvite: async (code: string) => {
          if (code === 'broken') throw new TypeError('of another kind');
          throw refusal(410);
        },
        resetGroupInviteCode: async () => ({ code: 'from the query job' }),
      },
      WAWebGroupInviteJob: {
        joinGroupViaInvite: async (...values: unknown[]) => {
          asked.push(['join', ...values]);
        },
      },
    });
    page.install();
  });
  afterEach(() => page.remove());

  const place = async (id: string, ask = false) => (await evaluate(page.client, findPeople, [groupId, [id], ask]))[0];

  it('is known as one that the account is in, and tells people by number where it can', async () => {
    const [raw] = await evaluate(page.client, readGroups, [[groupId], { fresh: true, people: true }]);
    expect(translateGroup(raw)).toMatchObject({
      id: groupId,
      ownerId: ana,
      ownRole: 'admin',
      participants: [
        { id: me, role: 'admin' },
        { id: ana, phone: '+551100000001', name: 'Ana', role: 'member' },
        { id: '78@lid', role: 'member' },
      ],
    });
  });

  it('knows the account by number where WhatsApp Web does not tell its hidden id', async () => {
    Object.assign(page.modules['WAWebUserPrefsMeUser'] as object, { getMaybeMeLidUser: () => null });
    const [raw] = await evaluate(page.client, readGroups, [[groupId], { fresh: false, people: false }]);
    expect(translateGroup(raw)).toMatchObject({ ownRole: 'admin' });
  });

  it('is asked for when nobody was loaded with its chat, and only then', async () => {
    await evaluate(page.client, readGroups, [undefined, { fresh: false, people: false }]);
    expect(asked).toEqual([]);
    people = [];
    const [raw] = await evaluate(page.client, readGroups, [undefined, { fresh: false, people: false }]);
    expect(asked).toEqual([['update', groupId]]);
    expect(raw).toMatchObject({ size: 1, self: { isAdmin: false } });
  });

  it('finds somebody by number, by hidden id, and by another way to write the number', async () => {
    expect(await place(ana)).toMatchObject({ isMember: true, isSelf: false });
    expect(await place('78@lid')).toMatchObject({ isMember: true });
    expect(await place(me)).toEqual({ isMember: true, isAdmin: true, isOwner: false, isSelf: true });
    expect(asked).toEqual([]);
    expect(await place('5511900000001@c.us')).toMatchObject({ isMember: false });
    expect(await place('5511900000001@c.us', true)).toMatchObject({ isMember: true });
    expect(await place('551199999999@c.us', true)).toMatchObject({ isMember: false });
  });

  it('tells of each person what became of them when adding breaks off half way', async () => {
    const client = Object.assign(page.client, {
      getChatById: async () => ({
        isGroup: true,
        addParticipants: async () => {
          people.push(person('79@lid'));
          throw new Error('stream ended');
        },
      }),
    });
    hidden.set('551100000002@c.us', '79@lid');
    const add = groupParticipantActions['groups.addParticipants'];
    const participants = ['551100000002@c.us', '551100000003@c.us', ana].map((id) => personIdSchema.parse(id));
    const wish = { groupId: groupIdSchema.parse(groupId), participants };
    expect(
      (await add({ accountId: accountId('sales'), client, contactBook: createContactBook() }, wish, undefined))
        .participants,
    ).toEqual([
      { id: '551100000002@c.us', status: 'added' },
      { id: '551100000003@c.us', status: 'refused', message: expect.stringContaining('stream ended') },
      { id: ana, status: 'already_member', message: expect.any(String) },
    ]);
  });

  it('renews its invite code through whichever module has that', async () => {
    expect(await evaluate(page.client, renewInviteCode, [groupId])).toBe('from the query job');
    Object.assign(page.modules['WAWebGroupInviteJob'] as object, {
      resetGroupInviteCode: async () => ({ code: 'from the invite job' }),
    });
    expect(await evaluate(page.client, renewInviteCode, [groupId])).toBe('from the invite job');
  });

  it('is joined with word of whether an admin has to agree, which the page needs to understand the answer', async () => {
    expect(await evaluate(page.client, joinByInvite, ['AbCdEfGh', true])).toEqual({});
    expect(asked).toEqual([['join', 'AbCdEfGh', true]]);
  });

  it('behind a worthless code is a refusal; anything else that goes wrong is no refusal', async () => {
    expect(await evaluate(page.client, readInvite, ['AbCdEfGh'])).toEqual({ refused: { status: 410, reason: 'gone' } });
    await expect(evaluate(page.client, readInvite, ['broken'])).rejects.toThrow('of another kind');
  });
});
