import { setTimeout as pause } from 'node:timers/promises';

/** For the page to hear of a change that WhatsApp has taken, in ms. */
const patienceMs = 5_000;
const lookEveryMs = 100;

/** Looks until what it sees is what was wanted, or for a while; answers with what it saw last. */
export const untilSeen = async <Seen>(
  look: () => Promise<Seen>,
  isWanted: (seen: Seen) => boolean,
  limitMs: number = patienceMs,
): Promise<Seen> => {
  const endMs = performance.now() + limitMs;
  let seen = await look();
  while (!isWanted(seen) && performance.now() < endMs) {
    await pause(lookEveryMs);
    seen = await look();
  }
  return seen;
};
