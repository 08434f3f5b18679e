// Random days: sends, cancellations, holds, faults of the network, kills and restarts in any order, and what callers were told
// compared with the ledger of the practice network. Run with: npm run test:faults -- --random=100 [--seed=N]
import { wholeNumberFlag } from '../fixtures/program-flags';
import { liveDays } from '../fixtures/random-days/live-days';

const days = wholeNumberFlag('random', 100);
const seed = wholeNumberFlag('seed', Math.floor(Math.random() * 1_000_000_000));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(`${days} random days, seed ${seed}.`);
let lived = 0;
try {
  await liveDays({
    days,
    seed,
    finished: (steps, { ends, problems }) => {
      lived += 1;
      const words = Object.entries(ends).map(([state, count]) => `${count} ${state}`);
      say(`day ${lived}: ${steps.length} steps; ${words.join(', ')}`);
      for (const problem of problems) say(`  ${problem}`);
    },
  });
  say(`Nothing is wrong after ${lived} days (seed ${seed}).`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  say(`Again: npm run test:faults -- --random=${days} --seed=${seed}`);
  process.exitCode = 1;
}
