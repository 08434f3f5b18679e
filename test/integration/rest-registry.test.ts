import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationNames, registry } from '../../electron/contract/registry';
import { restRoutes } from '../../electron/surfaces/rest';
import { accountId, ana, anObservedChat, team } from '../fakes/entities';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const support = accountId('support');
const api = '/api/v1';

beforeAll(async () => {
  desk = await openRestDesk();
  await desk.app.store.upsertChats(support, [anObservedChat()]);
});
afterAll(() => desk.close());

describe('the whole registry', () => {
  const routes = restRoutes({
    network: 'practice',
    installedBrowser: () => undefined,
    files: { fetch: () => Promise.reject(new Error('no')) },
  });

  it('has a route for every operation, and no two routes at one address', () => {
    const served = new Set(routes.map(({ operation }) => operation));
    expect(operationNames.filter((name) => !served.has(name))).toEqual([]);
    const addresses = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
    expect(addresses).toEqual([...new Set(addresses)]);
    for (const { operation, scope } of routes) expect(scope).toBe(registry[operation].scope);
  });

  it('answers a read the same through window and REST', async () => {
    const reads = routes.filter((route) => route.checkedByOperation && route.method === 'GET');
    expect(reads.length).toBeGreaterThan(10);
    const named: Readonly<Record<string, string>> = {
      accountId: support,
      chatId: ana,
      contactId: ana,
      groupId: team,
      phone: '551100000001',
      messageId: '3EB0AA',
      webhookId: 'wh-0123456789abcdef',
      campaignId: 'camp-0123456789abcdef',
    };
    for (const { operation, path } of reads) {
      const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
      expect(Object.keys(named), operation).toEqual(expect.arrayContaining(names));
      const input: Record<string, unknown> = {
        ...Object.fromEntries(names.map((name) => [name, named[name]])),
        ...(operation === 'events.list' ? { after: 0 } : {}),
      };
      const envelope = await desk.app.dispatch(desk.app.caller, operation, input);
      const address = path.replaceAll(/:(\w+)/g, (_match, name: string) => String(input[name]));
      const query = operation === 'events.list' ? '?after=0' : '';
      const answer = await desk.ask('GET', `${api}${address}${query}`);
      if (envelope.ok)
        expect(answer.body, operation).toEqual({ success: true, data: JSON.parse(JSON.stringify(envelope.data)) });
      else {
        expect(answer.status, operation).toBeGreaterThanOrEqual(400);
        // Here every error names the session, also where the operation’s own does not.
        expect(answer.body.error.message, operation).toContain(envelope.error.message);
      }
    }
  });
});
