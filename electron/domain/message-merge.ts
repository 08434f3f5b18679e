import type { Message, ObservedMessage } from '../contract/entities/message';
import { isConfirmed, mergeDeliveryStatus } from './delivery-status';

/** An empty body of the same type is a page that has not loaded the text yet, not an edit. */
const mergedBody = (stored: Message, observed: ObservedMessage): string =>
  observed.body === '' && observed.type === stored.type ? stored.body : observed.body;

/**
 * The stored message after WhatsApp showed it once more, or `undefined` when nothing is different. WhatsApp's time replaces
 * our own guess, an edit replaces the text, a revoked message stays revoked, and the delivery status only moves forward.
 */
export const mergeMessage = (stored: Message, observed: ObservedMessage): Message | undefined => {
  const revoked = stored.type === 'revoked';
  const type = revoked ? stored.type : observed.type;
  const body = revoked ? stored.body : mergedBody(stored, observed);
  const author = observed.author ?? stored.author;
  const editedAtMs = observed.editedAtMs ?? stored.editedAtMs;
  const status =
    stored.fromMe && observed.status !== undefined
      ? mergeDeliveryStatus(stored.status, observed.status)
      : stored.status;
  const problem = isConfirmed(status) ? undefined : stored.problem;

  const same =
    type === stored.type &&
    body === stored.body &&
    author?.id === stored.author?.id &&
    author?.name === stored.author?.name &&
    observed.timestampMs === stored.timestampMs &&
    status === stored.status &&
    problem === stored.problem &&
    editedAtMs === stored.editedAtMs;
  if (same) return undefined;

  const { author: _author, status: _status, problem: _problem, reactions, ...rest } = stored;
  return {
    ...rest,
    type,
    body,
    timestampMs: observed.timestampMs,
    ...(author === undefined ? {} : { author }),
    ...(status === undefined ? {} : { status }),
    ...(problem === undefined ? {} : { problem }),
    ...(editedAtMs === undefined ? {} : { editedAtMs }),
    // WhatsApp takes them away with the message.
    ...(reactions === undefined || type === 'revoked' ? {} : { reactions }),
  };
};
