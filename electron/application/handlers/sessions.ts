import { OperationError } from '../../contract/errors';
import type { sessionOperations } from '../../contract/operations/sessions';
import { toBase64 } from '../../domain/base64';
import { mayTouch } from '../caller';
import { logReason } from '../log-reason';
import { sessionWords } from '../session-words';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

const loggedOutHereOnly =
  'Logged out here only: WhatsApp could not be told, so the phone may still list this computer under Linked devices';

type SessionHandlers = Omit<HandlersOf<typeof sessionOperations>, 'sessions.timeline' | 'sessions.logs'>;

export const createSessionHandlers = (ports: HandlerPorts): SessionHandlers => {
  const { accounts, stores, sessions, records, clock, log } = ports;
  return {
    'sessions.start': async ({ accountId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId).catch((error: unknown) => {
        // The phone can be linked all the same; reading and sending say what is wrong with the messages.
        log.error('the messages of an account cannot be opened', { accountId, reason: logReason(error) });
      });
      // Read again: the account may have been renamed or removed meanwhile.
      const account = accounts.change(accounts.get(accountId), { autoStart: true });
      return { session: sessions.start(account) };
    },

    'sessions.stop': async ({ accountId }) => {
      accounts.change(accounts.get(accountId), { autoStart: false });
      return { session: await sessions.stop(accountId, 'user') };
    },

    'sessions.restart': async ({ accountId }) => {
      const account = accounts.change(accounts.get(accountId), { autoStart: true });
      return { session: await sessions.restart(account) };
    },

    'sessions.logout': async ({ accountId }) => {
      const { identity } = accounts.change(accounts.get(accountId), { autoStart: false });
      const { session, unlinked } = await sessions.logout(accountId);
      const account = accounts.get(accountId);
      accounts.forgetIdentity(account);
      // A phone that was never linked lists nothing.
      if (unlinked || identity === undefined) return { session };
      records.happened(accountId, { atMs: clock.nowMs(), kind: 'link', words: loggedOutHereOnly });
      return {
        session,
        notice: `${account.label} is logged out here, but WhatsApp could not be told. If the phone still lists this computer under Linked devices, remove it there.`,
      };
    },

    'sessions.sleep': async ({ accountId }) => {
      accounts.get(accountId);
      return { session: await sessions.sleep(accountId) };
    },

    'sessions.get': ({ accountId }) => {
      accounts.get(accountId);
      return { session: sessions.get(accountId) };
    },

    'sessions.list': ({ all }, caller) => {
      const own = accounts.list().flatMap(({ id }) => (mayTouch(caller, id) ? [sessions.get(id)] : []));
      return { sessions: all ? own : own.filter(({ status }) => status.state !== 'stopped') };
    },

    'sessions.whoami': ({ accountId }) => {
      const { identity } = accounts.get(accountId);
      return identity === undefined ? {} : { me: identity };
    },

    'sessions.qr': ({ accountId }) => {
      const { label } = accounts.get(accountId);
      const code = sessions.linkCode(accountId);
      if (code === undefined) {
        const state = sessionWords(sessions.get(accountId).status, clock.nowMs());
        throw new OperationError('QR_NOT_AVAILABLE', `${label}: there is no code to scan now (${state}).`);
      }
      return { code };
    },

    'sessions.pairingCode': async ({ accountId, phoneNumber }) => {
      accounts.get(accountId);
      return { code: await sessions.pairingCode(accountId, phoneNumber) };
    },

    'sessions.screenshot': async ({ accountId }) => {
      accounts.get(accountId);
      return { mediaType: 'image/png', base64: toBase64(await sessions.screenshot(accountId)) };
    },

    'sessions.showWindow': async ({ accountId }) => {
      accounts.get(accountId);
      return { session: await sessions.showWindow(accountId) };
    },

    'sessions.hideWindow': async ({ accountId }) => {
      accounts.get(accountId);
      return { session: await sessions.hideWindow(accountId) };
    },
  };
};
