import type { Account } from '../../contract/entities/account';
import type { Usage } from '../../contract/entities/observation';
import { limits } from '../../contract/limits';
import type { consoleOperations } from '../../contract/operations/console';
import type { sessionOperations } from '../../contract/operations/sessions';
import { roomForAccounts } from '../../domain/room-for-accounts';
import { logReason } from '../log-reason';
import { type AccountReport, supportBundleText } from '../support-bundle';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

/** So many lines of each account's log go into a support bundle. */
const bundledLines = 300;

type ObservationHandlers = Pick<
  HandlersOf<typeof consoleOperations & typeof sessionOperations>,
  'sessions.timeline' | 'sessions.logs' | 'usage.get' | 'supportBundles.create'
>;

export const createObservationHandlers = (ports: HandlerPorts): ObservationHandlers => {
  const { accounts, settings, store, stores, sessions, secrets, accountLogs, costs, facts, clock, log } = ports;

  const measure = async (): Promise<Usage> => {
    const running = accounts
      .list()
      .map(({ id }) => ({ accountId: id, roots: sessions.processes(id) }))
      .filter(({ roots }) => roots.length > 0);
    const measured = await costs.measure(running.map(({ roots }) => roots));
    const costed = running.flatMap(({ accountId }, index) => {
      const cost = measured.groups[index];
      return cost === undefined ? [] : [{ accountId, cost }];
    });
    const memoryMb = costed.map(({ cost }) => cost.memoryMb);
    const freePlaces = limits.accounts - accounts.list().length;
    return {
      accounts: costed,
      console: measured.console,
      machine: {
        ...measured.machine,
        roomForAccounts: roomForAccounts(measured.machine.availableMb, memoryMb, freePlaces),
      },
    };
  };

  const report = async (account: Account): Promise<AccountReport> => {
    const problems: string[] = [];
    const orNothing = async <Row>(what: string, read: () => Promise<readonly Row[]>): Promise<readonly Row[]> => {
      try {
        return await read();
      } catch (error) {
        problems.push(`${what} (${logReason(error)})`);
        return [];
      }
    };
    const timeline = await orNothing('the timeline', async () => {
      await stores.ensureOpen(account.id);
      return store.listTimeline(account.id);
    });
    const lines = await orNothing('the log', () =>
      accountLogs.read(account.id, { level: 'debug', limit: bundledLines, sinceMs: undefined }),
    );
    return { account, session: sessions.get(account.id), timeline, lines, problems };
  };

  return {
    'sessions.timeline': async ({ accountId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { entries: [...(await store.listTimeline(accountId))] };
    },

    'sessions.logs': async ({ accountId, level, limit, sinceMs }) => {
      accounts.get(accountId);
      return { lines: [...(await accountLogs.read(accountId, { level, limit, sinceMs }))] };
    },

    'usage.get': async () => ({ usage: await measure() }),

    'supportBundles.create': async ({ accountId }) => {
      const chosen = accountId === undefined ? accounts.list() : [accounts.get(accountId)];
      const usage = await measure().catch((error: unknown) => {
        log.warn('what everything costs could not be measured', { reason: logReason(error) });
        return undefined;
      });
      const text = supportBundleText({
        facts,
        nowMs: clock.nowMs(),
        settings: settings.get(),
        protection: await secrets.protection(),
        usage,
        reports: await Promise.all(chosen.map(report)),
      });
      return { text };
    },
  };
};
