// The test suites, each in a run of its own, so that a crash in one is seen and the others still count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { asNode } from '../setup/electron-runtime.mjs';
import { runShown } from '../setup/run-command.mjs';
import { say } from '../setup/say.mjs';

const MINUTE_MS = 60_000;
/** Everything together stays below 25 minutes on two cores, even when a suite hangs. */
const SUITES = {
  unit: 1.5 * MINUTE_MS,
  contract: 0.5 * MINUTE_MS,
  integration: 6 * MINUTE_MS,
  conformance: 4.5 * MINUTE_MS,
  e2e: 4 * MINUTE_MS,
  faults: 7.5 * MINUTE_MS,
};

/** Runs these suites one after another and adds up their tests: `{ passed, failed }`. */
export async function runSuites(names, env = process.env) {
  const total = { passed: 0, failed: 0 };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'switchboard-suites-'));
  try {
    for (const name of names) {
      const result = await runSuite(name, path.join(folder, `${name}.json`), env);
      total.passed += result.passed;
      total.failed += result.failed;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return total;
}

async function runSuite(name, reportFile, env) {
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ];
  const { code, timedOut } = await runShown(...asNode(args, { env, timeoutMs: SUITES[name] }));
  const { passed, failed, filesWithoutTests } = readReport(reportFile);
  const complain = (problem) => {
    say(`suite ${name}: ${problem}`);
    return { passed, failed: Math.max(failed, 1) };
  };
  if (timedOut) return complain(`stopped after ${SUITES[name] / MINUTE_MS} minutes`);
  if (passed + failed === 0 && filesWithoutTests === 0) return complain('ran no tests');
  // A file that could not be loaded fails as a whole.
  if (filesWithoutTests > 0) {
    complain(`${filesWithoutTests} test file(s) did not run`);
    return { passed, failed: failed + filesWithoutTests };
  }
  if (code !== 0 && failed === 0) return complain(`vitest ended with ${code} although no test failed`);
  return { passed, failed };
}

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const broken = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests, filesWithoutTests: broken.length };
  } catch {
    return { passed: 0, failed: 0, filesWithoutTests: 0 };
  }
}
