import type { Misbehaviour } from '../../session-frames';

const MEGABYTE = 1024 * 1024;
const STEPS_PER_SECOND = 4;
/** A string of this length cannot become an array: the engine gives up, and the renderer with it. */
const TOO_LONG = 2 ** 28;

let eaten: Uint8Array[] = [];
let meal: ReturnType<typeof setInterval> | undefined;

/** Does to this page what a fault of the browser does. */
export function misbehave(misbehaviour: Misbehaviour): void {
  switch (misbehaviour.how) {
    case 'crash':
      'x'.repeat(TOO_LONG).split('');
      return;
    case 'hang': {
      const end = performance.now() + misbehaviour.forMs;
      while (performance.now() < end);
      return;
    }
    case 'memory':
      eat(misbehaviour.megabytes, misbehaviour.perSecond);
      return;
    case 'memory-free':
      clearInterval(meal);
      eaten = [];
      return;
  }
}

function eat(megabytes: number, perSecond: number): void {
  clearInterval(meal);
  const portion = Math.max(1, Math.ceil(perSecond / STEPS_PER_SECOND));
  let left = megabytes;
  meal = setInterval(() => {
    const now = Math.min(portion, left);
    left -= now;
    // Written to: memory that nobody has written to costs nothing.
    eaten.push(new Uint8Array(now * MEGABYTE).fill(1));
    if (left <= 0) clearInterval(meal);
  }, 1000 / STEPS_PER_SECOND);
}
