import type { SessionState } from '../../../contract/entities/session';

/** How a state is coloured and shaped. */
export type Tone = 'ok' | 'busy' | 'off' | 'bad';

export interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  /** What went wrong, in a sentence. */
  readonly detail?: string;
}

const stopped: StateWords = { word: 'Stopped', tone: 'off' };

export const wordsOfState = (status: SessionState | undefined): StateWords => {
  switch (status?.state) {
    case undefined:
      return stopped;
    case 'starting':
      return { word: 'Starting', tone: 'busy' };
    case 'linking':
      return { word: status.method === 'passkey' ? 'Waiting for a passkey' : 'Waiting for the phone', tone: 'busy' };
    case 'syncing':
      return { word: `Reading chats, ${Math.round(status.percent)} %`, tone: 'busy' };
    case 'ready':
      return (status.missing?.length ?? 0) > 0
        ? {
            word: 'Cannot send',
            tone: 'bad',
            detail: 'WhatsApp Web has changed, and this version cannot send with it.',
          }
        : { word: 'Ready', tone: 'ok' };
    case 'reconnecting':
      return { word: 'Reconnecting', tone: 'busy' };
    case 'backoff':
      return { word: 'Will try again', tone: 'busy', detail: status.error.message };
    case 'asleep':
      return { word: 'Asleep', tone: 'off' };
    case 'stopping':
      return { word: 'Stopping', tone: 'off' };
    case 'stopped':
      return stopped;
    case 'failed':
      return { word: 'Failed', tone: 'bad', detail: status.error.message };
  }
};

/** Whether there is something to stop. */
export const isRunning = (status: SessionState | undefined): boolean =>
  status !== undefined && !['stopped', 'stopping', 'failed'].includes(status.state);

/** Whether a code is on show that a phone can scan. */
export const isLinking = (status: SessionState | undefined): boolean =>
  status?.state === 'linking' && status.method !== 'passkey';
