import type { SessionState } from '../../electron/contract/entities/session';

/** How a state is coloured and shaped: full disc, half disc, ring, disc with a mark. */
export type Tone = 'ok' | 'busy' | 'off' | 'bad';

export interface SessionWords {
  /** One or two words for pills, tooltips and accessible names. */
  readonly word: string;
  readonly tone: Tone;
}

/** A session's state in words. Without a session the account is stopped. */
export const wordsOfSession = (status: SessionState | undefined): SessionWords => {
  switch (status?.state) {
    case undefined:
    case 'stopped':
      return { word: 'Stopped', tone: 'off' };
    case 'starting':
      return { word: 'Starting', tone: 'busy' };
    case 'linking':
      return { word: 'Waiting for the phone', tone: 'busy' };
    case 'syncing':
      return { word: `Reading chats, ${Math.round(status.percent)} %`, tone: 'busy' };
    case 'ready':
      return { word: 'Ready', tone: 'ok' };
    case 'reconnecting':
      return { word: 'Reconnecting', tone: 'busy' };
    case 'backoff':
      return { word: 'Will try again', tone: 'busy' };
    case 'stopping':
      return { word: 'Stopping', tone: 'off' };
    case 'failed':
      return { word: 'Failed', tone: 'bad' };
  }
};

/** Whether there is something to stop. */
export const isRunning = (status: SessionState | undefined): boolean =>
  status !== undefined && status.state !== 'stopped' && status.state !== 'failed' && status.state !== 'stopping';
