import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperationError } from '../../electron/contract/errors';
import { accountId } from '../fakes/entities';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const groups = '/api/v1/sessions/support/groups';
const groupId = '120363000000000001@g.us';
const made = {
  groupId,
  participants: [
    { id: '551100000001@c.us', status: 'added' },
    { id: '551100000002@c.us', status: 'not_on_whatsapp', message: 'There is nobody on WhatsApp with this number.' },
  ],
};

beforeAll(async () => {
  desk = await openRestDesk();
  desk.app.sessions.ready(accountId('support'));
});
afterAll(() => desk.close());

/** What the page was asked last, and how. */
const lastOrder = () => {
  const { kind, input } = desk.app.sessions.asked.at(-1) ?? {};
  return { kind, ...(input as { readonly operation?: string; readonly input?: unknown }) };
};

describe('groups over REST', () => {
  it('are made as the dialect asks for it: digits, @s.whatsapp.net and @c.us are all people', async () => {
    desk.app.sessions.answers.act = () => ({ result: made });
    const answer = await desk.ask('POST', groups, {
      name: 'Team',
      participants: ['551100000001', '551100000002@s.whatsapp.net', '+55 11 0000-0003', '551100000004@c.us'],
      description: 'Who works here',
    });
    expect([answer.status, answer.body]).toEqual([201, { success: true, data: made }]);
    expect(lastOrder()).toEqual({
      kind: 'act',
      operation: 'groups.create',
      input: {
        name: 'Team',
        participants: [1, 2, 3, 4].map((last) => `55110000000${last}@c.us`),
        description: 'Who works here',
      },
    });
  });

  it.each([
    ['POST', 'added', 'groups.addParticipants'],
    ['DELETE', 'removed', 'groups.removeParticipants'],
  ])('people come and go by %s with a JSON body', async (method, status, operation) => {
    const result = { groupId, participants: [{ id: '551100000001@c.us', status }] };
    desk.app.sessions.answers.act = () => ({ result });
    const answer = await desk.ask(method, `${groups}/${groupId}/participants`, { participants: ['551100000001'] });
    expect([answer.status, answer.body]).toEqual([200, { success: true, data: result }]);
    expect(lastOrder()).toEqual({
      kind: 'act',
      operation,
      input: { groupId, participants: ['551100000001@c.us'] },
    });
  });

  it('an id that is none is refused by its place in the list, and the page is not asked', async () => {
    const before = desk.app.sessions.asked.length;
    const refused = async (participants: unknown) => {
      const { status, body } = await desk.ask('POST', `${groups}/${groupId}/participants`, { participants });
      return [status, body.error.code, body.error.message];
    };
    expect(await refused(['551100000001', '../../etc'])).toEqual([
      400,
      'INVALID_CHAT_ID',
      expect.stringContaining('participants[1]'),
    ]);
    expect(await refused([groupId])).toEqual([400, 'VALIDATION_ERROR', expect.stringContaining('participants')]);
    expect(await refused('551100000001')).toEqual([400, 'VALIDATION_ERROR', expect.stringContaining('participants')]);
    expect(await refused([])).toEqual([400, 'VALIDATION_ERROR', expect.stringContaining('participants')]);
    expect(await refused(Array.from({ length: 51 }, (_, index) => String(551_100_000_000 + index)))).toEqual([
      400,
      'VALIDATION_ERROR',
      expect.stringContaining('50'),
    ]);
    const person = await desk.ask('GET', `${groups}/551100000001@c.us`);
    expect([person.status, person.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(desk.app.sessions.asked).toHaveLength(before);
  });

  it('lists and counts are asked by query and do not take each other’s address', async () => {
    desk.app.sessions.answers.look = (_account, { operation }) => ({
      result: operation === 'groups.count' ? { count: 3 } : { groups: [], total: 3 },
    });
    const listed = await desk.ask('GET', `${groups}?sortBy=id&sortOrder=desc&limit=5&offset=10&exclude=participants`);
    expect([listed.status, listed.body.data]).toEqual([200, { groups: [], total: 3 }]);
    expect(lastOrder()).toEqual({
      kind: 'look',
      operation: 'groups.list',
      input: { sortBy: 'id', sortOrder: 'desc', limit: 5, offset: 10, exclude: 'participants' },
    });
    const counted = await desk.ask('GET', `${groups}/count`);
    expect([counted.status, counted.body.data]).toEqual([200, { count: 3 }]);
    const odd = await desk.ask('GET', `${groups}?exclude=everything`);
    expect([odd.status, odd.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('a setting is made, and a refusal keeps its code and sentence', async () => {
    desk.app.sessions.answers.act = () => {
      throw new OperationError('NOT_GROUP_ADMIN', 'Account support is not an admin of the group “Team”.');
    };
    const refused = await desk.ask('POST', `${groups}/${groupId}/subject`, { subject: 'Other' });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'NOT_GROUP_ADMIN']);
    expect(refused.body.error.message).toBe('Account “Support” is not an admin of the group “Team”.');
    desk.app.sessions.answers.act = () => ({ result: { groupId, adminsOnly: true } });
    const set = await desk.ask('POST', `${groups}/${groupId}/settings/messages-admin-only`, { adminsOnly: true });
    expect([set.status, set.body.data]).toEqual([200, { groupId, adminsOnly: true }]);
  });

  it('a key that may only send neither decides over others nor does what cannot be taken back', async () => {
    const { apiKey, secret } = await desk.app.apiKeys.create({ name: 'Sender', scopes: ['read', 'send'] });
    const before = desk.app.sessions.asked.length;
    for (const path of ['leave', 'invite-code/revoke', 'settings/info-admin-only', 'admins']) {
      const answer = await desk.ask('POST', `${groups}/${groupId}/${path}`, {}, { 'X-API-Key': secret });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect(desk.app.sessions.asked).toHaveLength(before);
    await desk.app.apiKeys.revoke(apiKey.id);
  });
});
