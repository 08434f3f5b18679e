import type { DeliveryStatus } from '../contract/entities/message';

/** How far the server or the customer has confirmed a message; the other states confirm nothing. */
const confirmedRank: Readonly<Partial<Record<DeliveryStatus, number>>> = { sent: 1, delivered: 2, read: 3, played: 4 };

/** Whether WhatsApp's server has the message for certain. */
export const isConfirmed = (status: DeliveryStatus | undefined): boolean =>
  status !== undefined && confirmedRank[status] !== undefined;

/**
 * The status of an own message after one more observation. Never backwards: a confirmation stays, and a better one
 * replaces it. A real confirmation also heals `failed` and `unknown`, because those are only our own knowledge. `failed` is
 * believed only while nothing was confirmed, and `unknown` only while the message was waiting.
 */
export const mergeDeliveryStatus = (current: DeliveryStatus | undefined, observed: DeliveryStatus): DeliveryStatus => {
  if (current === undefined) return observed;
  const currentRank = confirmedRank[current] ?? 0;
  const observedRank = confirmedRank[observed] ?? 0;
  if (observedRank > currentRank) return observed;
  if (currentRank > 0) return current;
  if (observed === 'failed') return 'failed';
  if (observed === 'unknown' && current === 'pending') return 'unknown';
  return current;
};
