import type { SendState } from '../contract/entities/send';

const confirmed = ['sent', 'delivered', 'read'] as const;

/** What a person reads of a message that WhatsApp answered with a failure. */
export const refusedWords = 'WhatsApp did not accept this message.';

/** From each state the ones it may become. What WhatsApp confirms heals every doubt; nothing ever goes back from it. */
const arrows: Readonly<Record<SendState, readonly SendState[]>> = {
  queued: ['claimed', 'cancelled', 'failed', ...confirmed],
  /** Back to `queued` only where it is proven that nothing was made of it. */
  claimed: ['queued', 'handed', 'failed', 'unknown', ...confirmed],
  handed: ['failed', 'unknown', 'stuck', ...confirmed],
  unknown: ['queued', 'handed', 'failed', 'stuck', 'dismissed', ...confirmed],
  stuck: ['queued', 'handed', 'failed', 'dismissed', ...confirmed],
  failed: ['queued', 'dismissed', ...confirmed],
  sent: ['delivered', 'read'],
  delivered: ['read'],
  read: [],
  cancelled: [],
  dismissed: [...confirmed],
};

/** Whether a row of the outbox may go from one state to another. */
export const mayBecome = (from: SendState, to: SendState): boolean => arrows[from].includes(to);

/** Whether WhatsApp's server has the message for certain. */
export const isConfirmedSend = (state: SendState): boolean => (confirmed as readonly SendState[]).includes(state);

/** Whether a person should look at it. */
export const needsAttention = (state: SendState): boolean =>
  state === 'failed' || state === 'unknown' || state === 'stuck';
