import { type Application, createApplication } from '../../electron/application/application';
import type { ApplicationPorts } from '../../electron/application/application-ports';
import type { Caller } from '../../electron/application/caller';
import type { AccountRepository } from '../../electron/application/ports/accounts';
import type { ProcessCosts } from '../../electron/application/ports/process-costs';
import type { ProxyProbe } from '../../electron/application/ports/proxy-probe';
import type { WebhookSender } from '../../electron/application/ports/webhook-sender';
import type { CrashPoints } from '../../electron/contract/crash-points';
import type { Account } from '../../electron/contract/entities/account';
import { OperationError } from '../../electron/contract/errors';
import type { ConsoleEvent, EventType } from '../../electron/contract/events';
import { keySecrets } from '../../electron/platform/key-secrets';
import { windowCaller } from '../../electron/surfaces/ipc/window-caller';
import { anAccount } from './entities';
import { createManualClock, type ManualClock } from './manual-clock';
import { createMemoryAccountLogs, type MemoryAccountLogs } from './memory-account-logs';
import { createMemoryAccounts, createMemoryFolders, createMemorySettings, type MemoryFolders } from './memory-accounts';
import { createMemoryLog, type LogLine } from './memory-log';
import { createMemoryMarks, createMemoryMedia, type MemoryMarks, type MemoryMedia } from './memory-outgoing';
import {
  createMemoryConsoleSecrets,
  createMemorySecrets,
  type MemoryConsoleSecrets,
  type MemorySecrets,
} from './memory-secrets';
import { createScriptedSessions, type ScriptedSessions } from './scripted-sessions';
import { createStoreInProcess, type StoreInProcess } from './store-in-process';
import { temporaryFolder } from './temporary-folder';

/** The whole application on real SQLite, with sessions, time and folders in the test's hands. */
export interface TestApplication extends Application {
  readonly sessions: ScriptedSessions;
  readonly store: StoreInProcess;
  readonly accounts: AccountRepository;
  readonly folders: MemoryFolders;
  readonly accountLogs: MemoryAccountLogs;
  readonly secrets: MemorySecrets;
  readonly consoleSecrets: MemoryConsoleSecrets;
  readonly media: MemoryMedia;
  readonly marks: MemoryMarks;
  /** The computer sleeps for so long. */
  sleep(durationMs: number): void;
  readonly outside: TestOutside;
  readonly clock: ManualClock;
  readonly lines: LogLine[];
  readonly heard: ConsoleEvent[];
  readonly caller: Caller;
  /** Bodies of the events of a type that were published so far. */
  heardOf<Type extends EventType>(type: Type): Extract<ConsoleEvent['body'], { readonly type: Type }>[];
  /** Waits until nothing is being stored, fetched or sent. */
  settled(): Promise<void>;
  closeStore(): void;
}

/** What is outside of the console: processes, browsers, proxies. */
export interface TestOutside {
  measure: ProcessCosts['measure'];
  /** Path → what is wrong with the browser there; a path that is not in it is fine. */
  readonly browserProblems: Map<string, string>;
  askThrough: ProxyProbe['ask'];
}

const createTestOutside = (): TestOutside => ({
  measure: async (groups) => ({
    groups: groups.map(() => ({ memoryMb: 120, cpuPercent: 1, processes: 5 })),
    console: { memoryMb: 300, cpuPercent: 2, processes: 4 },
    machine: { totalMb: 16_000, availableMb: 8_000, cores: 4 },
  }),
  browserProblems: new Map(),
  askThrough: async () => {
    throw new Error('it refuses the connection');
  },
});

const nobodyThere: WebhookSender = {
  problemWith: () => undefined,
  send: () => ({
    reply: Promise.resolve({ kind: 'unanswered', problem: 'there is no network here' }),
    end: () => undefined,
  }),
};

/** 2026-11-20 14:02 UTC */
export const testStartMs = Date.UTC(2026, 10, 20, 14, 2);

export interface TestApplicationOptions {
  readonly accounts?: readonly Account[];
  /** A folder with databases from an earlier application. */
  readonly accountsDir?: string;
  /** What lies outside of the databases of an earlier application. */
  readonly before?: Pick<TestApplication, 'media' | 'marks' | 'clock' | 'consoleSecrets'>;
  /** Who sends to webhooks; nobody can be reached when absent. */
  readonly webhookSender?: (clock: ManualClock) => WebhookSender;
  /** Other chance than always the middle. */
  readonly fraction?: () => number;
  readonly outboxTiming?: ApplicationPorts['outboxTiming'];
  readonly crashPoints?: CrashPoints;
  /** Path of the browser that new accounts run in. */
  readonly browserOfNewAccounts?: () => string | undefined;
  /** What every opening of a database at the start fails with. */
  readonly failOpening?: Error;
}

export const createTestApplication = async (options: TestApplicationOptions = {}): Promise<TestApplication> => {
  const { log, lines } = createMemoryLog();
  const clock = options.before?.clock ?? createManualClock(testStartMs);
  const sessions = createScriptedSessions();
  const store = createStoreInProcess(options.accountsDir ?? temporaryFolder(), log, clock.nowMs);
  const accounts = createMemoryAccounts();
  const folders = createMemoryFolders();
  const accountLogs = createMemoryAccountLogs();
  const secrets = createMemorySecrets();
  const consoleSecrets = createMemoryConsoleSecrets(options.before?.consoleSecrets.stored);
  const media = options.before?.media ?? createMemoryMedia();
  const marks = options.before?.marks ?? createMemoryMarks();
  const sleepers = new Set<() => void>();
  const wakers = new Set<() => void>();
  const listen = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const outside = createTestOutside();
  // Chance does not repeat itself after a restart.
  let drawn = options.before === undefined ? 0 : 1_000 + (options.before.clock.nowMs() % 1_000_000);
  const application = createApplication({
    accounts,
    settings: createMemorySettings(),
    folders,
    accountLogs,
    secrets,
    consoleSecrets,
    webhookSender: options.webhookSender?.(clock) ?? nobodyThere,
    costs: { measure: (groups) => outside.measure(groups) },
    browsers: { problemWith: async (path) => outside.browserProblems.get(path) },
    proxyProbe: { ask: (proxy, url) => outside.askThrough(proxy, url) },
    keySecrets,
    localApi: () => ({}),
    facts: { version: '1.2.3', builtOn: { Electron: '43' }, system: 'testos' },
    store,
    consoleStore: store,
    media,
    marks,
    machine: { onSuspend: listen(sleepers), onResume: listen(wakers) },
    ...(options.outboxTiming === undefined ? {} : { outboxTiming: options.outboxTiming }),
    ...(options.browserOfNewAccounts === undefined ? {} : { browserOfNewAccounts: options.browserOfNewAccounts }),
    ...(options.crashPoints === undefined ? {} : { crashPoints: options.crashPoints }),
    clock,
    log,
    randomness: {
      fraction: options.fraction ?? (() => 0.5),
      hex: (length) => {
        drawn += 1;
        return drawn.toString(16).toUpperCase().padStart(length, '0');
      },
    },
    practice: {
      page: async () => {
        throw new OperationError('PRACTICE_UNAVAILABLE', 'There is no practice network here.');
      },
      scan: async (_account, qr) => ({ phone: `+55 ${qr.length}` }),
    },
    createSessions: (observer) => {
      sessions.connect(observer);
      return sessions;
    },
  });
  const heard: ConsoleEvent[] = [];
  application.events.subscribe((event) => heard.push(event));
  for (const account of options.accounts ?? [anAccount('support')]) {
    accounts.save(account);
    folders.existing.add(account.id);
  }
  if (options.failOpening !== undefined) store.fail('open', options.failOpening, accounts.list().length);
  await application.restore();

  return {
    ...application,
    events: application.events,
    sessions,
    store,
    accounts,
    folders,
    accountLogs,
    secrets,
    consoleSecrets,
    media,
    marks,
    sleep(durationMs) {
      for (const fallAsleep of sleepers) fallAsleep();
      clock.sleep(durationMs);
      for (const wakeUp of wakers) wakeUp();
    },
    outside,
    clock,
    lines,
    heard,
    caller: windowCaller,
    heardOf: <Type extends EventType>(type: Type) =>
      heard
        .map((event) => event.body)
        .filter((body): body is Extract<ConsoleEvent['body'], { readonly type: Type }> => body.type === type),
    async settled() {
      // What is done may have set off something else.
      for (let round = 0; round < 5; round += 1) {
        await application.idle();
        await application.webhooks.idle();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    closeStore: () => store.host.closeAll(),
  };
};
