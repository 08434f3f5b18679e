// The part of the gate that runs no code of ours. Each check is one program; its output is shown when it fails.
import { asNode } from '../setup/electron-runtime.mjs';
import { runCaptured } from '../setup/run-command.mjs';
import { say } from '../setup/say.mjs';

const CHECK_TIMEOUT_MS = 180_000;
const CODE_FOLDERS = ['electron', 'renderer', 'test', 'bench', 'examples'];

const CHECKS = [
  {
    name: 'format and lint (biome)',
    args: [
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      '--colors=off',
      '--error-on-warnings',
      '--diagnostic-level=warn',
      '--max-diagnostics=100',
      '.',
    ],
  },
  {
    name: 'lint with types (oxlint)',
    args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'],
  },
  { name: 'types (one tsconfig per room)', args: ['scripts/check/types.mjs'] },
  {
    name: 'import table',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err',
      ...CODE_FOLDERS,
    ],
  },
  { name: 'import table, single names', args: ['scripts/check/import-names.mjs'] },
  // Electron's memory cage has no room for the 4 GiB buffer that knip's parser would share.
  {
    name: 'unused code (knip)',
    args: ['node_modules/knip/bin/knip.js', '--no-progress'],
    env: { KNIP_DISABLE_RAW_TRANSFER: '1' },
  },
];

/** Runs them all, whatever fails, and adds up: `{ passed, failed, failures }`. */
export async function runStaticChecks() {
  const total = { passed: 0, failed: 0, failures: [] };
  for (const { name, args, env } of CHECKS) {
    const { code, output, timedOut } = await runCaptured(
      ...asNode(args, { env: { ...process.env, ...env }, timeoutMs: CHECK_TIMEOUT_MS }),
    );
    if (code === 0) {
      total.passed += 1;
      say(`check passed: ${name}`);
    } else {
      total.failed += 1;
      total.failures.push(`check: ${name}`);
      say(`check FAILED: ${name}${timedOut ? ' (took too long)' : ''}`);
      process.stdout.write(`${output.trimEnd()}\n`);
    }
  }
  return total;
}
