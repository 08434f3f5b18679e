import type { SessionState } from '../../electron/contract/entities/session';

/** How a state is coloured and shaped: full disc, half disc, ring, disc with a mark. */
export type Tone = 'ok' | 'busy' | 'off' | 'bad';

export interface SessionWords {
  /** One or two words for pills, tooltips and accessible names. */
  readonly word: string;
  readonly tone: Tone;
}

/** Whether WhatsApp Web has lost pieces that sending needs. */
export const isPageChanged = (status: SessionState | undefined): boolean =>
  status?.state === 'ready' && (status.missing?.length ?? 0) > 0;

/** A session's state in words. Without a session the account is stopped. */
export const wordsOfSession = (status: SessionState | undefined): SessionWords => {
  switch (status?.state) {
    case undefined:
    case 'stopped':
      return { word: 'Stopped', tone: 'off' };
    case 'starting':
      return { word: 'Starting', tone: 'busy' };
    case 'linking':
      return { word: status.method === 'passkey' ? 'Waiting for a passkey' : 'Waiting for the phone', tone: 'busy' };
    case 'syncing':
      return { word: `Reading chats, ${Math.round(status.percent)} %`, tone: 'busy' };
    case 'ready':
      return isPageChanged(status) ? { word: 'Cannot send', tone: 'bad' } : { word: 'Ready', tone: 'ok' };
    case 'reconnecting':
      return { word: 'Reconnecting', tone: 'busy' };
    case 'backoff':
      return { word: 'Will try again', tone: 'busy' };
    case 'asleep':
      return { word: 'Asleep', tone: 'off' };
    case 'stopping':
      return { word: 'Stopping', tone: 'off' };
    case 'failed':
      return { word: 'Failed', tone: 'bad' };
  }
};

/** The honest rest of "Asleep": how often it looks for news. Undefined for an account that is awake. */
export const lookWords = (status: SessionState | undefined): string | undefined => {
  if (status?.state !== 'asleep') return undefined;
  return status.lookEveryMinutes === 1 ? 'looks every minute' : `looks every ${status.lookEveryMinutes} minutes`;
};

/** States in which nothing of an account runs, or soon will not. */
const down: readonly SessionState['state'][] = ['stopped', 'failed', 'stopping'];

/** Whether there is something to stop. An account that sleeps can be stopped too: then it no longer looks for news. */
export const isRunning = (status: SessionState | undefined): boolean =>
  status !== undefined && !down.includes(status.state);

/** Whether the account has a browser whose window can be shown. */
export const hasBrowser = (status: SessionState | undefined): boolean =>
  isRunning(status) && status?.state !== 'asleep' && status?.state !== 'backoff';
