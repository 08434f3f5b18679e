import type { SessionStateName } from '../contract/entities/session';
import { OperationError } from '../contract/errors';
import type { WorkerRequestKind } from '../contract/frames';
import type { SessionMachine } from '../domain/session-state';
import { changesSomething } from './pending-requests';

/** What a page answers before anybody is logged in, too. */
const anyPage: ReadonlySet<WorkerRequestKind> = new Set<WorkerRequestKind>(['screenshot', 'showWindow', 'hideWindow']);

const advice: Readonly<Record<SessionStateName, string>> = {
  stopped: 'Start it first.',
  starting: 'Wait until it is ready.',
  linking: 'Link it first.',
  syncing: 'Wait until its chats are loaded.',
  ready: '',
  reconnecting: 'Wait until it is connected again.',
  backoff: 'Wait until it is started again, or start it now.',
  asleep: 'Wake it first.',
  stopping: 'Start it again when it has stopped.',
  failed: 'Start it again.',
};

export const notReady = (label: string, state: SessionStateName, what: string): OperationError =>
  new OperationError('SESSION_NOT_READY', `Account “${label}” is ${state}. ${what}`.trim(), { data: { state } });

/** Throws, in words for a person, when the session cannot be asked for this in its state. */
export const mayAsk = (kind: WorkerRequestKind, machine: SessionMachine, label: string): void => {
  const { status, missing } = machine;
  const { state } = status;
  if (anyPage.has(kind)) {
    if (state === 'starting' || state === 'linking' || state === 'syncing') return;
  } else if (kind === 'pairingCode') {
    if (state === 'linking' && status.method !== 'passkey') return;
    throw notReady(label, state, 'A pairing code can only be had while it waits to be linked.');
  }
  if (kind === 'send' && missing.length > 0) {
    throw new OperationError(
      'SESSION_PAGE_CHANGED',
      `WhatsApp Web has changed and account “${label}” cannot send safely: ${missing.join(', ')} is missing. Nothing was sent. Use the account’s own window, and update Switchboard.`,
      { data: { missing: [...missing] } },
    );
  }
  if (state === 'ready' || (state === 'reconnecting' && !changesSomething(kind))) return;
  throw notReady(label, state, advice[state]);
};
