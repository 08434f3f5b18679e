// Kills browsers, workers and the console at every crash point while messages leave, and compares what callers were told with
// the ledger of the practice network. Run with: npm run test:faults [-- --runs=1800 --seed=N --only=317,318 --moods=never,half
// --points=outbox.claimed --kinds=text --targets=main --desks=6 --consoles=2
// --out=FILE --journal=FILE]. With a journal it goes on where it was interrupted. Ends with 1 when anything is wrong.
import { writeFileSync } from 'node:fs';
import { describeBad, reportMatrix } from '../fixtures/crash-matrix/matrix-report';
import { openJournal } from '../fixtures/crash-matrix/run-journal';
import { runMatrix } from '../fixtures/crash-matrix/run-matrix';
import { describeRun, planRuns } from '../fixtures/crash-matrix/run-plan';
import { wholeNumberFlag, wordsFlag } from '../fixtures/program-flags';

const seed = wholeNumberFlag('seed', Math.floor(Math.random() * 1_000_000_000));
const only = wordsFlag('only');
const chosen = planRuns(seed)
  .filter(({ index }) => only === undefined || only.includes(String(index)))
  .filter(({ mood }) => wordsFlag('moods')?.includes(mood) ?? true)
  .filter(({ point }) => wordsFlag('points')?.includes(point) ?? true)
  .filter(({ kind }) => wordsFlag('kinds')?.includes(kind) ?? true)
  .filter(({ target }) => wordsFlag('targets')?.includes(target) ?? true)
  .slice(0, wholeNumberFlag('runs', Number.POSITIVE_INFINITY));
if (chosen.length === 0) throw new Error('No run of the matrix fits these flags.');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const journal = openJournal(wordsFlag('journal')?.[0], chosen);
const before = new Set(journal.earlier.map(({ run }) => run.index));
say(`Crash matrix: ${chosen.length} runs, seed ${seed}, ${before.size} of them done before.`);
const begun = performance.now();
const fresh = await runMatrix({
  runs: chosen.filter(({ index }) => !before.has(index)),
  desks: wholeNumberFlag('desks', 6),
  consoles: wholeNumberFlag('consoles', 2),
  finished: (outcome, done) => {
    journal.note(outcome);
    for (const line of outcome.verdict.problems.length > 0 ? describeBad(outcome, seed) : []) say(line);
    if (outcome.account !== undefined) say(outcome.account);
    if (only !== undefined)
      say(
        `${describeRun(outcome.run)}: ${Math.round(outcome.durationMs)} ms, ${JSON.stringify(outcome.verdict.counts)}`,
      );
    else if (done % 25 === 0)
      say(`${done} of ${chosen.length} after ${((performance.now() - begun) / 60_000).toFixed(1)} minutes`);
  },
});
const outcomes = [...journal.earlier, ...fresh].toSorted((one, other) => one.run.index - other.run.index);
const report = reportMatrix(outcomes, { seed, durationMs: performance.now() - begun, earlier: before.size });
say(report);
const out = wordsFlag('out')?.[0];
if (out !== undefined) writeFileSync(out, report);
process.exitCode = outcomes.some(({ verdict }) => verdict.problems.length > 0) ? 1 : 0;
