import type { LaunchPlanner } from '../../../electron/application/ports/sessions';
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
  browser: { executablePath: '/opt/browser', args: ['--account-browser'] },
  maxQrAttempts: 5,
});

export interface Supervised {
  readonly supervisor: Supervisor;
  readonly clock: ManualClock;
  readonly workers: PlayedProcess[];
  readonly sessions: Session[];
  readonly reports: WorkerReport[];
  readonly lines: LogLine[];
  /** Profiles on which processes were killed outright. */
  readonly killedProfiles: string[];
  /** What browsers are still there: while true, an ended worker leaves the session as it is. */
  readonly browsers: { linger: boolean };
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
  const browsers = { linger: false };
  const supervisor = createSupervisor({
    launchPlanner: { plan: plan ?? (async (account) => aLaunch(account.id)) },
    observer: {
      sessionChanged: (session) => void sessions.push(session),
      reported: (_accountId, report) => void reports.push(report),
    },
    clock,
    randomness: { fraction: () => 0, hex: (length) => '0'.repeat(length) },
    log,
    workerEntry: '/app/worker.js',
    startProcess,
    browserEnd: {
      untilGone: async () => {
        while (browsers.linger) await settle();
        return true;
      },
      kill: async (profileDir) => {
        killedProfiles.push(profileDir);
        return 0;
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
    killedProfiles,
    browsers,
    worker,
    says: (id, report, generation) => {
      const newest = supervisor.get(accountId(id)).generation;
      worker(id).say({ accountId: id, generation: generation ?? newest, report });
    },
  };
};
