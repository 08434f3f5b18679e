import { type ErrorCode, OperationError, type OperationErrorShape } from '../contract/errors';
import { backoffRules } from './backoff';

/** Faults that another try does not repair: a person decides. */
const finalCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SESSION_LINK_EXPIRED',
  'SESSION_BANNED',
  'SESSION_TERMS_BLOCKED',
  'SESSION_CONFLICT',
  'NUMBER_ALREADY_LINKED',
  'PROXY_FAILED',
  'BROWSER_NOT_FOUND',
  'CHROMIUM_FLAG_REFUSED',
]);

/** Whether the session fails with this error at once, without a second try. */
export const isFinal = (error: OperationErrorShape): boolean => finalCodes.has(error.code);

/** Without a network nothing is wrong with the session: trying again goes on for as long as it takes. */
export const isOffline = (error: OperationErrorShape): boolean => error.data?.['offline'] === true;

const again = 'It is started again.';

/** The same error, saying what follows instead of another start. */
const endingWith = (error: OperationErrorShape, sentence: string): OperationErrorShape => {
  const known = error.message.endsWith(again) ? error.message.slice(0, -again.length).trimEnd() : error.message;
  return { ...error, message: `${known} ${sentence}` };
};

export const breakerWords = (error: OperationErrorShape): OperationErrorShape =>
  endingWith(
    error,
    `It failed ${backoffRules.breakerFailures} times within ${backoffRules.breakerWindowMs / 60_000} minutes and is not started again by itself. Start it to try again.`,
  );

export const noRestartWords = (error: OperationErrorShape): OperationErrorShape =>
  endingWith(error, 'Starting again after a crash is switched off for it. Start it yourself.');

export const timedOut = (label: string, what: string): OperationErrorShape =>
  new OperationError('SESSION_TIMEOUT', `Account “${label}” ${what}. ${again}`).toShape();

export const crashed = (label: string): OperationErrorShape =>
  new OperationError('SESSION_CRASHED', `The processes of account “${label}” ended. ${again}`).toShape();

export const memoryExceeded = (label: string, usedMb: number, limitMb: number): OperationErrorShape =>
  new OperationError(
    'SESSION_MEMORY_EXCEEDED',
    `Account “${label}” used ${usedMb} MiB of memory, more than its limit of ${limitMb} MiB. ${again}`,
    { data: { usedMb } },
  ).toShape();

export const loggedOut = (label: string): OperationErrorShape =>
  new OperationError(
    'SESSION_LOGGED_OUT',
    `WhatsApp unlinked account “${label}”, most likely from its phone. Its history is kept. Link it again with the new code.`,
  ).toShape();

/** @param unlinked The login was taken away before, and no phone has linked since. */
export const linkExpired = (label: string, unlinked: boolean): OperationErrorShape =>
  unlinked
    ? new OperationError(
        'SESSION_LOGGED_OUT',
        `WhatsApp unlinked account “${label}” and no phone has scanned the new code. Start it to link it again.`,
      ).toShape()
    : new OperationError(
        'SESSION_LINK_EXPIRED',
        `No phone has scanned the codes of account “${label}”. Its browser is closed. Start it to get a new code.`,
      ).toShape();

export const passkeyExpired = (label: string): OperationErrorShape =>
  new OperationError(
    'SESSION_LINK_EXPIRED',
    `Nobody answered WhatsApp’s passkey question for account “${label}”. Start it and answer in the account’s own window.`,
  ).toShape();
