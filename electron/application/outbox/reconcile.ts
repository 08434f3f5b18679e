import type { ObservedMessage } from '../../contract/entities/message';
import type { SendState } from '../../contract/entities/send';
import { statusFeed } from '../../domain/chat-identity';
import { isConfirmed } from '../../domain/delivery-status';
import { refusedWords } from '../../domain/send-states';
import type { SendStep, StoredSend } from '../ports/outbox-store';

/** What a person reads beside a message that may or may not have left. */
export const uncertainWords = 'It is not certain that this message left. Look at the phone before you send it again.';
export const stuckWords =
  'WhatsApp Web has this message and does not get rid of it. Look at the phone before you send it again.';

export const notAskedWords =
  'WhatsApp Web took this message and does not answer when it is asked about it. Look at the phone before you send it again.';

/** How often a message that leaves no trace is given to the page before a person has to look, kills included. */
const mostAttempts = 10;

/** WhatsApp Web forgets a status when its day is over, in ms; an hour is left for clocks that differ. */
const statusKeptMs = 23 * 3_600_000;

const mayBeForgotten = ({ chatId, claimedAtMs, createdAtMs }: StoredSend, atMs: number): boolean =>
  chatId === statusFeed && atMs - (claimedAtMs ?? createdAtMs) > statusKeptMs;

/** What looking for a message in the page has shown. */
export type Finding = 'confirmed' | 'waiting' | 'refused' | 'absent';

export const findingOf = (message: ObservedMessage | undefined): Finding => {
  if (message === undefined) return 'absent';
  if (isConfirmed(message.status)) return 'confirmed';
  return message.status === 'failed' ? 'refused' : 'waiting';
};

/** How far a confirmed message has come, as the outbox counts it. */
const confirmedState = ({ status }: ObservedMessage): SendState => {
  if (status === 'delivered') return 'delivered';
  return status === 'read' || status === 'played' ? 'read' : 'sent';
};

/**
 * What becomes of a message that may have left, after the page has been looked at. Its absence proves something only in
 * the profile that it was claimed in, while the page keeps such a message, and only when it was never seen to have it: then it is sent again under its own
 * id. Undefined: nothing to write, it is where it was.
 *
 * @param epoch That of the profile which was looked at.
 */
export const stepAfterLooking = (
  row: StoredSend,
  message: ObservedMessage | undefined,
  epoch: string,
  atMs: number,
): SendStep | undefined => {
  const { chatId, messageId, state } = row;
  const to = (next: SendState, problem?: string): SendStep => ({
    chatId,
    messageId,
    to: next,
    atMs,
    ...(problem === undefined ? {} : { problem }),
  });
  switch (findingOf(message)) {
    case 'confirmed':
      return message === undefined ? undefined : to(confirmedState(message));
    case 'refused':
      return to('failed', refusedWords);
    case 'waiting':
      return state === 'handed' || state === 'stuck' ? undefined : to('handed');
    case 'absent': {
      if (state === 'unknown' || state === 'stuck') return undefined;
      const isProof = row.epoch === epoch && !row.wasHanded && state === 'claimed' && !mayBeForgotten(row, atMs);
      return isProof && row.attempt < mostAttempts ? to('queued') : to('unknown', uncertainWords);
    }
  }
};
