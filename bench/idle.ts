// What silence costs: processor time of everything but the accounts' pages while twenty accounts are ready and nobody
// writes, and what a stopped account costs. Run with: npm run bench -- idle [--accounts=20 --seconds=120]
import { mustSucceed, startConsole, temporaryFolder } from '../test/fixtures/console-app';
import { linkAccounts } from '../test/fixtures/linked-accounts';
import { browserOf, descendantsOf, listProcesses } from '../test/fixtures/processes';
import { processorSeconds } from './measure/processor-time';
import { treesPssMiB } from './measure/proportional-set-size';
import { saveResult } from './measure/result-file';
import { numberFlag } from './measure/rounds';

const accounts = numberFlag('accounts', 20);
const seconds = numberFlag('seconds', 120);
const budgetPercent = 1;
const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

const data = temporaryFolder();
const console_ = await startConsole(data.path);
try {
  const ids = await linkAccounts(console_, accounts);
  await pause(30_000);

  const pages = new Set(
    ids.flatMap((id) => {
      const browser = browserOf(console_.profileDir(id));
      const family = browser === undefined ? [] : descendantsOf(browser.pid);
      return family.filter((entry) => entry.commandLine.includes('--type=renderer')).map((entry) => entry.pid);
    }),
  );
  const everything = [console_.pid, ...descendantsOf(console_.pid).map((entry) => entry.pid)];
  const others = everything.filter((pid) => !pages.has(pid));
  const before = { others: processorSeconds(others), pages: processorSeconds([...pages]) };
  await pause(seconds * 1_000);
  const percent = ((processorSeconds(others) - before.others) / seconds) * 100;
  const pagesPercent = ((processorSeconds([...pages]) - before.pages) / seconds) * 100;

  const [stopped] = ids;
  if (stopped === undefined) throw new Error('There is no account.');
  await mustSucceed(console_.invoke('sessions.stop', { accountId: stopped }));
  const left = listProcesses().filter((entry) => entry.commandLine.includes(console_.profileDir(stopped)));
  const consoleMiB =
    treesPssMiB([console_.pid]) -
    treesPssMiB(ids.slice(1).map((id) => browserOf(console_.profileDir(id))?.parent ?? 0));
  process.stdout.write(
    `Idle with ${accounts} accounts for ${seconds} s:\n` +
      `  everything but pages    ${percent.toFixed(2)} % of a core   budget ≤ ${budgetPercent}: ${percent <= budgetPercent ? 'met' : 'MISSED'}\n` +
      `  the accounts' pages     ${pagesPercent.toFixed(2)} % of a core\n` +
      `  a stopped account       ${left.length} processes\n` +
      `  the console itself      ${consoleMiB.toFixed(0)} MiB (main, window, store, practice network)\n`,
  );
  saveResult('idle', {
    accounts,
    seconds,
    budgetPercent,
    percent,
    pagesPercent,
    stoppedProcesses: left.length,
    consoleMiB,
  });
} finally {
  await console_.close();
  data.remove();
}
