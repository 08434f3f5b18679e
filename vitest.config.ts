import { defineConfig } from 'vitest/config';

// One project per suite. unit and contract touch nothing outside their process and run in parallel; the others start
// real processes, files and windows, so their files run one after another.
const parallel = { fileParallelism: true, testTimeout: 10_000 };
const inTurn = { fileParallelism: false, hookTimeout: 60_000 };
// A computer that does something else for a moment makes real processes late. Whatever was late, and only that, is tried once more and
// named at the end of `npm test`; what was wrong stays wrong. In the suite of faults lateness can be a loss: nothing is tried again.
const lateOnce = {
  ...inTurn,
  retry: { count: 1, condition: /^Waited \d+ ms for|timed out in \d+ms|Timeout \d+ms exceeded/ },
};

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // whatsapp-web.js starts over at each navigation in a listener that nobody waits for. A test that ends its browser at that
    // moment makes that call of the library fail; every other error that nobody caught fails the run.
    onUnhandledError: (error) => error.name !== 'TargetCloseError',
    projects: [
      { test: { ...parallel, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      { test: { ...parallel, name: 'contract', include: ['test/contract/**/*.test.{ts,tsx}'] } },
      { test: { ...lateOnce, name: 'integration', include: ['test/integration/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...lateOnce, name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...lateOnce, name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000 } },
      { test: { ...inTurn, name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
