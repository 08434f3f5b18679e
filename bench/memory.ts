// Memory per account at rest: N practice accounts in the console (worker + browser of each) beside N plain whatsapp-web.js
// clients with Debian's Chromium on the same page. Run with: npm run bench -- memory [--accounts=10 --rounds=7 --rest=60]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mustSucceed, repositoryRoot, startConsole, temporaryFolder } from '../test/fixtures/console-app';
import { startPracticeNetwork } from '../test/fixtures/practice-network';
import { browserOf } from '../test/fixtures/processes';
import { treesPssMiB } from './measure/proportional-set-size';
import { saveResult } from './measure/result-file';
import { interleave, numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';

const accounts = numberFlag('accounts', 10);
const rounds = numberFlag('rounds', 7);
const restMs = numberFlag('rest', 60) * 1_000;
const budget = 0.65;

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, restMs));
const phoneOf = (index: number): string => `5511900000${String(index).padStart(3, '0')}`;

/** MiB per account of worker and browser trees; main, window, store and practice network are not in it. */
const oursMiB = async (): Promise<number> => {
  const data = temporaryFolder();
  const console_ = await startConsole(data.path);
  try {
    const roots: number[] = [];
    for (let index = 0; index < accounts; index += 1) {
      const { account } = await mustSucceed(
        console_.invoke('accounts.create', { label: `Desk ${index}`, network: 'practice' }),
      );
      await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
      await console_.waitForState(account.id, 'linking');
      const { code } = await mustSucceed(console_.invoke('sessions.qr', { accountId: account.id }));
      await (await console_.practice()).scan({ qr: code.qr, phone: phoneOf(index) });
      await console_.waitForState(account.id, 'ready');
      const worker = browserOf(console_.profileDir(account.id))?.parent;
      if (worker === undefined) throw new Error(`Desk ${index} has no browser.`);
      roots.push(worker);
    }
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
  const script = join(repositoryRoot, 'bench/peers/plain-clients.mjs');
  const child = spawn('node', [script, String(accounts), data.path, String(network.port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    let ready = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as { type: string; index: number; qr?: string };
      if (event.qr !== undefined) await network.control.scan({ qr: event.qr, phone: phoneOf(event.index) });
      if (event.type === 'ready') ready += 1;
      if (ready === accounts) break;
    }
    if (ready < accounts) throw new Error(`Only ${ready} of ${accounts} plain clients got ready.`);
    await rest();
    return treesPssMiB([child.pid ?? 0]) / accounts;
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await ended;
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
