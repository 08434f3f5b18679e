import type { ApiKey, ApiKeyId } from '../../contract/entities/api-key';
import type { OptOut } from '../../contract/entities/opt-out';
import type {
  DeliveryAttempt,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
  WebhookId,
} from '../../contract/entities/webhook';
import type { AccountId } from '../../contract/ids';
import type { CampaignStore } from './campaign-store';

/** A key as it is kept: with the hash of its secret instead of the secret. */
export type StoredApiKey = ApiKey & { readonly hash: string };

export type NewWebhook = Omit<Webhook, 'waiting' | 'missed'>;

export interface StoredWebhook extends Webhook {
  /** Deliveries in a row that were given up because the receiver takes none. */
  readonly givenUp: number;
  /** Of what waits. */
  readonly waitingBytes: number;
}

export type WebhookChange = Pick<StoredWebhook, 'status' | 'missed' | 'givenUp'>;

export interface NewDelivery {
  readonly webhookId: WebhookId;
  /** Header `webhook-id`. */
  readonly id: string;
  readonly event: WebhookEvent;
  readonly accountId: AccountId | undefined;
  readonly createdAtMs: number;
  readonly body: string;
}

/** The last message of an account that webhooks have been told of, by its `order`. */
export interface MessageMark {
  readonly accountId: AccountId;
  readonly order: number;
}

export interface WaitingDelivery {
  /** Its place in the order of all deliveries. */
  readonly position: number;
  readonly id: string;
  readonly event: string;
  readonly body: string;
  readonly attempts: readonly DeliveryAttempt[];
  readonly nextAttemptMs: number | undefined;
}

export interface DeliveryStep {
  readonly state: WebhookDelivery['state'];
  readonly attempts: readonly DeliveryAttempt[];
  readonly nextAttemptMs: number | undefined;
  readonly atMs: number;
}

/**
 * What spans accounts, in `<data>/console.db`, behind the same writer thread. Every method can reject with
 * STORE_UNAVAILABLE, writes also with DISK_FULL. A resolved write is on disk with `synchronous=FULL`.
 */
export interface ConsoleStore extends CampaignStore {
  /** Newest first. */
  listOptOuts(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly optOuts: readonly OptOut[]; readonly nextCursor: string | undefined }>;
  /** All contacts on the list, for a look-up in memory. */
  readOptOutContacts(): Promise<readonly string[]>;
  /** Adding twice keeps the first, with the newer note. */
  addOptOut(optOut: OptOut): Promise<OptOut>;
  /** Whether somebody was on the list. */
  removeOptOut(contact: string): Promise<boolean>;
  listApiKeys(): Promise<readonly StoredApiKey[]>;
  addApiKey(apiKey: StoredApiKey): Promise<void>;
  /** Idempotent. */
  removeApiKey(keyId: ApiKeyId): Promise<void>;
  /** The accounts that a key is bound to from now on. */
  bindApiKey(keyId: ApiKeyId, accountIds: readonly AccountId[]): Promise<void>;
  noteApiKeyUse(keyId: ApiKeyId, atMs: number): Promise<void>;
  /** With what waits for each. */
  listWebhooks(): Promise<readonly StoredWebhook[]>;
  addWebhook(webhook: NewWebhook): Promise<void>;
  updateWebhook(webhookId: WebhookId, change: WebhookChange): Promise<void>;
  /** With its deliveries. Idempotent. */
  removeWebhook(webhookId: WebhookId): Promise<void>;
  /** How far the messages of accounts have been told. */
  listMessageMarks(): Promise<readonly MessageMark[]>;
  /** Idempotent. */
  forgetMessageMark(accountId: AccountId): Promise<void>;
  /** All of it in one commit. A delivery whose webhook is gone, or that is there already, is left out. */
  addDeliveries(deliveries: readonly NewDelivery[], marks: readonly MessageMark[]): Promise<void>;
  /** The first of those that wait, in the order in which they came. */
  nextDeliveries(webhookId: WebhookId, limit: number): Promise<readonly WaitingDelivery[]>;
  /**
   * What came of an attempt. Survives a crash of the program; after a power cut the last ones may be made again. What is
   * settled is kept without its body.
   */
  stepDelivery(position: number, step: DeliveryStep): Promise<void>;
  /** Newest first. */
  listDeliveries(
    webhookId: WebhookId,
    query: {
      readonly filter: 'all' | WebhookDelivery['state'];
      readonly cursor: string | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly deliveries: readonly WebhookDelivery[]; readonly nextCursor: string | undefined }>;
  /** Forgets what was settled before that moment; answers with how many. */
  sweepDeliveries(settledBeforeMs: number): Promise<number>;
}
