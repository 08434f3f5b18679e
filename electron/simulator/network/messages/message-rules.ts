import type { DraftRow } from '../../frames';
import type { MessageDetails } from '../../message-details';
import { Refusal } from '../refusal';
import type { StoredMessage } from '../state';

/** What WhatsApp's service and clients allow; a refusal carries the status that the service answers with. */

const EDIT_WITHIN_MS = 15 * 60_000;
/** Two days and twelve hours. */
const REVOKE_WITHIN_MS = 60 * 3_600_000;
const MOST_OPTIONS = 12;
export const MOST_PINS = 3;

/** Types that an account may send. */
const SENDABLE = new Set([
  'chat',
  'image',
  'video',
  'audio',
  'ptt',
  'document',
  'sticker',
  'location',
  'vcard',
  'multi_vcard',
  'poll_creation',
  'event_creation',
  'groups_v4_invite',
  'newsletter_admin_invite',
  'order',
  'product',
]);

export function requireSendable({ type, details }: DraftRow): void {
  // Lists and buttons of accounts that are no cloud API: the service has turned them down since 2022.
  if (!SENDABLE.has(type)) throw new Refusal(405, `WhatsApp does not accept messages of type ${type} from an account`);
  if (details?.dynamicReplyButtons !== undefined) {
    throw new Refusal(405, 'WhatsApp does not accept messages with buttons from an account');
  }
  if (type === 'poll_creation') requirePoll(details);
}

function requirePoll(details: MessageDetails | undefined): void {
  const options = details?.pollOptions ?? [];
  if (options.length === 0 || options.length > MOST_OPTIONS) {
    throw new Refusal(400, `A poll has 1 to ${MOST_OPTIONS} options`);
  }
  if (new Set(options.map(({ name }) => name)).size < options.length) {
    throw new Refusal(400, 'The options of a poll differ from each other');
  }
}

/** `byAuthor`: whoever edits wrote the message. */
export function requireEditable(message: StoredMessage, byAuthor: boolean, nowMs: number): void {
  if (!byAuthor) throw new Refusal(403, 'Only who wrote a message can edit it');
  const captioned = message.details?.directPath !== undefined && message.type !== 'ptt' && message.type !== 'sticker';
  if (message.type !== 'chat' && !captioned) {
    throw new Refusal(406, `A message of type ${message.type} cannot be edited`);
  }
  if (nowMs - message.t * 1000 > EDIT_WITHIN_MS) throw new Refusal(406, 'A message can be edited for 15 minutes');
}

export function requireRevocable(
  message: StoredMessage,
  may: { author: boolean; admin: boolean },
  nowMs: number,
): void {
  if (message.type === 'revoked') throw new Refusal(406, 'The message is deleted already');
  if (may.admin) return;
  if (!may.author) throw new Refusal(403, 'Only who wrote a message, or an admin, can delete it for everyone');
  if (nowMs - message.t * 1000 > REVOKE_WITHIN_MS)
    throw new Refusal(406, 'A message can be deleted for everyone for 60 hours');
}

export function requireVote(message: StoredMessage, options: readonly number[]): void {
  if (message.type !== 'poll_creation') throw new Refusal(406, 'Only polls can be voted on');
  const known = new Set((message.details?.pollOptions ?? []).map(({ localId }) => localId));
  if (options.some((option) => !known.has(option))) throw new Refusal(400, 'The poll does not have such an option');
  if (message.details?.pollSelectableOptionsCount === 1 && options.length > 1) {
    throw new Refusal(400, 'This poll takes one answer');
  }
}
