// Twenty linked accounts from cold to ready: the console from spawn until the last is ready, beside plain whatsapp-web.js
// clients started all at once; and how the window's frames come meanwhile.
// Run with: npm run bench -- accounts-up [--accounts=20 --rounds=7]
import { existsSync } from 'node:fs';
import { startConsole, temporaryFolder } from '../test/fixtures/console-app';
import { linkAccounts } from '../test/fixtures/linked-accounts';
import { startPracticeNetwork } from '../test/fixtures/practice-network';
import { saveResult } from './measure/result-file';
import { interleave, numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';
import { startPlainClients } from './peers/plain-clients';

const accounts = numberFlag('accounts', 20);
const rounds = numberFlag('rounds', 7);
const budget = 0.6;
const frameBudgetMs = 33;

if (!existsSync('/usr/bin/chromium')) throw new Error('The peer needs Debian’s Chromium: apt-get install chromium');
const oursFolder = temporaryFolder();
const plainFolder = temporaryFolder();
const frames: number[] = [];

/** In the window: the time between two frames, until told to stop. */
const watchFrames = (): void => {
  const scope = globalThis as typeof globalThis & { frameGaps?: number[] };
  const gaps: number[] = [];
  scope.frameGaps = gaps;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
};
const takeFrames = (): number[] => (globalThis as typeof globalThis & { frameGaps?: number[] }).frameGaps ?? [];

/** One start of the console; with `watched`, the window draws every frame it can and their gaps are kept. */
const start = async (watched: boolean): Promise<number> => {
  const begun = performance.now();
  const console_ = await startConsole(oursFolder.path);
  try {
    if (watched) await console_.page.evaluate(watchFrames);
    const ids = (await console_.accounts()).map((account) => account.id);
    for (const id of ids) await console_.waitForState(id, 'ready', 180_000);
    const took = performance.now() - begun;
    if (watched) frames.push(...(await console_.page.evaluate(takeFrames)));
    return took;
  } finally {
    await console_.close();
  }
};

const network = await startPracticeNetwork(plainFolder.path);
const plainMs = async (): Promise<number> => {
  const clients = await startPlainClients({ count: accounts, folder: plainFolder.path, network, order: 'all at once' });
  await clients.end();
  return clients.readyAfterMs;
};

try {
  const first = await startConsole(oursFolder.path);
  await linkAccounts(first, accounts);
  await first.close();
  const linked = await startPlainClients({ count: accounts, folder: plainFolder.path, network, order: 'in turn' });
  await linked.end();

  const measured = await interleave(rounds, () => start(false), plainMs);
  // Apart from the timed rounds: drawing every frame costs what no idle window would spend.
  for (let round = 0; round < Math.min(rounds, 3); round += 1) await start(true);
  const ratio = spreadOf(measured.ours.map((value, round) => value / (measured.peer[round] ?? Number.NaN)));
  const [ours, peer] = [spreadOf(measured.ours), spreadOf(measured.peer)];
  const p99Ms = frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.99)] ?? Number.NaN;
  process.stdout.write(
    `${accounts} accounts from cold to ready (${rounds} rounds, median [95 %]):\n` +
      `  Switchboard             ${describeSpread(ours, ' ms')}\n` +
      `  whatsapp-web.js plain   ${describeSpread(peer, ' ms')}\n` +
      `  ratio                   ${describeSpread(ratio)}   budget ≤ ${budget}: ${ratio.median <= budget ? 'met' : 'MISSED'}\n` +
      `  window p99 frame        ${p99Ms.toFixed(1)} ms of ${frames.length} frames   budget ≤ ${frameBudgetMs}: ${p99Ms <= frameBudgetMs ? 'met' : 'MISSED'}\n`,
  );
  saveResult('accounts-up', {
    accounts,
    rounds,
    budget,
    ratio,
    oursMs: ours,
    plainMs: peer,
    frameBudgetMs,
    frameP99Ms: p99Ms,
  });
} finally {
  await network.stop();
  oursFolder.remove();
  plainFolder.remove();
}
