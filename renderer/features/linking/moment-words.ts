import type { SessionState } from '../../../electron/contract/entities/session';
import type { Tone } from '../../state/session-words';

export interface MomentWords {
  readonly title: string;
  readonly detail: string | undefined;
  readonly tone: Tone;
}

const stopWords = {
  user: 'by you',
  removed: 'the account is being removed',
  shutdown: 'the console is closing',
  restart: 'to start again',
  logged_out: 'signed out on the phone',
  failed: 'after an error',
} as const;

/** An entry of "What happened". */
export const wordsOfMoment = (status: SessionState): MomentWords => {
  switch (status.state) {
    case 'stopped':
      return { title: 'Stopped', detail: undefined, tone: 'off' };
    case 'starting':
      return {
        title: 'Browser starting',
        detail: status.attempt === 0 ? 'own profile' : `try ${status.attempt + 1}`,
        tone: 'off',
      };
    case 'linking':
      return {
        title: 'Code shown',
        detail: `${status.attempt} of ${status.maxAttempts}, waiting for the phone`,
        tone: 'busy',
      };
    case 'syncing':
      return { title: 'Phone linked, reading chats', detail: `${Math.round(status.percent)} %`, tone: 'busy' };
    case 'ready':
      return { title: 'Ready', detail: status.me.phone, tone: 'ok' };
    case 'reconnecting':
      return { title: 'Connection lost', detail: status.reason, tone: 'busy' };
    case 'backoff':
      return { title: 'Waiting before the next try', detail: status.error.message, tone: 'busy' };
    case 'stopping':
      return { title: 'Stopping', detail: stopWords[status.why], tone: 'off' };
    case 'failed':
      return { title: 'Failed', detail: status.error.message, tone: 'bad' };
  }
};
