import type { SessionState } from '../../../electron/contract/entities/session';
import { formatSince, secondsLeft } from '../../ui/format-time';

/** Why an account cannot send now, and what the person can do about it. */
export interface Blocker {
  readonly sentence: string;
  readonly action: { readonly label: string; readonly does: 'start' | 'showCode' } | undefined;
}

const start = (label: string): Blocker['action'] => ({ label, does: 'start' });

/** What stands between an account and sending; undefined when nothing does. */
export const blockerOf = (label: string, status: SessionState | undefined, nowMs: number): Blocker | undefined => {
  switch (status?.state) {
    case 'ready':
      return undefined;
    case undefined:
      return { sentence: `${label} is stopped.`, action: start('Start it') };
    case 'stopped':
      return {
        sentence: `${label} is stopped since ${formatSince(status.sinceMs, nowMs)}.`,
        action: start('Start it'),
      };
    case 'starting':
      return { sentence: `${label} is starting.`, action: undefined };
    case 'linking':
      return {
        sentence: `${label} waits for its phone to scan the code.`,
        action: { label: 'Show the code', does: 'showCode' },
      };
    case 'syncing':
      return { sentence: `${label} is reading its chats, ${Math.round(status.percent)} %.`, action: undefined };
    case 'reconnecting':
      return {
        sentence: `${label} lost its connection at ${formatSince(status.sinceMs, nowMs)} and is reconnecting.`,
        action: undefined,
      };
    case 'backoff':
      return {
        sentence: `${label} could not start. Next try in ${secondsLeft(status.retryAtMs, nowMs)} s.`,
        action: start('Try now'),
      };
    case 'stopping':
      return { sentence: `${label} is stopping.`, action: undefined };
    case 'failed':
      return {
        sentence: `${label} stopped working at ${formatSince(status.sinceMs, nowMs)}. ${status.error.message}`,
        action: start('Start it again'),
      };
  }
};
