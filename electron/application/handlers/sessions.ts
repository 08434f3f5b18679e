import { OperationError } from '../../contract/errors';
import type { sessionOperations } from '../../contract/operations/sessions';
import { logReason } from '../log-reason';
import { sessionWords } from '../session-words';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createSessionHandlers = (ports: HandlerPorts): HandlersOf<typeof sessionOperations> => {
  const { accounts, stores, sessions, clock, log } = ports;
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

    'sessions.get': ({ accountId }) => {
      accounts.get(accountId);
      return { session: sessions.get(accountId) };
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
  };
};
