import type { Gate } from '../../../electron/contract/entities/send';
import type { SessionState } from '../../../electron/contract/entities/session';
import { wordsOfFailure } from '../../state/failure-words';
import { isPageChanged } from '../../state/session-words';
import { formatSince, secondsLeft } from '../../ui/format-time';

/** Why what is sent now does not leave at once, and what the person can do about it. */
export interface Hold {
  readonly sentence: string;
  readonly action:
    | { readonly label: string; readonly does: 'start' | 'showCode' | 'showSettings' | 'showWindow' | 'resume' }
    | undefined;
}

export interface HoldFacts {
  readonly label: string;
  /** Whether a phone was ever linked to the account. */
  readonly linkedBefore: boolean;
  readonly status: SessionState | undefined;
  /** Present where a person or the console holds the account’s messages. */
  readonly paused: Gate['paused'];
}

const waits = 'What you send waits until it is back.';

const start = (label: string): Hold['action'] => ({ label, does: 'start' });

const hold = (sentence: string, action?: Hold['action']): Hold => ({ sentence, action });

const linkingHold = (label: string, linkedBefore: boolean, method: 'qr' | 'code' | 'passkey'): Hold => {
  const action = { label: method === 'passkey' ? 'Show what to do' : 'Show the code', does: 'showCode' } as const;
  if (method === 'passkey')
    return hold(
      `WhatsApp asks for a passkey before it links ${label}. What you send waits until it is linked.`,
      action,
    );
  const takes = method === 'code' ? 'take' : 'scan';
  return hold(
    linkedBefore
      ? `${label} waits for its phone to ${takes} the code. What you send waits until it is linked again.`
      : `${label} was never linked to a phone. What you send is kept and waits until it is.`,
    action,
  );
};

/** What holds a message that is sent now; undefined when it leaves at once. It is accepted in any case. */
export const holdOf = ({ label, linkedBefore, status, paused }: HoldFacts, nowMs: number): Hold | undefined => {
  const neverLinked = !linkedBefore
    ? hold(`${label} was never linked to a phone. What you send is kept and waits until it is.`, {
        label: 'Link a phone',
        does: 'showCode',
      })
    : undefined;
  switch (status?.state) {
    case 'ready':
      if (isPageChanged(status))
        return hold(
          `WhatsApp Web has changed: sending from ${label} is off. What you send waits until the console is updated.`,
          { label: 'Open the WhatsApp window', does: 'showWindow' },
        );
      return paused?.by === 'person'
        ? hold(`Sending from ${label} is paused since ${formatSince(paused.sinceMs, nowMs)}. What you send waits.`, {
            label: 'Go on',
            does: 'resume',
          })
        : undefined;
    case 'asleep':
      return hold(`${label} is asleep. Sending wakes it.`, start('Wake it'));
    case undefined:
      return neverLinked ?? hold(`${label} is stopped. ${waits}`, start('Start it'));
    case 'stopped':
      return (
        neverLinked ??
        hold(
          // One that has not run since the console was opened has no moment at which it stopped.
          `${label} is stopped${status.sinceMs === 0 ? '' : ` since ${formatSince(status.sinceMs, nowMs)}`}. ${waits}`,
          start('Start it'),
        )
      );
    case 'starting':
      return hold(`${label} is starting. What you send waits until it is ready.`);
    case 'linking':
      return linkingHold(label, linkedBefore, status.method);
    case 'syncing':
      return hold(
        `${label} is reading its chats, ${Math.round(status.percent)} %. What you send waits until it is ready.`,
      );
    case 'reconnecting':
      return hold(
        `${label} lost its connection at ${formatSince(status.sinceMs, nowMs)} and is reconnecting. ${waits}`,
      );
    case 'backoff':
      return hold(
        `${label} could not start. Next try in ${secondsLeft(status.retryAtMs, nowMs)} s. ${waits}`,
        start('Try now'),
      );
    case 'stopping':
      return hold(`${label} is stopping. ${waits}`);
    case 'failed': {
      const { title, wayOut, button } = wordsOfFailure(status.error, label);
      return hold(
        `${title}, ${formatSince(status.sinceMs, nowMs)}. ${status.error.message} ${waits}`,
        wayOut === 'start' ? start(button) : { label: button, does: 'showSettings' },
      );
    }
  }
};
