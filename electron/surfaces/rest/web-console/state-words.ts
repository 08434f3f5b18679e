import type { SessionState } from '../../../contract/entities/session';
import type { DialectStatus } from '../session-view';

/** What is known of a session: all of it, or for a key of single sessions at first only the dialect's word. */
export type KnownStatus = SessionState | { readonly state: 'told'; readonly status: DialectStatus };

/** How a state is coloured and shaped. */
export type Tone = 'ok' | 'busy' | 'off' | 'bad';

export interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  /** What went wrong, in a sentence. */
  readonly detail?: string;
}

const told: Readonly<Record<DialectStatus, StateWords>> = {
  initializing: { word: 'Starting', tone: 'busy' },
  qr_ready: { word: 'Waiting for the phone', tone: 'busy' },
  authenticated: { word: 'Reading chats', tone: 'busy' },
  ready: { word: 'Ready', tone: 'ok' },
  reconnecting: { word: 'Reconnecting', tone: 'busy' },
  failed: { word: 'Failed', tone: 'bad' },
  terminated: { word: 'Stopped', tone: 'off' },
};

export const wordsOfState = (status: KnownStatus | undefined): StateWords => {
  switch (status?.state) {
    case undefined:
      return told.terminated;
    case 'told':
      return told[status.status];
    case 'starting':
      return told.initializing;
    case 'linking':
      return status.method === 'passkey' ? { word: 'Waiting for a passkey', tone: 'busy' } : told.qr_ready;
    case 'syncing':
      return { word: `Reading chats, ${Math.round(status.percent)} %`, tone: 'busy' };
    case 'ready':
      return (status.missing?.length ?? 0) > 0
        ? {
            word: 'Cannot send',
            tone: 'bad',
            detail: 'WhatsApp Web has changed, and this version cannot send with it.',
          }
        : told.ready;
    case 'reconnecting':
      return told.reconnecting;
    case 'backoff':
      return { word: 'Will try again', tone: 'busy', detail: status.error.message };
    case 'asleep':
      return { word: 'Asleep', tone: 'off' };
    case 'stopping':
      return { word: 'Stopping', tone: 'off' };
    case 'stopped':
      return told.terminated;
    case 'failed':
      return { word: 'Failed', tone: 'bad', detail: status.error.message };
  }
};

/** Whether there is something to stop. */
export const isRunning = (status: KnownStatus | undefined): boolean =>
  status !== undefined &&
  (status.state === 'told'
    ? status.status !== 'terminated' && status.status !== 'failed'
    : !['stopped', 'stopping', 'failed'].includes(status.state));

/** Whether a code is on show that a phone can scan. */
export const isLinking = (status: KnownStatus | undefined): boolean =>
  status?.state === 'told' ? status.status === 'qr_ready' : status?.state === 'linking' && status.method !== 'passkey';
