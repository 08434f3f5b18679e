import type { CrashPoints } from '../contract/crash-points';
import { limits } from '../contract/limits';
import { alsoToAccounts } from './account-log';
import { createAccountStores } from './account-stores';
import { type ApiKeys, createApiKeys } from './api-keys';
import type { ApplicationPorts } from './application-ports';
import { createCampaigns } from './campaigns/campaigns';
import { createCatchUp } from './catch-up';
import { createDispatch, type Dispatch } from './dispatch';
import { createEventBus, type EventBus } from './event-bus';
import { createHandlers } from './handlers';
import { createIngest, type Ingest } from './ingest';
import { createKnownAccounts } from './known-accounts';
import { createLanes } from './lanes';
import { logReason } from './log-reason';
import { createOptOutList } from './outbox/opt-out-list';
import { createOutbox } from './outbox/outbox';
import { outboxTiming } from './outbox/outbox-timing';
import { createOutgoingFiles } from './outbox/outgoing-files';
import { createSendAcceptance } from './outbox/send-acceptance';
import type { SessionObserver } from './ports/sessions';
import { restore } from './restore';
import { createSessionRecords, type SessionRecords } from './session-records';
import { createStoredChanges } from './stored-changes';
import { createUnreadWatch } from './unread-watch';
import { createUploads, type Uploads } from './uploads';
import { createWebhooks, type Webhooks } from './webhooks/webhooks';

/** The console without its surfaces: what main builds once and hands to them. */
export interface Application {
  readonly dispatch: Dispatch;
  readonly events: EventBus;
  readonly apiKeys: ApiKeys;
  readonly uploads: Uploads;
  readonly webhooks: Webhooks;
  /** Opens all histories and starts the accounts that start with the app. */
  restore(): Promise<void>;
  /** Stops every session and resolves when all that they reported is stored. The store is then free to stop. */
  shutDown(): Promise<void>;
  /** Resolves when nothing is being stored, fetched or sent. */
  idle(): Promise<void>;
}

const noCrashPoints: CrashPoints = { reach: () => undefined };

export const createApplication = (ports: ApplicationPorts): Application => {
  const { store, consoleStore, media, clock, randomness, settings, folders, practice, secrets, accountLogs } = ports;
  const { crashPoints = noCrashPoints } = ports;
  const log = alsoToAccounts(ports.log, clock, (): SessionRecords => records);
  const events = createEventBus({ clock, log, epoch: randomness.hex(16) });
  const accounts = createKnownAccounts(ports.accounts, events);
  const stores = createAccountStores({ store, accounts, clock, log });
  const lanes = createLanes();
  const unread = createUnreadWatch(store, events);
  const records: SessionRecords = createSessionRecords({ accounts, store, stores, lanes, accountLogs, log: ports.log });

  // The supervisor is built around the observer, and the observer needs the supervisor: it hears nothing before both are there.
  const observer: SessionObserver = {
    sessionChanged: (session) => ingest.sessionChanged(session),
    reported: (accountId, report) => ingest.reported(accountId, report),
    happened: (accountId, entry) => records.happened(accountId, entry),
    logged: (accountId, line) => records.logged(accountId, line),
  };
  const sessions = ports.createSessions(observer);

  const optOuts = createOptOutList(consoleStore, store);
  const files = createOutgoingFiles({ store, media, log });
  const uploads = createUploads(media, randomness);
  const outbox = createOutbox({
    accounts,
    store,
    stores,
    sessions,
    records,
    events,
    optOuts,
    media,
    files,
    marks: ports.marks,
    crashPoints,
    timing: outboxTiming(ports.outboxTiming),
    clock,
    randomness,
    log,
  });
  const machineListeners = [ports.machine.onSuspend(outbox.suspended), ports.machine.onResume(outbox.resumed)];
  const catchUp = createCatchUp({ store, stores, sessions, events, lanes, outbox, unread, log });
  const ingest: Ingest = createIngest({
    accounts,
    store,
    stores,
    sessions,
    events,
    lanes,
    changes: createStoredChanges({ store, events, unread, outbox }),
    catchUp,
    outbox,
    crashPoints,
    clock,
    log,
  });

  const apiKeys = createApiKeys({ store: consoleStore, secrets: ports.keySecrets, clock, randomness, log });

  const webhooks = createWebhooks({
    store: consoleStore,
    secrets: ports.consoleSecrets,
    sender: ports.webhookSender,
    messages: store,
    stores,
    accounts,
    events,
    records,
    clock,
    randomness,
    log,
  });

  const acceptance = createSendAcceptance({
    accounts,
    store,
    stores,
    sessions,
    events,
    outbox,
    optOuts,
    crashPoints,
    clock,
    randomness,
  });
  const campaigns = createCampaigns({
    store: consoleStore,
    messages: store,
    acceptance,
    outbox,
    accounts,
    stores,
    sessions,
    optOuts,
    events,
    clock,
    randomness,
    log,
  });

  const handlers = createHandlers({
    campaigns,
    acceptance,
    apiKeys,
    webhooks,
    consoleSecrets: ports.consoleSecrets,
    localApi: ports.localApi,
    maxAccounts: ports.maxAccounts ?? limits.accounts,
    browserOfNewAccounts: ports.browserOfNewAccounts ?? (() => undefined),
    accounts,
    repository: ports.accounts,
    settings,
    folders,
    store,
    consoleStore,
    media,
    uploads,
    files,
    optOuts,
    crashPoints,
    stores,
    sessions,
    practice,
    secrets,
    accountLogs,
    costs: ports.costs,
    browsers: ports.browsers,
    proxyProbe: ports.proxyProbe,
    facts: ports.facts,
    records,
    events,
    lanes,
    outbox,
    unread,
    clock,
    randomness,
    log,
    forgetAccount: (accountId) => {
      for (const memory of [ingest, outbox, catchUp, unread]) memory.forget(accountId);
    },
  });

  const dispatch = createDispatch({
    handlers,
    log,
    clock,
    labelOf: (accountId) => accounts.find(accountId)?.label,
    newCorrelationId: () => randomness.hex(12),
  });

  const idle = async (): Promise<void> => {
    await catchUp.idle();
    await outbox.idle();
    await campaigns.idle();
    await lanes.idle();
  };

  return {
    dispatch,
    events,
    apiKeys,
    uploads,
    webhooks,
    async restore() {
      await apiKeys.load().catch((error: unknown) => {
        log.error('the API keys cannot be read: no program gets in', { reason: logReason(error) });
      });
      await webhooks.load().catch((error: unknown) => {
        log.error('the webhooks cannot be read: nobody is told of events', { reason: logReason(error) });
      });
      const beforeSessions = (): Promise<void> =>
        campaigns.load().catch((error: unknown) => {
          log.error('the bulk sends cannot be read: none goes on', { reason: logReason(error) });
        });
      await restore({ accounts, stores, sessions, files, beforeSessions, log });
    },
    async shutDown() {
      for (const end of machineListeners) end();
      const stopping = accounts.list().map((account) => sessions.stop(account.id, 'shutdown'));
      for (const result of await Promise.allSettled(stopping)) {
        if (result.status === 'rejected') log.error('a session did not stop', { reason: logReason(result.reason) });
      }
      await idle();
      await campaigns.close();
      await outbox.saveGates();
      await webhooks.close();
    },
    idle,
  };
};
