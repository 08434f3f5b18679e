import type { Gate, Send, SendLane, SendState, Wait } from '../../electron/contract/entities/send';
import type { SessionState } from '../../electron/contract/entities/session';
import { wordsOfType } from './message-words';

/** A row's state in a word or two. */
export const wordsOfSend: Readonly<Record<SendState, string>> = {
  queued: 'Waiting',
  claimed: 'Sending',
  handed: 'On its way',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent',
  unknown: 'Not certain',
  stuck: 'Stuck',
  cancelled: 'Cancelled',
  dismissed: 'Taken off the list',
};

/** Who sends it. */
export const wordsOfLane: Readonly<Record<SendLane, string>> = { person: 'Person', api: 'Program', bulk: 'Bulk' };

/** What is wrong with a row that a person should look at, in sentences; undefined for any other. */
export const wordsOfProblem = ({ state, problem }: Pick<Send, 'state' | 'problem'>): string | undefined => {
  switch (state) {
    case 'failed':
      return problem ?? 'It has certainly not left.';
    case 'unknown':
      return problem ?? 'It is not certain that this was sent. Look at the phone before sending it again.';
    case 'stuck':
      return problem ?? 'WhatsApp Web has it and does not send it.';
    default:
      return undefined;
  }
};

/** Whether it may be with the customer already, so that somebody has to look before it goes out again. */
export const mayBeThere = (state: SendState): boolean => state === 'unknown' || state === 'stuck';

/** Moments in the reader's words; how they are written is the caller's. */
export interface Moments {
  /** `08:00`, `tomorrow, 08:00`. */
  readonly until: (ms: number) => string;
  /** The clock with seconds. */
  readonly second: (ms: number) => string;
}

/** What is known around a row that waits. */
export interface WaitSurroundings {
  /** What the account is called. */
  readonly label: string;
  readonly status: SessionState | undefined;
  /** How many go before it, where that is known. */
  readonly ahead?: number | undefined;
}

/** Why an account that is not ready sends nothing. */
const notReady = (label: string, status: SessionState | undefined): string => {
  switch (status?.state) {
    case undefined:
    case 'stopped':
      return `${label} is stopped`;
    case 'starting':
      return `${label} is starting`;
    case 'linking':
      return `${label} waits for its phone`;
    case 'syncing':
      return `${label} is reading its chats`;
    case 'reconnecting':
      return `${label} is reconnecting`;
    case 'backoff':
      return `${label} will be started again`;
    case 'asleep':
      return `${label} is asleep and is being woken`;
    case 'stopping':
      return `${label} is stopping`;
    case 'failed':
      return `${label} stopped working`;
    case 'ready':
      return `${label} has just become ready`;
  }
};

/** Why a row waits, in one phrase without a full stop, with the time at which the reason ends. */
export const wordsOfWait = (wait: Wait | undefined, around: WaitSurroundings, moments: Moments): string => {
  const { label, status, ahead } = around;
  const until = wait?.untilMs === undefined ? '' : ` until ${moments.until(wait.untilMs)}`;
  switch (wait?.reason) {
    case undefined:
      return 'Waits its turn';
    case 'next':
      return 'Next, goes now';
    case 'in_line':
      if (ahead === undefined || ahead === 0) return 'Others go first';
      return ahead === 1 ? 'Waits behind 1 other' : `Waits behind ${ahead} others`;
    case 'earlier_message':
      return 'Waits until WhatsApp has the earlier message to this chat';
    case 'account_not_ready':
      return notReady(label, status);
    case 'page_changed':
      return `WhatsApp Web has changed: sending from ${label} is off until the console is updated`;
    case 'pace':
      return wait?.untilMs === undefined ? 'Pace' : `Pace: next at ${moments.second(wait.untilMs)}`;
    case 'quiet_hours':
      return `Quiet hours${until}`;
    case 'hour_cap':
      return `Hourly cap reached${until === '' ? '' : `, waits${until}`}`;
    case 'day_cap':
      return `Daily cap reached${until === '' ? '' : `, waits${until}`}`;
    case 'warm_up':
      return `Warm-up: today’s share is used${until === '' ? '' : `, waits${until}`}`;
    case 'whatsapp_timelock':
      return `WhatsApp’s limit${until}`;
    case 'whatsapp_cap':
      return `WhatsApp’s quota of new chats is used${until === '' ? '' : `, waits${until}`}`;
    case 'paused':
      return `Sending from ${label} is paused`;
    case 'stopped_by_failures':
      return 'Stopped after too many failures';
    case 'unknown_chat':
      return `${label} writes only to people who have written to it`;
    case 'store':
      return 'The console cannot write to its disk';
  }
};

/** Whether WhatsApp itself holds messages back at this moment. */
export const isLimitedByWhatsApp = ({ stated }: Gate, nowMs: number): boolean =>
  (stated?.timelock !== undefined && stated.timelock.endsAtMs > nowMs) ||
  (stated?.capping?.status === 'CAPPED' && stated.capping.cycleEndsAtMs > nowMs);

/** What a message on its way out says, on one line, with the kind that its picture shows. */
export const previewOfSend = ({ content }: Pick<Send, 'content'>): { readonly kind: string; readonly text: string } => {
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: oneLine(content.body.slice(0, 400)) };
    case 'media': {
      const kind = kindOfMedia(content.form, content.mimetype);
      const caption = content.caption === undefined ? '' : ` · ${oneLine(content.caption)}`;
      return { kind, text: `${content.filename}${caption}` };
    }
    case 'location':
      return { kind: 'location', text: content.name ?? content.address ?? `${content.latitude}, ${content.longitude}` };
    case 'contact':
      return { kind: 'contact', text: /^FN[^:\r\n]*:(.+)$/m.exec(content.vcard)?.[1]?.trim() ?? wordsOfType.contact };
    case 'poll':
      return { kind: 'poll', text: oneLine(content.question) };
    case 'status':
      return { kind: 'text', text: oneLine(content.body) };
  }
};

const kindOfMedia = (
  form: string,
  mimetype: string,
): 'voice' | 'sticker' | 'image' | 'video' | 'audio' | 'document' => {
  if (form === 'voice' || form === 'sticker') return form;
  const [family] = mimetype.split('/');
  return form === 'auto' && (family === 'image' || family === 'video' || family === 'audio') ? family : 'document';
};
