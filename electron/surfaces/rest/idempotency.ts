import { createHash } from 'node:crypto';
import type { Clock } from '../../application/ports/clock';
import { restError } from './rest-error';

/** How long an answer is kept, in ms. */
const keptMs = 24 * 60 * 60 * 1_000;
/** Answers that are kept; the oldest go first. */
const keptAnswers = 10_000;

export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Entry {
  readonly request: string;
  readonly answer: Promise<KeptAnswer>;
  readonly atMs: number;
}

/**
 * `Idempotency-Key` on writes: the same key with the same request replays the first answer, also while that one is still
 * being made. Sends keep the promise durably by themselves, in the outbox; the rest keeps it as long as the program runs.
 */
export interface Idempotency {
  once(caller: string, key: string, request: readonly unknown[], work: () => Promise<KeptAnswer>): Promise<KeptAnswer>;
}

export const createIdempotency = (clock: Clock): Idempotency => {
  const entries = new Map<string, Entry>();
  return {
    once(caller, key, request, work) {
      const name = `${caller}\n${key}`;
      const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex');
      const known = entries.get(name);
      if (known !== undefined && clock.monotonicMs() - known.atMs < keptMs) {
        if (known.request === digest) return known.answer;
        throw restError(
          409,
          'IDEMPOTENCY_KEY_REUSED',
          'This Idempotency-Key was used for another request: nothing was done, use a new one.',
        );
      }
      const answer = work();
      entries.delete(name);
      entries.set(name, { request: digest, answer, atMs: clock.monotonicMs() });
      // What was refused or broke may be tried again under the same key.
      const forget = (): void => {
        if (entries.get(name)?.answer === answer) entries.delete(name);
      };
      answer.then(({ status }) => {
        if (status >= 400) forget();
      }, forget);
      const oldest = entries.keys().next().value;
      if (entries.size > keptAnswers && oldest !== undefined) entries.delete(oldest);
      return answer;
    },
  };
};
