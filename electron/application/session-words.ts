import type { SessionState } from '../contract/entities/session';

const dayMs = 24 * 60 * 60 * 1000;

const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const stateWords: Readonly<Record<SessionState['state'], string>> = {
  stopped: 'stopped',
  starting: 'starting',
  linking: 'waiting for its code to be scanned',
  syncing: 'loading its chats',
  ready: 'ready',
  reconnecting: 'reconnecting',
  backoff: 'waiting to start again',
  asleep: 'asleep',
  stopping: 'stopping',
  failed: 'failed',
};

/** A session's state for a sentence, in this machine's time: `reconnecting since 14:02`. */
export const sessionWords = (status: SessionState, nowMs: number): string => {
  const format = nowMs - status.sinceMs < dayMs ? timeOfDay : dayAndTime;
  // 0 is what an account that never ran says: there is no moment to name.
  return status.sinceMs === 0
    ? stateWords[status.state]
    : `${stateWords[status.state]} since ${format.format(status.sinceMs)}`;
};
