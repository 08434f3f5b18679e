// Time to recover: kill -9 of an account's browser or worker until the account is ready again, beside what one start of the
// same account takes (which is mostly page load). Run with: npm run bench -- recovery [--kills=50]
import { mustSucceed, startConsole, temporaryFolder } from '../test/fixtures/console-app';
import { eventually } from '../test/fixtures/eventually';
import { linkAccounts } from '../test/fixtures/linked-accounts';
import { browserOf } from '../test/fixtures/processes';
import { saveResult } from './measure/result-file';
import { numberFlag } from './measure/rounds';

const kills = numberFlag('kills', 50);
const budgetMs = 3_000;
/** Longer than the console remembers failures for its breaker would take hours; a new account has no such memory. */
const killsPerAccount = 2;

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const data = temporaryFolder();
const console_ = await startConsole(data.path);
try {
  const results = { start: [] as number[], browser: [] as number[], worker: [] as number[] };
  for (const which of ['browser', 'worker'] as const) {
    for (let done = 0; done < kills; done += killsPerAccount) {
      const [accountId] = await linkAccounts(console_, 1, results.start.length);
      if (accountId === undefined) throw new Error('There is no account.');
      await mustSucceed(console_.invoke('sessions.stop', { accountId }));
      const begun = performance.now();
      await mustSucceed(console_.invoke('sessions.start', { accountId }));
      await console_.waitForState(accountId, 'ready');
      results.start.push(performance.now() - begun);
      for (let kill = 0; kill < killsPerAccount; kill += 1) {
        const before = browserOf(console_.profileDir(accountId));
        if (before === undefined) throw new Error(`Account ${accountId} has no browser.`);
        const killed = performance.now();
        process.kill(which === 'browser' ? before.pid : before.parent, 'SIGKILL');
        await eventually('another browser', () => {
          const now = browserOf(console_.profileDir(accountId));
          return now !== undefined && now.pid !== before.pid;
        });
        await console_.waitForState(accountId, 'ready');
        results[which].push(performance.now() - killed);
      }
      await mustSucceed(console_.invoke('accounts.remove', { accountId }));
    }
  }
  const startMs = percentile(results.start, 0.5);
  const line = (which: 'browser' | 'worker'): string => {
    const p95 = percentile(results[which], 0.95);
    const beyond = p95 - startMs;
    return `  kill of the ${which.padEnd(8)} p50 ${percentile(results[which], 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p95 beyond a start ${beyond.toFixed(0)} ms   budget ≤ ${budgetMs}: ${beyond <= budgetMs ? 'met' : 'MISSED'}\n`;
  };
  process.stdout.write(
    `Recovery (${results.browser.length} and ${results.worker.length} kills):\n  one start           p50 ${startMs.toFixed(0)} ms\n${line('browser')}${line('worker')}`,
  );
  saveResult('recovery', {
    kills,
    budgetMs,
    startP50Ms: startMs,
    browserP95Ms: percentile(results.browser, 0.95),
    workerP95Ms: percentile(results.worker, 0.95),
  });
} finally {
  await console_.close();
  data.remove();
}
