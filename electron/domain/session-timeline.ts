import type { TimelineEntry } from '../contract/entities/observation';
import type { SessionState, StopReason } from '../contract/entities/session';
import type { SessionMachine } from './session-state';

const ends: Readonly<Record<StopReason, string>> = {
  user: 'Stopped',
  removed: 'Stopped because the account was removed',
  shutdown: 'Stopped because the console closes',
  restart: 'Stopped to be started again',
  logged_out: 'WhatsApp unlinked this device; its browser is closed',
  logout: 'Logged out',
  sleep: 'Goes to sleep',
  failed: 'Closed after a failure',
};

const seconds = (durationMs: number): string => `${Math.max(1, Math.round(durationMs / 1000))} s`;

const linkWords = (status: Extract<SessionState, { readonly state: 'linking' }>): string => {
  if (status.method === 'passkey') return 'WhatsApp asks for a passkey: answer in the account’s own window';
  if (status.method === 'code') return 'Waits for a code to be typed on the phone';
  return `QR code ${status.attempt} of ${status.maxAttempts} on show`;
};

const entryOf = (before: SessionMachine, after: SessionMachine): Omit<TimelineEntry, 'atMs'> | undefined => {
  const { status } = after;
  const was = before.status;
  switch (status.state) {
    case 'stopped':
      return { kind: 'state', words: 'No process is left' };
    case 'starting':
      if (was.state === 'asleep')
        return { kind: 'sleep', words: after.looking ? 'Wakes up to look for news' : 'Woken up' };
      if (was.state === 'backoff')
        return { kind: 'restart', words: `Started again (try ${status.attempt + 1}) because: ${was.error.message}` };
      return { kind: 'state', words: 'Starts' };
    case 'linking':
      return { kind: 'link', words: linkWords(status) };
    case 'syncing':
      return was.state === 'syncing' ? undefined : { kind: 'link', words: 'Loads its chats' };
    case 'ready': {
      if (was.state === 'reconnecting')
        return {
          kind: 'connection',
          words: `Connected again after ${seconds(status.sinceMs - was.sinceMs)}`,
          durationMs: Math.max(0, status.sinceMs - was.sinceMs),
        };
      return was.state === 'ready' ? undefined : { kind: 'state', words: 'Ready' };
    }
    case 'reconnecting':
      return { kind: 'connection', words: `Connection lost: ${status.reason}` };
    case 'backoff':
      return {
        kind: 'restart',
        words: `${status.error.message} Next try in ${seconds(status.retryAtMs - status.sinceMs)}`,
      };
    case 'asleep':
      return { kind: 'sleep', words: `Asleep, looks for news every ${status.lookEveryMinutes} minutes` };
    case 'stopping':
      if (status.waitsUntilMs !== undefined)
        return { kind: 'state', words: 'Waits until the new login is safely on disk before it closes the browser' };
      return was.state === 'stopping' ? undefined : { kind: 'state', words: ends[status.why] };
    case 'failed':
      return { kind: 'state', words: `Failed: ${status.error.message}` };
  }
};

/** What a step of the machine means for the account's timeline; at most one entry each, none when nothing changed for a person. */
export const timelineOf = (before: SessionMachine, after: SessionMachine, nowMs: number): readonly TimelineEntry[] => {
  const entries: TimelineEntry[] = [];
  const add = (entry: Omit<TimelineEntry, 'atMs'>): void => {
    entries.push({ atMs: nowMs, ...entry, words: entry.words.slice(0, 500) });
  };
  if (after.status !== before.status) {
    const entry = entryOf(before, after);
    if (entry !== undefined) add(entry);
  }
  if (after.missing !== before.missing && after.missing.length > 0)
    add({
      kind: 'canary',
      words: `WhatsApp Web has changed; missing: ${after.missing.join(', ')}. Nothing is sent; the account’s own window still works`,
    });
  if (after.offline !== before.offline)
    add({
      kind: 'connection',
      words: after.offline ? 'This computer has no network' : 'This computer has a network again',
    });
  return entries;
};
