// Memory per account at rest: N practice accounts in the console (worker + browser of each) beside N plain whatsapp-web.js
// clients with Debian's Chromium on the same page. Run with: npm run bench -- memory [--accounts=10 --rounds=7 --rest=60]
import { existsSync } from 'node:fs';
import { startConsole, temporaryFolder } from '../test/fixtures/console-app';
import { linkAccounts } from '../test/fixtures/linked-accounts';
import { startPracticeNetwork } from '../test/fixtures/practice-network';
import { browserOf } from '../test/fixtures/processes';
import { treesPssMiB } from './measure/proportional-set-size';
import { saveResult } from './measure/result-file';
import { interleave, numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';
import { startPlainClients } from './peers/plain-clients';

const accounts = numberFlag('accounts', 10);
const rounds = numberFlag('rounds', 7);
const restMs = numberFlag('rest', 60) * 1_000;
const budget = 0.65;

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, restMs));

/** MiB per account of worker and browser trees; main, window, store and practice network are not in it. */
const oursMiB = async (): Promise<number> => {
  const data = temporaryFolder();
  const console_ = await startConsole(data.path);
  try {
    const ids = await linkAccounts(console_, accounts);
    const roots = ids.map((id) => {
      const worker = browserOf(console_.profileDir(id))?.parent;
      if (worker === undefined) throw new Error(`Account ${id} has no browser.`);
      return worker;
    });
    await rest();
    return treesPssMiB(roots) / accounts;
  } finally {
    await console_.close();
    data.remove();
  }
};

/** MiB per client of the one Node process with all its Chromium trees. */
const plainMiB = async (): Promise<number> => {
  const data = temporaryFolder();
  const network = await startPracticeNetwork(data.path);
  try {
    const clients = await startPlainClients({ count: accounts, folder: data.path, network, order: 'in turn' });
    await rest();
    const perClient = treesPssMiB([clients.pid]) / accounts;
    await clients.end();
    return perClient;
  } finally {
    await network.stop();
    data.remove();
  }
};

if (!existsSync('/usr/bin/chromium')) throw new Error('The peer needs Debian’s Chromium: apt-get install chromium');
const measured = await interleave(rounds, oursMiB, plainMiB);
const ratio = spreadOf(measured.ours.map((value, round) => value / (measured.peer[round] ?? Number.NaN)));
const [ours, peer] = [spreadOf(measured.ours), spreadOf(measured.peer)];
process.stdout.write(
  `Memory per account (PSS, ${accounts} at rest for ${restMs / 1_000} s, ${rounds} rounds, median [95 %]):\n` +
    `  Switchboard             ${describeSpread(ours, ' MiB')}\n` +
    `  whatsapp-web.js plain   ${describeSpread(peer, ' MiB')}\n` +
    `  ratio                   ${describeSpread(ratio)}   budget ≤ ${budget}: ${ratio.median <= budget ? 'met' : 'MISSED'}\n`,
);
saveResult('memory', { accounts, rounds, restMs, budget, ratio, oursMiB: ours, plainMiB: peer });
