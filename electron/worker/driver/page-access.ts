import type { Client } from 'whatsapp-web.js';
import { DeadlineError, within } from '../deadline';

/** For a question that the page answers from memory, in ms. */
const answerLimitMs = 5_000;

/** Runs one of the page functions in the account's page, with a time limit. */
export const evaluate = async <Arguments extends readonly unknown[], Result>(
  client: Client,
  pageFunction: (...values: Arguments) => Result,
  values?: Arguments,
  limitMs: number = answerLimitMs,
): Promise<Awaited<Result>> => {
  const { pupPage } = client;
  if (!pupPage) throw new Error('the page is not open');
  // Puppeteer’s own typing of arguments wants a mutable tuple; the values are copied over the pipe anyway.
  const run = pageFunction as unknown as (...values: unknown[]) => unknown;
  return within(pupPage.evaluate(run, ...(values ?? [])), limitMs, 'The page') as Promise<Awaited<Result>>;
};

/** A reason for a person: the first line of whatever was thrown, which may be a bare text. */
export const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 200).toWellFormed() || 'unknown reason';
};

/** Whether a question got no answer because the page, or the way to it, was gone or hung; and not because of what it says. */
export const isPageGone = (error: unknown): boolean =>
  error instanceof DeadlineError ||
  (error instanceof Error &&
    (/^(TargetCloseError|ProtocolError|ConnectionClosedError)$/.test(error.name) ||
      /^(the page is not open|Execution context |Attempted to use detached )/.test(error.message)));

/** Whether Chromium could not load the page because there is no way to it, and not because of anything in it. */
export const isOfflineReason = (reason: string): boolean =>
  /net::ERR_(INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|NETWORK_|ADDRESS_UNREACHABLE|CONNECTION_|TIMED_OUT)/.test(reason);

/** Whether the way through the account's proxy is what failed. */
export const isProxyReason = (reason: string): boolean =>
  /net::ERR_(PROXY_|TUNNEL_CONNECTION_FAILED|SOCKS_CONNECTION|MANDATORY_PROXY|NO_SUPPORTED_PROXIES|UNEXPECTED_PROXY_AUTH)/.test(
    reason,
  );
