import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Campaign, CampaignRow } from '../../electron/contract/entities/campaign';
import { temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import { type ServedConsole, startServedConsole } from '../fixtures/served-console';

/** A bulk send over two accounts goes on by itself after kill -9, and everybody on its list gets it once. */
describe('kill -9 in the middle of a bulk send', () => {
  const data = temporaryFolder();
  const desks = ['left', 'right'] as const;
  const count = 40;
  const numberOf = (place: number): string => `55119888${String(place).padStart(5, '0')}`;
  const places = Array.from({ length: count }, (_, index) => index + 1);
  let server: ServedConsole;

  beforeAll(async () => {
    server = await startServedConsole(data.path);
    for (const id of desks) {
      await server.must('POST', '/accounts', { id, label: `Desk ${id}`, network: 'practice' });
      const settings = { sending: { bulkPace: { minMs: 150, maxMs: 250 } } };
      await server.must('PATCH', `/accounts/${id}/settings`, { settings });
      await server.must('POST', `/sessions/${id}/start`);
      await eventually('a code to scan', () => server.must('POST', `/sessions/${id}/practice-scan`), 90_000);
      await ready(id);
    }
    const practice = await server.practice();
    for (const place of places) await practice.createCustomer({ number: numberOf(place), name: `Customer ${place}` });
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  }, 120_000);

  const ready = (id: string): Promise<unknown> =>
    eventually(`${id} to be ready`, async () => (await server.must('GET', `/sessions/${id}/me`))['me'], 120_000);
  const campaignOf = async (id: string): Promise<Campaign> =>
    (await server.must('GET', `/campaigns/${id}`))['campaign'] as Campaign;
  const departed = ({ counts }: Campaign): number => counts.handed + counts.sent + counts.delivered + counts.read;

  it('everybody gets it exactly once, with nobody’s help', async () => {
    const recipients = places.map((place) => ({ contact: `+${numberOf(place)}`, variables: { place: String(place) } }));
    const plan = { name: 'Spring', accountIds: desks, text: 'Hello number {{place}}', recipients };
    const { id } = (await server.must('POST', '/campaigns', plan))['campaign'] as Campaign;
    await server.must('POST', `/campaigns/${id}/start`);
    for (const soMany of [4, 12, 25]) {
      await eventually(`${soMany} to have left`, async () => departed(await campaignOf(id)) >= soMany, 120_000);
      await server.kill();
      server = await startServedConsole(data.path);
    }
    const finished = await eventually(
      'the campaign to be finished',
      async () => {
        const campaign = await campaignOf(id);
        return campaign.state === 'finished' && campaign.counts.handed === 0 ? campaign : undefined;
      },
      180_000,
    );
    expect(departed(finished)).toBe(count);

    const practice = await server.practice();
    const got = await eventually('all of it to be at the customers', async () => {
      const all = await Promise.all(places.map((place) => practice.receivedBy(numberOf(place))));
      return all.every((received) => received.length > 0) ? all : undefined;
    });
    expect(got.map((received) => received.map(({ body, copies }) => [body, copies]))).toEqual(
      places.map((place) => [[`Hello number ${place}`, 1]]),
    );
    const { rows } = (await server.must('GET', `/campaigns/${id}/report?limit=200`)) as unknown as {
      readonly rows: readonly CampaignRow[];
    };
    expect(rows.map(({ messageId }) => messageId)).toEqual(got.map(([message]) => message?.id));
    expect(new Set(rows.map(({ accountId }) => accountId)).size).toBe(2);
  }, 600_000);
});
