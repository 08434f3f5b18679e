import type { Clock, Randomness } from '../application/ports/clock';

/** A place in the queue of starts. */
export interface StartTicket {
  /** Resolves with `true` when it is this account's turn, with `false` when the ticket was returned first. */
  readonly turn: Promise<boolean>;
  /** Gives the place to the next; needed once, does nothing afterwards. */
  release(): void;
}

export interface StartQueue {
  join(): StartTicket;
}

/** Longest extra wait of a start that is not the only one, in ms. Keeps browsers from opening in the same instant. */
const maxJitterMs = 25;

interface Waiting {
  begin(): void;
}

/** Lets only so many starts be under way at a time, so that twenty accounts never storm the machine. */
export const createStartQueue = (maxConcurrent: number, clock: Clock, randomness: Randomness): StartQueue => {
  const waiting: Waiting[] = [];
  let running = 0;

  const admit = (): void => {
    while (running < maxConcurrent) {
      const first = waiting.shift();
      if (first === undefined) return;
      running += 1;
      first.begin();
    }
  };

  return {
    join: () => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      let held: 'waiting' | 'running' | 'released' = 'waiting';
      let cancelJitter: (() => void) | undefined;
      const place: Waiting = {
        begin: () => {
          held = 'running';
          const alone = running === 1 && waiting.length === 0;
          if (alone) resolve(true);
          else cancelJitter = clock.schedule(maxJitterMs * randomness.fraction(), () => resolve(true));
        },
      };
      waiting.push(place);
      admit();
      return {
        turn: promise,
        release: () => {
          if (held === 'released') return;
          if (held === 'waiting') waiting.splice(waiting.indexOf(place), 1);
          else running -= 1;
          held = 'released';
          cancelJitter?.();
          resolve(false);
          admit();
        },
      };
    },
  };
};
