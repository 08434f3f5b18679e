import { Worker } from 'node:worker_threads';
import type { ConsoleStore } from '../application/ports/console-store';
import type { Log } from '../application/ports/log';
import type { MessageStore } from '../application/ports/message-store';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { createAcceptQueue } from './accept-queue';
import type { StoreHost } from './store-host';
import {
  readMethods,
  type StoreMethod,
  type ThreadData,
  type ThreadReply,
  type ThreadRequest,
} from './thread-protocol';

/** Closing all databases takes milliseconds; a thread that hangs longer is ended. */
const stopTimeoutMs = 5_000;

export interface MessageStoreOptions {
  /** Absolute path of the built thread.ts. */
  readonly threadEntry: string;
  /** Absolute path of the folder that holds one folder per account. */
  readonly accountsDir: string;
  /** Absolute path of the database of what spans accounts. */
  readonly consoleFile: string;
  readonly log: Log;
}

/** Both stores as main holds them: also the owner of their thread. */
export interface OwnedMessageStore extends MessageStore, ConsoleStore {
  /** Finishes what was asked, closes every database and ends the thread. */
  stop(): Promise<void>;
}

interface PendingCall {
  readonly method: StoreMethod;
  /** Whose call it was; undefined for one over several accounts, or over none. */
  readonly accountId: string | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: OperationError) => void;
}

/** These take something else than an account in the first place. */
const spanningMethods: ReadonlySet<StoreMethod> = new Set<StoreMethod>([
  'listOptOuts',
  'addOptOut',
  'removeOptOut',
  'listApiKeys',
  'addApiKey',
  'removeApiKey',
  'bindApiKey',
  'noteApiKeyUse',
  'listWebhooks',
  'addWebhook',
  'updateWebhook',
  'removeWebhook',
  'listMessageMarks',
  'addDeliveries',
  'nextDeliveries',
  'stepDelivery',
  'listDeliveries',
  'sweepDeliveries',
  'addCampaignRows',
  'completeCampaign',
  'hideCampaign',
  'findCampaign',
  'reportCampaign',
  'countOthersAhead',
  'chatsOfOthers',
  'moveCampaign',
  'cancelPlannedRows',
  'retryCampaign',
  'beginFeeding',
  'stepCampaignRow',
]);

const accountOf = (method: StoreMethod, [first]: readonly unknown[]): string | undefined =>
  typeof first === 'string' && !spanningMethods.has(method) ? first : undefined;

const lostCall = (method: StoreMethod, accountId: string | undefined): OperationError => {
  const problem = 'the message store stopped while it was working; it starts again by itself, try once more';
  return new OperationError(
    'STORE_UNAVAILABLE',
    accountId === undefined ? problem : `account ${accountId}: ${problem}`,
    {
      effect: readMethods.has(method) ? 'none' : 'unknown',
      ...(accountId === undefined ? {} : { data: { accountId, problem } }),
    },
  );
};

/**
 * The stores on their own thread. When the thread dies, calls under way reject with STORE_UNAVAILABLE (`effect: unknown`
 * if they write), and the next call starts a new thread and opens the same databases again.
 */
export const createMessageStore = ({
  threadEntry,
  accountsDir,
  consoleFile,
  log,
}: MessageStoreOptions): OwnedMessageStore => {
  const opened = new Set<AccountId>();
  const pending = new Map<number, PendingCall>();
  let lastCallId = 0;
  let worker: Worker | undefined;
  let stopped = false;

  const settle = (message: ThreadReply): void => {
    if (message.type === 'log') {
      log[message.level](message.message, message.fields);
      return;
    }
    const waiting = pending.get(message.callId);
    pending.delete(message.callId);
    if (message.type === 'result') waiting?.resolve(message.value);
    else waiting?.reject(OperationError.fromShape(message.error));
  };

  const threadEnded = (ended: Worker): void => {
    if (worker !== ended) return;
    worker = undefined;
    if (!stopped) log.error('the store thread ended unexpectedly', { pendingCalls: pending.size });
    const lost = [...pending.values()];
    pending.clear();
    for (const { method, accountId, reject } of lost) reject(lostCall(method, accountId));
  };

  const post = (thread: Worker, method: StoreMethod, parameters: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastCallId += 1;
      const accountId = accountOf(method, parameters);
      pending.set(lastCallId, { method, accountId, resolve, reject });
      const request: ThreadRequest = { type: 'call', callId: lastCallId, method, parameters };
      thread.postMessage(request);
    });

  const startThread = (): Worker => {
    const data: ThreadData = { accountsDir, consoleFile };
    const thread = new Worker(threadEntry, { name: 'switchboard-store', workerData: data, execArgv: [] });
    worker = thread;
    thread.on('message', settle);
    thread.on('error', (error) => log.error('the store thread failed', { reason: error.message }));
    thread.on('exit', () => threadEnded(thread));
    // Calls are answered in order, so whatever is asked next finds these databases open.
    for (const accountId of opened) {
      post(thread, 'open', [accountId]).catch((error: unknown) => {
        log.error('message database could not be opened again', { accountId, reason: String(error) });
      });
    }
    return thread;
  };

  const call = (method: StoreMethod, parameters: readonly unknown[]): Promise<unknown> => {
    if (stopped) {
      return Promise.reject(
        new OperationError('STORE_UNAVAILABLE', 'The message store is closed: Switchboard is ending.'),
      );
    }
    return post(worker ?? startThread(), method, parameters);
  };

  /** The thread answers with what the method promises: the same port types both sides. */
  const method =
    <Method extends StoreMethod>(name: Method) =>
    (...parameters: Parameters<StoreHost[Method]>) =>
      call(name, parameters) as Promise<ReturnType<StoreHost[Method]>>;

  const acceptQueue = createAcceptQueue(method('queueAllOutgoing'));

  return {
    async open(accountId) {
      await call('open', [accountId]);
      opened.add(accountId);
    },
    async close(accountId) {
      opened.delete(accountId);
      await call('close', [accountId]);
    },
    upsertChats: method('upsertChats'),
    getChat: method('getChat'),
    listChats: method('listChats'),
    findChats: method('findChats'),
    markRead: method('markRead'),
    countUnread: method('countUnread'),
    beginAbsence: method('beginAbsence'),
    advanceAbsence: method('advanceAbsence'),
    endAbsence: method('endAbsence'),
    listGaps: method('listGaps'),
    noteGaps: method('noteGaps'),
    chatsLacking: method('chatsLacking'),
    emptyChat: method('emptyChat'),
    getMessage: method('getMessage'),
    removeMessage: method('removeMessage'),
    saveReaction: method('saveReaction'),
    searchMessages: method('searchMessages'),
    indexMore: method('indexMore'),
    saveMessages: method('saveMessages'),
    messagesSince: method('messagesSince'),
    listMessages: method('listMessages'),
    applyStatuses: method('applyStatuses'),
    queueOutgoing: acceptQueue.accept,
    stepSends: method('stepSends'),
    listOpenSends: method('listOpenSends'),
    listSends: method('listSends'),
    findSend: method('findSend'),
    findSendByKey: method('findSendByKey'),
    isKnownChat: method('isKnownChat'),
    countSends: method('countSends'),
    listDepartures: method('listDepartures'),
    readGateFacts: method('readGateFacts'),
    writeGateFacts: method('writeGateFacts'),
    listNeededMedia: method('listNeededMedia'),
    saveDraft: method('saveDraft'),
    listDrafts: method('listDrafts'),
    removeDraft: method('removeDraft'),
    addTimelineEntry: method('addTimelineEntry'),
    listTimeline: method('listTimeline'),
    listOptOuts: method('listOptOuts'),
    readOptOutContacts: method('readOptOutContacts'),
    addOptOut: method('addOptOut'),
    removeOptOut: method('removeOptOut'),
    listApiKeys: method('listApiKeys'),
    addApiKey: method('addApiKey'),
    removeApiKey: method('removeApiKey'),
    bindApiKey: method('bindApiKey'),
    noteApiKeyUse: method('noteApiKeyUse'),
    listWebhooks: method('listWebhooks'),
    addWebhook: method('addWebhook'),
    updateWebhook: method('updateWebhook'),
    removeWebhook: method('removeWebhook'),
    listMessageMarks: method('listMessageMarks'),
    forgetMessageMark: method('forgetMessageMark'),
    addDeliveries: method('addDeliveries'),
    nextDeliveries: method('nextDeliveries'),
    stepDelivery: method('stepDelivery'),
    listDeliveries: method('listDeliveries'),
    sweepDeliveries: method('sweepDeliveries'),
    countCampaigns: method('countCampaigns'),
    beginCampaign: method('beginCampaign'),
    addCampaignRows: method('addCampaignRows'),
    completeCampaign: method('completeCampaign'),
    hideCampaign: method('hideCampaign'),
    sweepCampaigns: method('sweepCampaigns'),
    findCampaign: method('findCampaign'),
    listCampaigns: method('listCampaigns'),
    listCampaignRows: method('listCampaignRows'),
    reportCampaign: method('reportCampaign'),
    countOthersAhead: method('countOthersAhead'),
    chatsOfOthers: method('chatsOfOthers'),
    moveCampaign: method('moveCampaign'),
    cancelPlannedRows: method('cancelPlannedRows'),
    retryCampaign: method('retryCampaign'),
    finishCampaigns: method('finishCampaigns'),
    listHalfCancelled: method('listHalfCancelled'),
    listCampaignAccounts: method('listCampaignAccounts'),
    campaignWork: method('campaignWork'),
    beginFeeding: method('beginFeeding'),
    stepCampaignRow: method('stepCampaignRow'),
    noteSends: method('noteSends'),
    rowsInDoubt: method('rowsInDoubt'),
    skipRowsOf: method('skipRowsOf'),
    async stop() {
      // Messages that wait for their batch were asked before.
      await acceptQueue.drained();
      stopped = true;
      const thread = worker;
      if (thread === undefined) return;
      const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
      const request: ThreadRequest = { type: 'stop' };
      thread.postMessage(request);
      const late = setTimeout(() => {
        log.error('the store thread did not end in time and was terminated');
        void thread.terminate();
      }, stopTimeoutMs);
      await exited;
      clearTimeout(late);
    },
  };
};
