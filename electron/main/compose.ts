import { arch, release } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { type Application, createApplication } from '../application/application';
import type { ConsoleFacts } from '../application/ports/console-facts';
import type { Log } from '../application/ports/log';
import type { SessionControl } from '../application/ports/sessions';
import { limits } from '../contract/limits';
import { createAccountFolders } from '../platform/account-folders';
import { createAccountLogFiles } from '../platform/account-log-files';
import { systemClock, systemRandomness } from '../platform/clock';
import { installedBrowsers, usualBrowser } from '../platform/installed-browsers';
import { keySecrets } from '../platform/key-secrets';
import { createLogFile } from '../platform/log-file';
import { createMachine } from '../platform/machine';
import { createOutgoingMedia } from '../platform/outgoing-media';
import type { DataPaths } from '../platform/paths';
import { createProcessCosts } from '../platform/process-costs';
import { createProfileMarks } from '../platform/profile-marks';
import { proxyProbe } from '../platform/proxy-probe';
import { createRemoteFiles } from '../platform/remote-files';
import { openSettingsFile, type SettingsFile } from '../platform/settings-file';
import { createSystemConsoleSecrets, createSystemSecrets } from '../platform/system-secrets';
import { openTrial } from '../platform/trial';
import { webhookGuard } from '../platform/webhook-guard';
import { createMessageStore } from '../store/message-store';
import { createPracticeNetwork } from '../supervisor/practice-network';
import { createSupervisor } from '../supervisor/supervisor';
import { createWebhookSender } from '../surfaces/webhooks';
import { createAccountRelays } from './account-relays';
import type { Flags } from './flags';
import { createLaunchPlanner } from './launch-planner';
import { createLocalApi, type LocalApi } from './local-api';
import { announceIn } from './practice-announcement';

/** Everything of the console but its window. */
export interface ConsoleParts {
  readonly application: Application;
  readonly settingsFile: SettingsFile;
  readonly localApi: LocalApi;
  readonly log: Log;
  /** Stops every session, waits until all that happened is stored, and takes the rest apart. */
  close(): Promise<void>;
}

const facts = (): ConsoleFacts => ({
  version: app.getVersion(),
  builtOn: {
    Electron: process.versions.electron,
    Chromium: process.versions.chrome,
    Node: process.versions.node,
  },
  system: `${process.platform} ${arch()} ${release()}`,
});

/** Builds the parts in the order in which they need each other. Call when the app is ready. */
export const composeConsole = (paths: DataPaths, flags: Flags, outDir: string): ConsoleParts => {
  const clock = systemClock;
  const randomness = systemRandomness;
  const { log, close: closeLog } = createLogFile(paths.logs);
  log.info('console starts', { version: app.getVersion(), demo: flags.demo });

  const settingsFile = openSettingsFile(paths.root, paths.settingsName, log, clock.nowMs);
  const folders = createAccountFolders(paths.accounts);
  const accountLogs = createAccountLogFiles(folders, log);
  const secrets = createSystemSecrets(folders);
  const webhookSender = createWebhookSender({ clock, version: app.getVersion(), guard: webhookGuard });
  const machine = createMachine();
  const store = createMessageStore({
    threadEntry: join(outDir, 'main/store-thread.js'),
    accountsDir: paths.accounts,
    consoleFile: paths.console,
    log,
  });
  const practice = createPracticeNetwork({
    entry: join(outDir, 'main/practice-network.js'),
    pageFile: join(outDir, 'practice/page.html'),
    stateFile: paths.practiceState,
    demo: flags.demo,
    announce: announceIn(paths.practiceControl),
    clock,
    randomness,
    log: log.child({ part: 'practice' }),
  });

  // A relay tells the sessions when its proxy fails, and the sessions' launches need the relays.
  let sessions: SessionControl | undefined;
  const relays = createAccountRelays({ machine, failed: (accountId, error) => sessions?.fail(accountId, error) });
  const trial = openTrial({
    isPackaged: app.isPackaged,
    environment: process.env,
    processesOf: (accountId) => sessions?.processes(accountId) ?? [],
  });
  const launchPlanner = createLaunchPlanner({
    folders,
    practice,
    secrets,
    browsers: installedBrowsers,
    relays,
    noSandbox: flags.noSandbox,
  });

  const application = createApplication({
    accounts: settingsFile.accounts,
    settings: settingsFile.settings,
    folders,
    store,
    consoleStore: store,
    media: createOutgoingMedia(folders),
    marks: createProfileMarks(folders),
    machine,
    practice,
    secrets,
    consoleSecrets: createSystemConsoleSecrets(paths.secrets),
    webhookSender,
    accountLogs,
    costs: createProcessCosts(),
    browsers: installedBrowsers,
    proxyProbe,
    facts: facts(),
    keySecrets,
    localApi: () => localApi.state,
    ...(flags.serve === undefined ? {} : { maxAccounts: flags.serve.maxSessions }),
    ...(flags.serve?.useChrome === true ? { browserOfNewAccounts: usualBrowser } : {}),
    clock,
    randomness,
    log,
    ...trial,
    createSessions: (observer) => {
      sessions = createSupervisor({
        accounts: { ...settingsFile.accounts, profileDir: folders.profileDir },
        launchPlanner,
        observer,
        machine,
        clock,
        randomness,
        log: log.child({ part: 'supervisor' }),
        workerEntry: join(outDir, 'main/worker.js'),
      });
      return sessions;
    },
  });

  const localApi: LocalApi = createLocalApi(
    {
      dispatch: application.dispatch,
      events: application.events,
      keys: application.apiKeys,
      uploads: application.uploads,
      files: createRemoteFiles(),
      clock,
      log: log.child({ part: 'api' }),
      version: app.getVersion(),
      maxSessions: flags.serve?.maxSessions ?? limits.accounts,
      network: flags.demo || flags.serve?.practice === true ? 'practice' : 'whatsapp',
      installedBrowser: usualBrowser,
      allowWithoutKey: flags.serve?.noKey ?? false,
      allowedHosts: flags.serve?.allowedHosts ?? [],
      perMinute: flags.serve?.perMinute ?? {},
      webConsole: join(outDir, 'web-console'),
    },
    log,
    (api) => application.events.publish({ type: 'api.changed', api }),
  );

  return {
    application,
    settingsFile,
    localApi,
    log,
    async close() {
      await localApi.close();
      await application.shutDown();
      webhookSender.close();
      machine.close();
      await practice.stop();
      await store.stop();
      await accountLogs.closeAll();
      log.info('console ended');
      await closeLog();
    },
  };
};
