// Start to usable inbox: from spawn to the first painted row of a console with stored history, beside an empty Electron
// window. Run with: npm run bench -- start [--rounds=9 --chats=50 --messages=200]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  desktopEnvironment,
  electronBinary,
  mustSucceed,
  repositoryRoot,
  rootArguments,
  startConsole,
  temporaryFolder,
} from '../test/fixtures/console-app';
import { eventually } from '../test/fixtures/eventually';
import { saveResult } from './measure/result-file';
import { interleave, numberFlag } from './measure/rounds';
import { describeSpread, spreadOf } from './measure/statistics';

const rounds = numberFlag('rounds', 9);
const chats = numberFlag('chats', 50);
const messages = numberFlag('messages', 200);
const budget = 2;

/** A data folder with two stopped practice accounts whose history came in as it always does. */
const prepare = async (dataDir: string): Promise<void> => {
  const console_ = await startConsole(dataDir);
  for (const [place, label] of ['Sales', 'Support'].entries()) {
    const phone = `551190000000${place}`;
    const { account } = await mustSucceed(console_.invoke('accounts.create', { label, network: 'practice' }));
    await mustSucceed(console_.invoke('sessions.start', { accountId: account.id }));
    await console_.waitForState(account.id, 'linking');
    const practice = await console_.practice();
    await practice.createPhone({ number: phone, pushname: label });
    for (let chat = 0; chat < chats / 2; chat += 1) {
      const number = `5521${place}${String(chat).padStart(7, '0')}`;
      await practice.createCustomer({ number, name: `Customer ${chat}` });
      await practice.addHistory(phone, { chat: number, count: messages, days: 20 });
    }
    const { code } = await mustSucceed(console_.invoke('sessions.qr', { accountId: account.id }));
    await practice.scan({ qr: code.qr, phone });
    await console_.waitForState(account.id, 'ready');
    await eventually(
      'the whole history in the store',
      async () => {
        const listed = await mustSucceed(console_.invoke('chats.list', { accountId: account.id, limit: 200 }));
        const counts = await Promise.all(
          listed.chats.map(async (chat) => {
            const page = await mustSucceed(
              console_.invoke('messages.list', { accountId: account.id, chatId: chat.id, limit: messages }),
            );
            return page.messages.length;
          }),
        );
        return counts.length >= chats / 2 && counts.every((count) => count >= messages);
      },
      180_000,
    );
    await mustSucceed(console_.invoke('sessions.stop', { accountId: account.id }));
  }
  await console_.close();
};

/** Milliseconds from spawn to the line `usable` on standard output; then the program is ended. */
const startMs = (args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(electronBinary, [...rootArguments(), ...args], {
      env: desktopEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let took: number | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      if (took !== undefined || !chunk.toString().includes('usable')) return;
      took = performance.now() - begun;
      child.kill('SIGTERM');
    });
    child.once('exit', () =>
      took === undefined ? reject(new Error(`It ended before it was usable: ${args.join(' ')}`)) : resolve(took),
    );
  });

const data = temporaryFolder();
try {
  await prepare(data.path);
  const floor = join(repositoryRoot, 'bench/floor');
  const measured = await interleave(
    rounds,
    () => startMs([repositoryRoot, `--user-data-dir=${data.path}`, '--report-usable']),
    () => startMs([floor]),
  );
  const ratio = spreadOf(measured.ours.map((value, round) => value / (measured.peer[round] ?? Number.NaN)));
  const [ours, empty] = [spreadOf(measured.ours), spreadOf(measured.peer)];
  process.stdout.write(
    `Start to usable inbox (${chats} chats, ${chats * messages} messages, ${rounds} rounds, median [95 %]):\n` +
      `  Switchboard             ${describeSpread(ours, ' ms')}\n` +
      `  empty Electron window   ${describeSpread(empty, ' ms')}\n` +
      `  ratio                   ${describeSpread(ratio)}   budget ≤ ${budget}: ${ratio.median <= budget ? 'met' : 'MISSED'}\n`,
  );
  saveResult('start', { chats, messages: chats * messages, rounds, budget, ratio, oursMs: ours, emptyWindowMs: empty });
} finally {
  data.remove();
}
