import type { SessionState } from '../../../electron/contract/entities/session';
import { wordsOfFailure } from '../../state/failure-words';
import { isPageChanged } from '../../state/session-words';
import { formatSince, secondsLeft } from '../../ui/format-time';

/** Why an account cannot send now or not at once, and what the person can do about it. */
export interface Blocker {
  readonly sentence: string;
  /** False where sending works and only takes longer. */
  readonly blocks: boolean;
  readonly action:
    | { readonly label: string; readonly does: 'start' | 'showCode' | 'showSettings' | 'showWindow' }
    | undefined;
}

const start = (label: string): Blocker['action'] => ({ label, does: 'start' });

const blocked = (sentence: string, action?: Blocker['action']): Blocker => ({ sentence, blocks: true, action });

/** What stands between an account and sending; undefined when nothing does. */
export const blockerOf = (label: string, status: SessionState | undefined, nowMs: number): Blocker | undefined => {
  switch (status?.state) {
    case 'ready':
      return isPageChanged(status)
        ? blocked(`WhatsApp Web has changed: sending from ${label} is off until the console is updated.`, {
            label: 'Open the WhatsApp window',
            does: 'showWindow',
          })
        : undefined;
    case 'asleep':
      return { sentence: `${label} is asleep. Sending wakes it.`, blocks: false, action: start('Wake it') };
    case undefined:
      return blocked(`${label} is stopped.`, start('Start it'));
    case 'stopped':
      return blocked(`${label} is stopped since ${formatSince(status.sinceMs, nowMs)}.`, start('Start it'));
    case 'starting':
      return blocked(`${label} is starting.`);
    case 'linking':
      return blocked(
        status.method === 'passkey'
          ? `WhatsApp asks for a passkey before it links ${label}.`
          : `${label} waits for its phone to ${status.method === 'code' ? 'take' : 'scan'} the code.`,
        { label: status.method === 'passkey' ? 'Show what to do' : 'Show the code', does: 'showCode' },
      );
    case 'syncing':
      return blocked(`${label} is reading its chats, ${Math.round(status.percent)} %.`);
    case 'reconnecting':
      return blocked(`${label} lost its connection at ${formatSince(status.sinceMs, nowMs)} and is reconnecting.`);
    case 'backoff':
      return blocked(
        `${label} could not start. Next try in ${secondsLeft(status.retryAtMs, nowMs)} s.`,
        start('Try now'),
      );
    case 'stopping':
      return blocked(`${label} is stopping.`);
    case 'failed': {
      const { title, wayOut, button } = wordsOfFailure(status.error, label);
      return blocked(
        `${title}, ${formatSince(status.sinceMs, nowMs)}. ${status.error.message}`,
        wayOut === 'start' ? start(button) : { label: button, does: 'showSettings' },
      );
    }
  }
};
