// npm test: the gate and every suite. Ends with a line of its own: "N passed, N failed".
import { close } from '../check/closing-line.mjs';
import { runStaticChecks } from '../check/static-checks.mjs';
import { runSuites } from '../check/test-suites.mjs';
import { ensureBuild } from '../setup/build.mjs';
import { withDisplay } from '../setup/display.mjs';
import { prepare } from '../setup/prepare.mjs';
import { SetupError, say } from '../setup/say.mjs';

export async function run() {
  await prepare({ display: true });
  const checks = await runStaticChecks();
  const quick = await runSuites(['unit', 'contract']);
  const build = await tryBuild();
  const slow = await withDisplay((env) => runSuites(['integration', 'conformance', 'e2e', 'faults'], env));
  return close(checks, quick, build, slow);
}

/** A build that fails is one failure more, not the end: the closing line must come. */
async function tryBuild() {
  try {
    await ensureBuild();
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return { passed: 0, failed: 1, failures: [error.message] };
  }
}
