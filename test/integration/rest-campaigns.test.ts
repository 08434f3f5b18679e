import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign, CampaignRow } from '../../electron/contract/entities/campaign';
import { openRestDesk, type RestAnswer, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const campaigns = '/api/v1/campaigns';

beforeAll(async () => {
  desk = await openRestDesk();
});
afterAll(async () => {
  await desk.close();
});

interface CampaignData {
  readonly campaign: Campaign;
  readonly campaigns: readonly Campaign[];
  readonly rows: readonly CampaignRow[];
  readonly nextCursor?: string;
}
const dataOf = (answer: RestAnswer): CampaignData => {
  expect([answer.status, answer.body.success]).toEqual([200, true]);
  return answer.body.data as unknown as CampaignData;
};
const plan = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  desk.ask('POST', campaigns, { name: 'Spring', accountIds: ['sales'], text: 'Hello', ...body }, headers);

it('ten thousand people with long variables are one call, and their ledger comes in pages', async () => {
  const recipients = Array.from({ length: 10_000 }, (_, index) => ({
    contact: `+55 11 ${String(900_000_000 + index)}`,
    variables: { note: 'x'.repeat(200) },
  }));
  const body = { recipients, text: 'Hello {{note}}' };
  expect(JSON.stringify(body).length).toBeGreaterThan(2 * 1024 * 1024);
  const { campaign } = dataOf(await plan(body));
  expect(campaign.counts.planned).toBe(10_000);
  const seen: number[] = [];
  let cursor = '';
  do {
    const page = dataOf(await desk.ask('GET', `${campaigns}/${campaign.id}/rows?limit=200&state=planned${cursor}`));
    seen.push(...page.rows.map(({ row }) => row));
    cursor = page.nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== '' && seen.length < 20_000);
  expect(seen).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
}, 60_000);

it('the header Idempotency-Key makes a plan once; wrong rows are 400 with the row in words', async () => {
  const recipients = [{ contact: '+55 11 0000-0001' }];
  const header = { 'Idempotency-Key': 'spring-1' };
  const first = dataOf(await plan({ recipients }, header)).campaign;
  expect(dataOf(await plan({ recipients }, header)).campaign.id).toBe(first.id);
  expect((await plan({ recipients, text: 'Other' }, header)).status).toBe(409);
  const refused = await plan({ recipients: [...recipients, { contact: 'Ana' }] });
  expect([refused.status, refused.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
  expect(refused.body.error.message).toContain('row 2 contact must be a number with its country code');
});

it('a key that is bound to a session works with that session’s campaigns and finds no others', async () => {
  const recipients = [{ contact: '+55 11 0000-0001' }];
  const shared = dataOf(await plan({ recipients, accountIds: ['sales', 'support'] })).campaign;
  const own = dataOf(await plan({ recipients })).campaign;
  const made = await desk.ask('POST', '/api/v1/api-keys', {
    name: 'Sales',
    scopes: ['read', 'send'],
    accountIds: ['sales'],
  });
  const key = { 'X-API-Key': made.body.data.secret };
  const listed = dataOf(await desk.ask('GET', campaigns, undefined, key)).campaigns.map(({ id }) => id);
  expect([listed.includes(own.id), listed.includes(shared.id)]).toEqual([true, false]);
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/rows'],
    ['GET', '/rehearsal'],
    ['POST', '/start'],
  ] as const) {
    expect(
      (await desk.ask(method, `${campaigns}/${shared.id}${path}`, method === 'GET' ? undefined : {}, key)).status,
    ).toBe(404);
    expect(
      (await desk.ask(method, `${campaigns}/${own.id}${path}`, method === 'GET' ? undefined : {}, key)).status,
    ).toBe(200);
  }
  const body = { name: 'X', accountIds: ['support'], text: 'Hello', recipients };
  expect((await desk.ask('POST', campaigns, body, key)).status).toBe(403);
});
