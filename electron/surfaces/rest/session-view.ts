import { sessionIdOf } from '../../application/session-ids';
import type { Account } from '../../contract/entities/account';
import type { AccountSettings } from '../../contract/entities/account-settings';
import type { Session } from '../../contract/entities/session';

/** The dialect's words for the state of a session. */
export type DialectStatus =
  | 'initializing'
  | 'qr_ready'
  | 'authenticated'
  | 'ready'
  | 'reconnecting'
  | 'failed'
  | 'terminated';

/** @param wasReady Whether the account has been linked before: then a failed try is a reconnection. */
export const dialectStatus = ({ status }: Session, wasReady: boolean): DialectStatus => {
  switch (status.state) {
    case 'starting':
      return 'initializing';
    case 'linking':
      return 'qr_ready';
    case 'syncing':
      return 'authenticated';
    case 'ready':
      return 'ready';
    case 'reconnecting':
      return 'reconnecting';
    case 'backoff':
      return wasReady ? 'reconnecting' : 'initializing';
    case 'failed':
      return 'failed';
    // Asleep is stopped by choice and comes back by itself; the dialect has no word for it.
    case 'asleep':
    case 'stopped':
    case 'stopping':
      return 'terminated';
  }
};

const time = (ms: number): string => new Date(ms).toISOString();

export interface SessionView {
  readonly sessionId: string;
  readonly status: DialectStatus;
  readonly createdAt: string;
  readonly lastActivity: string;
}

export const sessionView = (account: Account, session: Session): SessionView => ({
  sessionId: sessionIdOf(account),
  status: dialectStatus(session, account.identity !== undefined),
  createdAt: time(account.createdAtMs),
  // A session that has not run since the program started has no moment of its own.
  lastActivity: time(Math.max(session.status.sinceMs, account.createdAtMs)),
});

/** Settings in the dialect's names; a proxy's password is never in them. */
export const configView = (
  { settings }: Account,
  { windowShown }: Pick<Session, 'windowShown'>,
): Readonly<Record<string, unknown>> => {
  const { proxy, browser, restartOnCrash, startTimeoutMs, linkTimeoutMs, chromiumFlags, metadata }: AccountSettings =
    settings;
  return {
    multiDevice: true,
    headless: !windowShown,
    useChrome: browser.kind === 'installed',
    chromiumArgs: chromiumFlags,
    qrTimeout: Math.round(linkTimeoutMs / 1_000),
    authTimeout: Math.round(startTimeoutMs / 1_000),
    restartOnCrash,
    metadata,
    ...(proxy === undefined
      ? {}
      : {
          proxyServerCredentials: {
            protocol: proxy.protocol,
            address: `${proxy.host}:${proxy.port}`,
            ...(proxy.username === undefined ? {} : { username: proxy.username }),
            ...(proxy.hasPassword ? { password: '********' } : {}),
          },
        }),
  };
};
