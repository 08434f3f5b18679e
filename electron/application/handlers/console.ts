import type { UnreadCount } from '../../contract/entities/chat';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import type { consoleOperations } from '../../contract/operations/console';
import { mayTouch } from '../caller';
import { logReason } from '../log-reason';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

type ConsoleHandlers = Omit<HandlersOf<typeof consoleOperations>, 'usage.get' | 'supportBundles.create'>;

export const createConsoleHandlers = (ports: HandlerPorts): ConsoleHandlers => {
  const { accounts, settings, store, stores, sessions, practice, events, localApi, clock, log } = ports;

  /** One account whose messages cannot be read must not keep the others from being shown. */
  const countUnread = async (accountId: AccountId): Promise<readonly UnreadCount[]> => {
    try {
      return [await store.countUnread(accountId)];
    } catch (error) {
      log.warn('unread messages cannot be counted', { accountId, reason: logReason(error) });
      return [];
    }
  };

  return {
    'settings.get': () => ({ settings: settings.get() }),

    'settings.update': ({ theme, enterSends, listWidth, proxyTestUrl, api }) => {
      const changed = settings.update({
        ...(theme === undefined ? {} : { theme }),
        ...(enterSends === undefined ? {} : { enterSends }),
        ...(listWidth === undefined ? {} : { listWidth }),
        ...(proxyTestUrl === undefined ? {} : { proxyTestUrl }),
        ...(api === undefined ? {} : { api }),
      });
      events.publish({ type: 'settings.updated', settings: changed });
      return { settings: changed };
    },

    'clocks.wait': ({ seconds }) =>
      new Promise((resolve) => {
        const finish = (): void => resolve({ seconds });
        if (seconds === 0) finish();
        else clock.schedule(seconds * 1_000, finish);
      }),

    'apis.get': () => localApi(),

    'snapshots.get': async (_input, caller) => {
      // The number first: what changes while counting comes again as an event, whole, and does no harm.
      const { epoch, sequence } = events;
      const counted = stores.openIds().filter((id) => mayTouch(caller, id));
      const unread = (await Promise.all(counted.map(countUnread))).flat();
      const list = accounts.list().filter(({ id }) => mayTouch(caller, id));
      return {
        epoch,
        sequence,
        accounts: list,
        sessions: list.map((account) => sessions.get(account.id)),
        unread: unread.filter((count) => accounts.find(count.accountId) !== undefined),
        ...(caller.accountIds === undefined ? { settings: settings.get(), api: localApi() } : {}),
      };
    },

    'events.list': ({ after, epoch }) => {
      const { complete, events: missed } = events.replay(after, epoch);
      return { epoch: events.epoch, complete, events: [...missed] };
    },

    'phones.scan': async ({ accountId }) => {
      const account = accounts.get(accountId);
      if (account.network === 'whatsapp') {
        throw new OperationError(
          'PRACTICE_REFUSED',
          `${account.label} is a real WhatsApp account: scan its code with the phone that has the number.`,
        );
      }
      const code = sessions.linkCode(accountId);
      if (code === undefined) {
        throw new OperationError(
          'QR_NOT_AVAILABLE',
          `${account.label}: there is no code to scan now; start the account first.`,
        );
      }
      const { phone } = await practice.scan(account, code.qr);
      return { phone };
    },
  };
};
