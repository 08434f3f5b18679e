// The test suites, each in a run of its own, so that a crash in one is seen and the others still count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { asNode } from '../setup/electron-runtime.mjs';
import { runShown } from '../setup/run-command.mjs';
import { say } from '../setup/say.mjs';

const MINUTE_MS = 60_000;
/** Enough of an error to know what was expected, and where. */
const LINES_OF_AN_ERROR = 12;
/** Everything together stays below 25 minutes on two cores, even when a suite hangs. */
const SUITES = {
  unit: 1.5 * MINUTE_MS,
  contract: 0.5 * MINUTE_MS,
  integration: 6 * MINUTE_MS,
  conformance: 4.5 * MINUTE_MS,
  e2e: 4 * MINUTE_MS,
  faults: 7.5 * MINUTE_MS,
};

/**
 * Runs these suites one after another and adds up their tests: `{ passed, failed, failures, late }`; in words what failed, and what
 * passed at the second try because it had only been late.
 */
export async function runSuites(names, env = process.env) {
  const total = { passed: 0, failed: 0, failures: [], late: [] };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'switchboard-suites-'));
  try {
    for (const name of names) {
      const result = await runSuite(name, path.join(folder, `${name}.json`), env);
      total.passed += result.passed;
      total.failed += result.failed;
      total.failures.push(...result.failures);
      total.late.push(...result.late);
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
  const { passed, failed, filesWithoutTests, failures, late } = readReport(reportFile);
  const complain = (problem) => {
    say(`suite ${name}: ${problem}`);
    return { passed, failed: Math.max(failed, 1), failures: [...failures, `suite ${name}: ${problem}`], late };
  };
  if (timedOut) return complain(`stopped after ${SUITES[name] / MINUTE_MS} minutes`);
  if (passed + failed === 0 && filesWithoutTests === 0) return complain('ran no tests');
  // A file that could not be loaded fails as a whole.
  if (filesWithoutTests > 0) {
    complain(`${filesWithoutTests} test file(s) did not run`);
    return { passed, failed: failed + filesWithoutTests, failures, late };
  }
  if (code !== 0 && failed === 0) return complain(`vitest ended with ${code} although no test failed`);
  return { passed, failed, failures, late };
}

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const broken = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      filesWithoutTests: broken.length,
      failures: report.testResults.flatMap(failuresOf),
      late: report.testResults.flatMap(lateOf),
    };
  } catch {
    return { passed: 0, failed: 0, filesWithoutTests: 0, failures: [], late: [] };
  }
}

/** The failed tests of a file as "file › test" with the beginning of each error. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [withError(file, message)];
  return failed.map((test) => withError(`${file} › ${test.fullName}`, test.failureMessages.join('\n')));
}

function lateOf({ name, assertionResults }) {
  const file = path.relative(process.cwd(), name);
  return assertionResults
    .filter((test) => test.status === 'passed' && test.failureMessages.length > 0)
    .map((test) => withError(`${file} › ${test.fullName}`, test.failureMessages.join('\n')));
}

function withError(title, error) {
  const lines = stripVTControlCharacters(error ?? '')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'));
  return [title, ...lines.slice(0, LINES_OF_AN_ERROR).map((line) => `  ${line}`)].join('\n');
}
