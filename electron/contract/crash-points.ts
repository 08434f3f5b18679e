import type { AccountId } from './ids';

/** Places where a test may end a process, to see what is left. Reaching one does nothing in ordinary life. */
export const crashPointNames = [
  /** Accepted and durable, nothing claimed. */
  'outbox.queued',
  /** Claimed, the worker not asked. */
  'outbox.claimed',
  /** In the worker: asked, the page not called. */
  'worker.asked',
  /** In the worker: the page has the chosen id and is about to make the message. */
  'worker.calling',
  /** In the worker: the page has stored the message, main does not know. */
  'worker.stored',
  /** Main knows, the row still says claimed. */
  'outbox.answered',
  /** The row says handed. */
  'outbox.handed',
  /** WhatsApp has confirmed, the row still says handed. */
  'outbox.confirmed',
] as const;
export type CrashPointName = (typeof crashPointNames)[number];

export interface CrashPoints {
  /** Resolves at once, unless a test has set a crash here; then not before the process that it chose is gone, if ever. */
  reach(name: CrashPointName, accountId: AccountId): Promise<void> | undefined;
}
