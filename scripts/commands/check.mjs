// npm run check: the gate. Format, lint, types, import table, unused code, unit and contract tests.
import { close } from '../check/closing-line.mjs';
import { runStaticChecks } from '../check/static-checks.mjs';
import { runSuites } from '../check/test-suites.mjs';
import { prepare } from '../setup/prepare.mjs';

export async function run() {
  await prepare();
  const checks = await runStaticChecks();
  const tests = await runSuites(['unit', 'contract']);
  return close(checks, tests);
}
