import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../../application/caller';
import type { Clock } from '../../application/ports/clock';
import type { KeyRing } from './key-ring';
import { restError } from './rest-error';

/** Wrong keys that one address may try in a minute before it is told to wait. */
const guesses = 10;
const guessWindowMs = 60_000;
/** Addresses that are remembered; one that floods with others is forgotten earlier, and its guesses fail all the same. */
const rememberedAddresses = 1_000;

/** What the scripts of the dialect's own examples are served as, when a person has allowed calls without a key. */
const keylessCaller: Caller = { kind: 'api', name: 'api (no key)', scopes: ['read', 'send', 'control', 'admin'] };

export interface AuthenticationOptions {
  readonly keys: KeyRing;
  readonly clock: Clock;
  /** Loopback only; announced loudly where it is switched on. */
  readonly allowWithoutKey: boolean;
}

export interface Authentication {
  /** Throws 401 without a key or with a wrong one, 429 for an address that guesses. A right key always passes. */
  caller(headers: IncomingHttpHeaders, address: string): Caller;
}

const secretIn = (headers: IncomingHttpHeaders): string | undefined => {
  const given = headers['x-api-key'];
  if (typeof given === 'string' && given !== '') return given;
  const match = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '');
  return match?.[1];
};

export const createAuthentication = ({ keys, clock, allowWithoutKey }: AuthenticationOptions): Authentication => {
  const failures = new Map<string, { count: number; readonly untilMs: number }>();

  const noteFailure = (address: string): void => {
    const now = clock.monotonicMs();
    const known = failures.get(address);
    if (known !== undefined && known.untilMs > now) {
      known.count += 1;
      if (known.count > guesses) {
        const seconds = Math.ceil((known.untilMs - now) / 1_000);
        throw restError(429, 'TOO_MANY_ATTEMPTS', `Too many wrong API keys; wait ${seconds} s.`, {
          'Retry-After': String(seconds),
        });
      }
      return;
    }
    failures.delete(address);
    failures.set(address, { count: 1, untilMs: now + guessWindowMs });
    const oldest = failures.keys().next().value;
    if (failures.size > rememberedAddresses && oldest !== undefined) failures.delete(oldest);
  };

  return {
    caller(headers, address) {
      const secret = secretIn(headers);
      if (secret === undefined) {
        if (allowWithoutKey) return keylessCaller;
        throw restError(
          401,
          'API_KEY_MISSING',
          'This call needs an API key, in the header X-API-Key or as Authorization: Bearer. Keys are made in Settings, Local API.',
          { 'WWW-Authenticate': 'Bearer' },
        );
      }
      const caller = keys.find(secret);
      if (caller !== undefined) return caller;
      noteFailure(address);
      throw restError(401, 'API_KEY_INVALID', 'This API key does not exist or was revoked.', {
        'WWW-Authenticate': 'Bearer',
      });
    },
  };
};
