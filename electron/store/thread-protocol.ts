import type { OperationErrorShape } from '../contract/errors';
import type { StoreHost } from './store-host';

/** Everything that the thread can be asked: the methods of both stores, and what the client makes of several of them. */
export type StoreMethod = Exclude<keyof StoreHost, 'closeAll'>;

/** Main → thread. `stop`: close every database and end. */
export type ThreadRequest =
  | {
      readonly type: 'call';
      readonly callId: number;
      readonly method: StoreMethod;
      readonly parameters: readonly unknown[];
    }
  | { readonly type: 'stop' };

/** Thread → main. */
export type ThreadReply =
  | { readonly type: 'result'; readonly callId: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly callId: number; readonly error: OperationErrorShape }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };

export interface ThreadData {
  readonly accountsDir: string;
  readonly consoleFile: string;
}

/** Calls that change nothing: when the thread dies under them, nothing can have happened. */
export const readMethods: ReadonlySet<StoreMethod> = new Set<StoreMethod>([
  'getChat',
  'listChats',
  'findChats',
  'countUnread',
  'chatsLacking',
  'listMessages',
  'getMessage',
  'searchMessages',
  'listOpenSends',
  'listSends',
  'findSend',
  'findSendByKey',
  'isKnownChat',
  'countSends',
  'listDepartures',
  'readGateFacts',
  'listNeededMedia',
  'listDrafts',
  'listGaps',
  'listTimeline',
  'listOptOuts',
  'readOptOutContacts',
  'listApiKeys',
  'listWebhooks',
  'nextDeliveries',
  'listMessageMarks',
  'messagesSince',
  'listDeliveries',
  'countCampaigns',
  'findCampaign',
  'listCampaigns',
  'listCampaignRows',
  'reportCampaign',
  'countOthersAhead',
  'chatsOfOthers',
  'listHalfCancelled',
  'listCampaignAccounts',
  'campaignWork',
  'rowsInDoubt',
]);
