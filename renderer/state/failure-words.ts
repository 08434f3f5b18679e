import type { ErrorCode, OperationErrorShape } from '../../electron/contract/errors';
import type { AccountId } from '../../electron/contract/ids';

/** Where the way out of a failure begins. */
export type WayOut = 'start' | 'settings';

export interface FailureWords {
  /** What is wrong, in a few words that name the account. The error's own message says the rest. */
  readonly title: string;
  readonly wayOut: WayOut;
  /** The words on the button that leads there. */
  readonly button: string;
  /** Another account that the error is about, such as the one that has the number already. */
  readonly holder: AccountId | undefined;
}

type Words = (label: string) => Partial<FailureWords> & Pick<FailureWords, 'title'>;

const words: Partial<Record<ErrorCode, Words>> = {
  SESSION_LINK_EXPIRED: (label) => ({
    title: `Nobody linked a phone to ${label}, so it rests and costs nothing`,
    button: 'Show a new code',
  }),
  NUMBER_ALREADY_LINKED: (label) => ({
    title: `${label} was not linked: the number is in use already`,
    button: 'Link another phone',
  }),
  SESSION_LOGGED_OUT: (label) => ({ title: `${label} was signed out on the phone`, button: 'Link it again' }),
  SESSION_BANNED: (label) => ({ title: `WhatsApp has banned the number of ${label}`, button: 'Check again' }),
  SESSION_TERMS_BLOCKED: (label) => ({ title: `WhatsApp has blocked ${label}`, button: 'Check again' }),
  SESSION_CONFLICT: (label) => ({ title: `${label} is in use in another window`, button: 'Use it here' }),
  SESSION_PAGE_CHANGED: (label) => ({ title: `WhatsApp Web has changed and ${label} cannot be run` }),
  SESSION_MEMORY_EXCEEDED: (label) => ({
    title: `${label} needs more memory than its limit`,
    wayOut: 'settings',
    button: 'Change the limit',
  }),
  PROFILE_IN_USE: (label) => ({ title: `The login of ${label} is in use by another program` }),
  PROXY_FAILED: (label) => ({
    title: `${label} cannot get through its proxy`,
    wayOut: 'settings',
    button: 'Check the proxy',
  }),
  BROWSER_NOT_FOUND: (label) => ({
    title: `The browser of ${label} was not found`,
    wayOut: 'settings',
    button: 'Choose a browser',
  }),
  CHROMIUM_FLAG_REFUSED: (label) => ({
    title: `${label} has a browser switch that is not allowed`,
    wayOut: 'settings',
    button: 'Change the switches',
  }),
};

/** A failed session in words, with the way out. */
export const wordsOfFailure = (error: OperationErrorShape, label: string): FailureWords => {
  const holder = error.data?.['accountId'];
  return {
    title: `${label} stopped working`,
    wayOut: 'start',
    button: 'Start it again',
    // Main names accounts by the ids that it made itself.
    holder: typeof holder === 'string' ? (holder as AccountId) : undefined,
    ...words[error.code]?.(label),
  };
};
