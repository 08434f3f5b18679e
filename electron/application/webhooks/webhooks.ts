import {
  type Webhook,
  type WebhookDelivery,
  type WebhookId,
  type WebhookReach,
  webhookIdSchema,
} from '../../contract/entities/webhook';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import { toBase64 } from '../../domain/base64';
import type { AccountStores } from '../account-stores';
import type { EventBus } from '../event-bus';
import type { KnownAccounts } from '../known-accounts';
import { logReason } from '../log-reason';
import type { Clock, Randomness } from '../ports/clock';
import type { ConsoleSecrets } from '../ports/console-secrets';
import type { ConsoleStore, NewWebhook } from '../ports/console-store';
import type { Log } from '../ports/log';
import type { MessageStore } from '../ports/message-store';
import type { WebhookSender } from '../ports/webhook-sender';
import type { SessionRecords } from '../session-records';
import { createWebhookIntake } from './webhook-intake';
import { WebhookLine, type WebhookSecrets } from './webhook-line';

/** How long the record of a delivery is kept, and how often the old ones are looked for, in ms. */
const keptMs = 7 * 24 * 3_600_000;
const sweepEveryMs = 3_600_000;

export interface WebhookRequest {
  readonly accountId: AccountId | undefined;
  readonly url: string;
  readonly events: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly reach: WebhookReach;
  readonly origin: Webhook['origin'];
}

/** Who is told of events by HTTP. Every event that one wants is on disk before it is told, and is told at least once. */
export interface Webhooks {
  /** Reads them from the store and begins. Until then nobody is told. */
  load(): Promise<void>;
  /** Those of one account; without one all. Newest first. */
  list(accountId: AccountId | undefined): readonly Webhook[];
  /** The secret is in this answer and never again. */
  create(request: WebhookRequest): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  /** Throws WEBHOOK_NOT_FOUND, also for one of another account than the given. */
  find(webhookId: WebhookId, accountId: AccountId | undefined): Webhook;
  enable(webhookId: WebhookId): Promise<Webhook>;
  remove(webhookId: WebhookId): Promise<void>;
  deliveries(
    webhookId: WebhookId,
    query: {
      readonly filter: 'all' | WebhookDelivery['state'];
      readonly cursor: string | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly deliveries: readonly WebhookDelivery[]; readonly nextCursor: string | undefined }>;
  /** Removes what an account that is gone has left. */
  accountRemoved(accountId: AccountId): Promise<void>;
  /**
   * Makes the one webhook of the command line so: another address replaces the one before, none removes it. Answers with the
   * secret when it was made just now.
   */
  fromCommandLine(url: string | undefined): Promise<string | undefined>;
  /** Resolves when every event up to now is on disk. */
  idle(): Promise<void>;
  /** Ends what is under way; what was not answered is told after the next start. */
  close(): Promise<void>;
}

export interface WebhooksPorts {
  readonly store: ConsoleStore;
  readonly secrets: ConsoleSecrets;
  readonly sender: WebhookSender;
  readonly messages: Pick<MessageStore, 'messagesSince'>;
  readonly stores: AccountStores;
  readonly accounts: KnownAccounts;
  readonly events: EventBus;
  readonly records: SessionRecords;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

const secretName = (webhookId: WebhookId): string => `webhook ${webhookId}`;
/** Without path and query, which may be as good as a password. */
const hostIn = (url: string): string => /^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? 'its address';

const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));

export const createWebhooks = (ports: WebhooksPorts): Webhooks => {
  const { store, secrets, sender, accounts, events, records, clock, randomness, log } = ports;
  const lines = new Map<WebhookId, WebhookLine>();
  let stopHearing: (() => void) | undefined;
  let callOffSweep: (() => void) | undefined;

  const whoseName = (accountId: AccountId | undefined): string =>
    accountId === undefined ? 'All accounts' : (accounts.find(accountId)?.label ?? accountId);

  const tellDisabled = ({ accountId, url, status }: Webhook): void => {
    if (status.state !== 'disabled') return;
    const why = {
      gone: 'it answered 410, which means that it is gone',
      failing: `it has taken nothing for days; the last time: ${status.problem}`,
      secret_lost: status.problem,
    }[status.why];
    const words = `The webhook to ${hostIn(url)} is off: ${why}`;
    log.warn('a webhook was disabled', { why: status.why, ...(accountId === undefined ? {} : { accountId }) });
    for (const { id } of accounts.list()) {
      if (accountId !== undefined && id !== accountId) continue;
      records.happened(id, { atMs: clock.nowMs(), kind: 'webhook', words });
    }
  };

  const open = (webhook: ConstructorParameters<typeof WebhookLine>[0]): WebhookLine => {
    const line = new WebhookLine(webhook, {
      store,
      sender,
      clock,
      randomness,
      log,
      readSecrets: async () => {
        const text = await secrets.find(secretName(webhook.id));
        // Written by this program alone.
        return text === undefined ? undefined : (JSON.parse(text) as WebhookSecrets);
      },
      disabled: tellDisabled,
    });
    lines.set(webhook.id, line);
    return line;
  };

  const marks = new Map<AccountId, number>();
  const intake = createWebhookIntake({ ...ports, lines, marks, messages: ports.messages });

  const sweep = (): void => {
    store.sweepDeliveries(clock.nowMs() - keptMs).catch((error: unknown) => {
      log.warn('old deliveries could not be forgotten', { reason: logReason(error) });
    });
    callOffSweep = clock.schedule(sweepEveryMs, sweep);
  };

  const lineOf = (webhookId: WebhookId): WebhookLine => {
    const line = lines.get(webhookId);
    if (line !== undefined) return line;
    throw new OperationError(
      'WEBHOOK_NOT_FOUND',
      `There is no webhook ${webhookId}; webhooks.list names those there are.`,
    );
  };

  const remove = async (webhookId: WebhookId): Promise<void> => {
    const line = lineOf(webhookId);
    await store.removeWebhook(webhookId);
    lines.delete(webhookId);
    await line.end();
    await secrets.remove(secretName(webhookId)).catch((error: unknown) => {
      log.warn('the secret of a webhook that is gone could not be deleted', { reason: logReason(error) });
    });
  };

  const create: Webhooks['create'] = async ({ headers, accountId, ...request }) => {
    const problem = sender.problemWith(request.url, request.reach);
    if (problem !== undefined) {
      throw new OperationError('WEBHOOK_URL_REFUSED', `${whoseName(accountId)}: url ${problem}; nothing was made.`);
    }
    if (lines.size >= limits.webhooks) {
      throw new OperationError(
        'TOO_MANY_WEBHOOKS',
        `${whoseName(accountId)}: this console already has ${limits.webhooks} webhooks, the most it takes; remove one first.`,
      );
    }
    const webhook: NewWebhook = {
      id: webhookIdSchema.parse(`wh-${randomness.hex(16).toLowerCase()}`),
      ...(accountId === undefined ? {} : { accountId }),
      ...request,
      events: [...request.events],
      headerNames: Object.keys(headers),
      createdAtMs: clock.nowMs(),
      status: { state: 'active' },
    };
    const secret = `whsec_${toBase64(bytesOfHex(randomness.hex(64)))}`;
    // The secret first: a webhook without one could tell nothing.
    await secrets.save(secretName(webhook.id), JSON.stringify({ secret, headers } satisfies WebhookSecrets));
    const wanted = new Set(accounts.list().flatMap(({ id }) => (intake.wantsMessages(id) ? [id] : [])));
    try {
      await intake.beginAt(accountId, (id) => wanted.has(id));
      await store.addWebhook(webhook);
    } catch (error) {
      await secrets.remove(secretName(webhook.id)).catch(() => undefined);
      throw error;
    }
    return { webhook: open({ ...webhook, waiting: 0, missed: 0, givenUp: 0, waitingBytes: 0 }).shown, secret };
  };

  const list: Webhooks['list'] = (accountId) =>
    [...lines.values()]
      .map((line) => line.shown)
      .filter((webhook) => accountId === undefined || webhook.accountId === accountId)
      .sort((one, other) => other.createdAtMs - one.createdAtMs);

  return {
    list,
    create,
    remove,
    async load() {
      for (const { accountId, order } of await store.listMessageMarks()) marks.set(accountId, order);
      for (const webhook of await store.listWebhooks()) open(webhook).wake();
      stopHearing ??= events.subscribe(intake.hear);
      intake.catchUp();
      sweep();
    },
    find(webhookId, accountId) {
      const { shown } = lineOf(webhookId);
      if (accountId === undefined || shown.accountId === accountId) return shown;
      throw new OperationError(
        'WEBHOOK_NOT_FOUND',
        `${whoseName(accountId)} has no webhook ${webhookId}; webhooks.list names those there are.`,
      );
    },
    async enable(webhookId) {
      const line = lineOf(webhookId);
      await line.enable();
      return line.shown;
    },
    deliveries: (webhookId, query) => store.listDeliveries(webhookId, query),
    async accountRemoved(accountId) {
      for (const { id } of list(accountId)) await remove(id);
      intake.forget(accountId);
      await store.forgetMessageMark(accountId);
    },
    async fromCommandLine(url) {
      const known = list(undefined).filter(({ origin }) => origin === 'command_line');
      for (const webhook of known) if (webhook.url !== url) await remove(webhook.id);
      if (url === undefined || known.some((webhook) => webhook.url === url)) return undefined;
      const request = { accountId: undefined, url, events: ['*'], headers: {} } as const;
      return (await create({ ...request, reach: 'network', origin: 'command_line' })).secret;
    },
    idle: intake.idle,
    async close() {
      stopHearing?.();
      callOffSweep?.();
      await intake.close();
      await Promise.all([...lines.values()].map((line) => line.end()));
    },
  };
};
