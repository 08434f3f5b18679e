import { join } from 'node:path';
import type { ConsoleStore } from '../../electron/application/ports/console-store';
import type { Log } from '../../electron/application/ports/log';
import type { MessageStore } from '../../electron/application/ports/message-store';
import { createStoreHost, type StoreHost } from '../../electron/store/store-host';

type StoreMethod = keyof MessageStore | keyof ConsoleStore;

/** The real stores on real SQLite files, without their thread. `fail` makes the next calls of a method reject. */
export interface StoreInProcess extends MessageStore, ConsoleStore {
  readonly host: StoreHost;
  fail(method: StoreMethod, error: Error, times: number): void;
  /** The same, but what was asked for happens. */
  failAfter(method: StoreMethod, error: Error, times: number): void;
}

export const createStoreInProcess = (
  accountsDir: string,
  log: Log,
  nowMs: () => number = () => Date.now(),
): StoreInProcess => {
  const host = createStoreHost({ accountsDir, consoleFile: join(accountsDir, 'console.db'), log, nowMs });
  const failures = new Map<StoreMethod, { readonly error: Error; times: number; readonly after: boolean }>();
  const method =
    <Parameters extends readonly unknown[], Result>(
      name: StoreMethod,
      call: (...parameters: Parameters) => Result,
    ): ((...parameters: Parameters) => Promise<Result>) =>
    async (...parameters) => {
      // As with the thread, an answer never comes in the same turn.
      await new Promise((resolve) => setImmediate(resolve));
      const failure = failures.get(name);
      if (failure !== undefined && failure.times > 0) {
        failure.times -= 1;
        // A thread that dies after the commit: it happened, and nobody hears so.
        if (failure.after) call(...parameters);
        throw failure.error;
      }
      return call(...parameters);
    };
  return {
    host,
    fail: (name, error, times) => void failures.set(name, { error, times, after: false }),
    failAfter: (name, error, times) => void failures.set(name, { error, times, after: true }),
    open: method('open', host.open),
    close: method('close', host.close),
    upsertChats: method('upsertChats', host.upsertChats),
    getChat: method('getChat', host.getChat),
    listChats: method('listChats', host.listChats),
    findChats: method('findChats', host.findChats),
    markRead: method('markRead', host.markRead),
    countUnread: method('countUnread', host.countUnread),
    beginAbsence: method('beginAbsence', host.beginAbsence),
    advanceAbsence: method('advanceAbsence', host.advanceAbsence),
    endAbsence: method('endAbsence', host.endAbsence),
    listGaps: method('listGaps', host.listGaps),
    noteGaps: method('noteGaps', host.noteGaps),
    chatsLacking: method('chatsLacking', host.chatsLacking),
    emptyChat: method('emptyChat', host.emptyChat),
    getMessage: method('getMessage', host.getMessage),
    removeMessage: method('removeMessage', host.removeMessage),
    saveReaction: method('saveReaction', host.saveReaction),
    searchMessages: method('searchMessages', host.searchMessages),
    indexMore: method('indexMore', host.indexMore),
    saveMessages: method('saveMessages', host.saveMessages),
    messagesSince: method('messagesSince', host.messagesSince),
    listMessages: method('listMessages', host.listMessages),
    applyStatuses: method('applyStatuses', host.applyStatuses),
    queueOutgoing: method('queueOutgoing', host.queueOutgoing),
    stepSends: method('stepSends', host.stepSends),
    listOpenSends: method('listOpenSends', host.listOpenSends),
    listSends: method('listSends', host.listSends),
    findSend: method('findSend', host.findSend),
    findSendByKey: method('findSendByKey', host.findSendByKey),
    isKnownChat: method('isKnownChat', host.isKnownChat),
    countSends: method('countSends', host.countSends),
    listDepartures: method('listDepartures', host.listDepartures),
    readGateFacts: method('readGateFacts', host.readGateFacts),
    writeGateFacts: method('writeGateFacts', host.writeGateFacts),
    listNeededMedia: method('listNeededMedia', host.listNeededMedia),
    saveDraft: method('saveDraft', host.saveDraft),
    listDrafts: method('listDrafts', host.listDrafts),
    removeDraft: method('removeDraft', host.removeDraft),
    addTimelineEntry: method('addTimelineEntry', host.addTimelineEntry),
    listTimeline: method('listTimeline', host.listTimeline),
    listOptOuts: method('listOptOuts', host.listOptOuts),
    readOptOutContacts: method('readOptOutContacts', host.readOptOutContacts),
    addOptOut: method('addOptOut', host.addOptOut),
    removeOptOut: method('removeOptOut', host.removeOptOut),
    listApiKeys: method('listApiKeys', host.listApiKeys),
    addApiKey: method('addApiKey', host.addApiKey),
    removeApiKey: method('removeApiKey', host.removeApiKey),
    bindApiKey: method('bindApiKey', host.bindApiKey),
    noteApiKeyUse: method('noteApiKeyUse', host.noteApiKeyUse),
    listWebhooks: method('listWebhooks', host.listWebhooks),
    addWebhook: method('addWebhook', host.addWebhook),
    updateWebhook: method('updateWebhook', host.updateWebhook),
    removeWebhook: method('removeWebhook', host.removeWebhook),
    listMessageMarks: method('listMessageMarks', host.listMessageMarks),
    forgetMessageMark: method('forgetMessageMark', host.forgetMessageMark),
    addDeliveries: method('addDeliveries', host.addDeliveries),
    nextDeliveries: method('nextDeliveries', host.nextDeliveries),
    stepDelivery: method('stepDelivery', host.stepDelivery),
    listDeliveries: method('listDeliveries', host.listDeliveries),
    countCampaigns: method('countCampaigns', host.countCampaigns),
    beginCampaign: method('beginCampaign', host.beginCampaign),
    addCampaignRows: method('addCampaignRows', host.addCampaignRows),
    completeCampaign: method('completeCampaign', host.completeCampaign),
    hideCampaign: method('hideCampaign', host.hideCampaign),
    sweepCampaigns: method('sweepCampaigns', host.sweepCampaigns),
    findCampaign: method('findCampaign', host.findCampaign),
    listCampaigns: method('listCampaigns', host.listCampaigns),
    listCampaignRows: method('listCampaignRows', host.listCampaignRows),
    reportCampaign: method('reportCampaign', host.reportCampaign),
    countOthersAhead: method('countOthersAhead', host.countOthersAhead),
    chatsOfOthers: method('chatsOfOthers', host.chatsOfOthers),
    moveCampaign: method('moveCampaign', host.moveCampaign),
    cancelPlannedRows: method('cancelPlannedRows', host.cancelPlannedRows),
    retryCampaign: method('retryCampaign', host.retryCampaign),
    finishCampaigns: method('finishCampaigns', host.finishCampaigns),
    listHalfCancelled: method('listHalfCancelled', host.listHalfCancelled),
    listCampaignAccounts: method('listCampaignAccounts', host.listCampaignAccounts),
    campaignWork: method('campaignWork', host.campaignWork),
    beginFeeding: method('beginFeeding', host.beginFeeding),
    stepCampaignRow: method('stepCampaignRow', host.stepCampaignRow),
    noteSends: method('noteSends', host.noteSends),
    rowsInDoubt: method('rowsInDoubt', host.rowsInDoubt),
    skipRowsOf: method('skipRowsOf', host.skipRowsOf),
    sweepDeliveries: method('sweepDeliveries', host.sweepDeliveries),
  };
};
