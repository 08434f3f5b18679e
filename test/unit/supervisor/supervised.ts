import type { LaunchPlanner } from '../../../electron/application/ports/sessions';
import type { Account } from '../../../electron/contract/entities/account';
import type { TimelineEntry } from '../../../electron/contract/entities/observation';
import type { Session } from '../../../electron/contract/entities/session';
import type { Launch, WorkerReport } from '../../../electron/contract/frames';
import { createSupervisor, type Supervisor } from '../../../electron/supervisor/supervisor';
import { createPlayedProcesses, type PlayedProcess, settle } from '../../fakes/child-processes';
import { accountId } from '../../fakes/entities';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock';
import { createMemoryLog, type LogLine } from '../../fakes/memory-log';

export const me = { wid: '551140020022@c.us', phone: '+551140020022', pushName: 'Sales' };

const aLaunch = (id: string): Launch => ({
  profileDir: `/data/accounts/${id}/profile`,
  browser: { kind: 'builtin', executablePath: '/opt/browser', args: ['--account-browser'] },
  chromiumFlags: [],
  presence: 'unavailable',
  readReceipts: true,
  startTimeoutMs: 60_000,
  syncTimeoutMs: 600_000,
  maxQrAttempts: 5,
});

export interface Supervised {
  readonly supervisor: Supervisor;
  readonly clock: ManualClock;
  readonly workers: PlayedProcess[];
  readonly sessions: Session[];
  readonly reports: WorkerReport[];
  readonly lines: LogLine[];
  /** What the account's timeline says, oldest first. */
  readonly timeline: TimelineEntry[];
  /** The list of accounts, as the supervisor sees it. */
  readonly accounts: Account[];
  /** What was done to profiles, in order, as `archive`, `drop`, `settle`, `mark`. */
  readonly profileCare: string[];
  /** Whether a profile that has to settle does. */
  readonly settling: { done: boolean };
  /** What this computer does. */
  readonly machine: { memoryMb: number; online: boolean; network(online: boolean): void; resume(): void };
  /** Accounts whose launches were released. */
  readonly released: string[];
  /** Profiles on which processes were killed outright. */
  readonly killedProfiles: string[];
  /** `linger`: an ended worker leaves the session as it is. `held`: something on the profile cannot be ended. */
  readonly browsers: { linger: boolean; held: boolean };
  /** The newest worker of the account says this. */
  says(id: string, report: WorkerReport, generation?: number): void;
  worker(id: string): PlayedProcess;
}

/** A supervisor whose processes, clock and chance belong to the test. */
export const supervise = (plan?: LaunchPlanner['plan']): Supervised => {
  const clock = createManualClock(1_000_000);
  const { log, lines } = createMemoryLog();
  const { started, startProcess } = createPlayedProcesses();
  const sessions: Session[] = [];
  const reports: WorkerReport[] = [];
  const killedProfiles: string[] = [];
  const browsers = { linger: false, held: false };
  const timeline: TimelineEntry[] = [];
  const accounts: Account[] = [];
  const profileCare: string[] = [];
  const settling = { done: true };
  const released: string[] = [];
  const networkListeners: ((online: boolean) => void)[] = [];
  const resumeListeners: (() => void)[] = [];
  const machine = {
    memoryMb: 100,
    online: true,
    network: (online: boolean) => {
      for (const listener of networkListeners) listener(online);
    },
    resume: () => {
      for (const listener of resumeListeners) listener();
    },
  };
  const supervisor = createSupervisor({
    launchPlanner: {
      plan: plan ?? (async (account) => aLaunch(account.id)),
      release: async (id) => void released.push(id),
    },
    accounts: {
      find: (id) => accounts.find((account) => account.id === id),
      list: () => accounts,
      profileDir: (id) => `/data/accounts/${id}/profile`,
    },
    machine: {
      isOnline: () => machine.online,
      onNetworkChange: (listener) => {
        networkListeners.push(listener);
        return () => undefined;
      },
      onSuspend: () => () => undefined,
      onResume: (listener) => {
        resumeListeners.push(listener);
        return () => undefined;
      },
      memoryOf: async () => machine.memoryMb,
    },
    profileCare: {
      archive: async (profileDir) => void profileCare.push(`archive ${profileDir}`),
      drop: async (profileDir) => void profileCare.push(`drop ${profileDir}`),
      unlock: async () => undefined,
      untilSettled: async (profileDir) => {
        profileCare.push(`settle ${profileDir}`);
        while (!settling.done) await settle();
        return true;
      },
      mark: async (profileDir, { wid }) => void profileCare.push(`mark ${profileDir} ${wid}`),
    },
    observer: {
      sessionChanged: (session) => void sessions.push(session),
      reported: (_accountId, report) => void reports.push(report),
      happened: (_accountId, entry) => void timeline.push(entry),
      logged: () => undefined,
    },
    clock,
    randomness: { fraction: () => 0, hex: (length) => '0'.repeat(length) },
    log,
    workerEntry: '/app/worker.js',
    startProcess,
    browserEnd: {
      untilGone: async () => {
        while (browsers.linger) await settle();
        return !browsers.held;
      },
      kill: async (profileDir) => {
        killedProfiles.push(profileDir);
        return browsers.held ? 1 : 0;
      },
    },
  });
  const worker = (id: string): PlayedProcess => {
    const found = started.findLast((played) => played.name === `switchboard-worker-${id}`);
    if (found === undefined) throw new Error(`no worker of ${id} was started`);
    return found;
  };
  return {
    supervisor,
    clock,
    workers: started,
    sessions,
    reports,
    lines,
    timeline,
    accounts,
    profileCare,
    settling,
    machine,
    released,
    killedProfiles,
    browsers,
    worker,
    says: (id, report, generation) => {
      const newest = supervisor.get(accountId(id)).generation;
      worker(id).say({ accountId: id, generation: generation ?? newest, report });
    },
  };
};
