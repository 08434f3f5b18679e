// npm run test:faults [-- flags]: the whole crash matrix, 1,800 runs; then the truth test with many more random days than
// `npm test` has. Flags go to the programs, see test/faults/crash-matrix.ts; `--random=N` alone asks for the second only.
import { withDisplay } from '../setup/display.mjs';
import { asNode } from '../setup/electron-runtime.mjs';
import { prepare } from '../setup/prepare.mjs';
import { runShown } from '../setup/run-command.mjs';

const PROGRAMS = { matrix: 'test/faults/crash-matrix.ts', random: 'test/faults/random-days.ts' };

export async function run(args) {
  const asksForRandom = args.some((arg) => arg.startsWith('--random'));
  await prepare({ display: true, build: true });
  return withDisplay(async (env) => {
    const program = asksForRandom ? PROGRAMS.random : PROGRAMS.matrix;
    const { code } = await runShown(...asNode(['--import', './bench/resolve.mjs', program, ...args], { env }));
    return code ?? 1;
  });
}
