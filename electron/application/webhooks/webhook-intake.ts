import type { Message } from '../../contract/entities/message';
import type { WebhookId } from '../../contract/entities/webhook';
import type { ConsoleEvent, EventBody } from '../../contract/events';
import type { AccountId } from '../../contract/ids';
import type { AccountStores } from '../account-stores';
import type { EventBus } from '../event-bus';
import { accountOf, isAbout } from '../event-reach';
import type { KnownAccounts } from '../known-accounts';
import { logReason } from '../log-reason';
import type { Clock } from '../ports/clock';
import type { ConsoleStore, MessageMark, NewDelivery } from '../ports/console-store';
import type { Log } from '../ports/log';
import type { MessageStore } from '../ports/message-store';
import { sessionIdOf } from '../session-ids';
import type { TellableEvent, WebhookLine } from './webhook-line';

/** Deliveries that one commit takes at about, and messages that are read at a time. */
const atATime = 200;
/** Events that may wait in memory for a store that does not answer. */
const mostWaiting = 20_000;
/** Pause before a store is asked again that could not take them, in ms. */
const storePauseMs = 2_000;
/** How often a store is asked for an account's messages before it is given up for now. */
const mostReads = 3;
/** WhatsApp tells times in whole seconds. */
const wholeSecondMs = 1_000;

/**
 * Turns events into deliveries on the disk, in the order in which they happened. Messages are told off the table in which they
 * are stored: how far it has been told is committed together with the deliveries, so that a message which was stored in the
 * last moment before a crash, or came while the account or the console was away, is told all the same.
 */
export interface WebhookIntake {
  hear(event: ConsoleEvent): void;
  /** What was stored and not told, of all accounts that a webhook is about. */
  catchUp(): void;
  /** From now on somebody wants this account's messages, or those of all: what is stored already is not told. */
  beginAt(accountId: AccountId | undefined, wasWanted: (accountId: AccountId) => boolean): Promise<void>;
  /** Whether any webhook is told of this account's messages. */
  wantsMessages(accountId: AccountId): boolean;
  forget(accountId: AccountId): void;
  /** Resolves when every event up to now is on disk. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface WebhookIntakePorts {
  readonly lines: ReadonlyMap<WebhookId, WebhookLine>;
  readonly marks: Map<AccountId, number>;
  readonly store: Pick<ConsoleStore, 'addDeliveries'>;
  readonly messages: Pick<MessageStore, 'messagesSince'>;
  readonly stores: AccountStores;
  readonly accounts: KnownAccounts;
  readonly events: Pick<EventBus, 'epoch'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Item =
  | { readonly kind: 'event'; readonly event: ConsoleEvent }
  | { readonly kind: 'stored'; readonly accountId: AccountId };

export const createWebhookIntake = (ports: WebhookIntakePorts): WebhookIntake => {
  const { lines, marks, store, messages, stores, accounts, events, clock, log } = ports;
  const items: Item[] = [];
  let ready: NewDelivery[] = [];
  const moved = new Map<AccountId, number>();
  let working: Promise<void> | undefined;
  let isClosed = false;
  let endPause: (() => void) | undefined;
  let lastIdMs = 0;
  let idsGiven = 0;

  /** Ids sort in the order in which webhooks are told: within a run always, over a restart unless the clock was set back. */
  const nextId = (): string => {
    lastIdMs = Math.max(lastIdMs, clock.nowMs());
    idsGiven += 1;
    const [time, number] = [lastIdMs.toString(16).padStart(12, '0'), idsGiven.toString(16).padStart(8, '0')];
    return `msg_${time}${number}${events.epoch.toLowerCase()}`;
  };

  const wants = ({ shown }: WebhookLine, accountId: AccountId | undefined, type: string): boolean =>
    (shown.accountId === undefined || shown.accountId === accountId) && isAbout(shown.events, type);

  const wantsMessages = (accountId: AccountId): boolean =>
    [...lines.values()].some((line) => wants(line, accountId, 'message.added'));

  const tell = (body: EventBody, atMs: number, to: (line: WebhookLine) => boolean = () => true): void => {
    const accountId = accountOf(body);
    const account = accountId === undefined ? undefined : accounts.find(accountId);
    let text: string | undefined;
    let id: string | undefined;
    for (const line of lines.values()) {
      if (!wants(line, accountId, body.type) || !to(line)) continue;
      id ??= nextId();
      const told: TellableEvent = {
        id,
        type: body.type,
        accountId,
        atMs,
        body() {
          const { type, ...data } = body;
          text ??= JSON.stringify({
            type,
            timestamp: new Date(atMs).toISOString(),
            ...(account === undefined ? {} : { sessionId: sessionIdOf(account) }),
            data,
          });
          return text;
        },
      };
      ready.push(...line.take(told));
    }
  };

  const mark = (accountId: AccountId, order: number): void => {
    marks.set(accountId, order);
    moved.set(accountId, order);
  };

  /** A message that nobody was told of when it was stored. What is older than a webhook is none of its business. */
  const tellStored = (message: Message): void =>
    tell(
      { type: 'message.added', message },
      clock.nowMs(),
      ({ shown }) => message.timestampMs + wholeSecondMs > shown.createdAtMs,
    );

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const callOff = clock.schedule(storePauseMs, resolve);
      endPause = () => {
        callOff();
        resolve();
      };
    });

  const read = async (accountId: AccountId, after: number | undefined) => {
    for (let tries = 1; accounts.find(accountId) !== undefined; tries += 1) {
      try {
        await stores.ensureOpen(accountId);
        return await messages.messagesSince(accountId, after, atATime);
      } catch (error) {
        log.warn('messages for webhooks cannot be read', { accountId, reason: logReason(error) });
        // One account whose messages cannot be read must not keep the others from being told.
        if (tries === mostReads || isClosed) return undefined;
        await pause();
      }
    }
    return undefined;
  };

  /** What is stored behind the mark, up to a message that is told by its own event. */
  const tellBehindMark = async (accountId: AccountId, before = Number.POSITIVE_INFINITY): Promise<void> => {
    if (!wantsMessages(accountId)) return;
    const first = marks.get(accountId);
    if (first === undefined) {
      const newest = await read(accountId, undefined);
      if (newest !== undefined) mark(accountId, Math.min(newest.lastOrder, before - 1));
      return;
    }
    for (let after = first; ; ) {
      const page = await read(accountId, after);
      const stored = page?.messages.filter(({ order }) => order < before) ?? [];
      for (const message of stored) tellStored(message);
      const last = stored.at(-1);
      if (last === undefined) return;
      after = last.order;
      mark(accountId, after);
      await commit();
    }
  };

  const prepare = async (item: Item): Promise<void> => {
    if (item.kind === 'stored') return tellBehindMark(item.accountId);
    const { body, atMs } = item.event;
    if (body.type === 'history.imported') await tellBehindMark(body.accountId);
    if (body.type !== 'message.added' || !wantsMessages(body.message.accountId)) return tell(body, atMs);
    const { accountId, order } = body.message;
    const known = marks.get(accountId);
    // Told already, off the table.
    if (known !== undefined && order <= known) return;
    if (known !== undefined && order > known + 1) await tellBehindMark(accountId, order);
    tell(body, atMs);
    mark(accountId, order);
  };

  const commit = async (): Promise<void> => {
    while (ready.length > 0 || moved.size > 0) {
      const batch = ready;
      const batchMarks: readonly MessageMark[] = [...moved].map(([accountId, order]) => ({ accountId, order }));
      try {
        await store.addDeliveries(batch, batchMarks);
      } catch (error) {
        log.warn('events for webhooks cannot be stored', { reason: logReason(error) });
        if (isClosed) return;
        await pause();
        continue;
      }
      ready = ready.slice(batch.length);
      for (const { accountId, order } of batchMarks) if (moved.get(accountId) === order) moved.delete(accountId);
      for (const webhookId of new Set(batch.map((delivery) => delivery.webhookId))) lines.get(webhookId)?.wake();
    }
  };

  const work = async (): Promise<void> => {
    // What happens in the same breath belongs to the first commit; what comes meanwhile is the next one.
    await Promise.resolve();
    while (items.length > 0 && !isClosed) {
      for (let item = items.shift(); item !== undefined; item = ready.length < atATime ? items.shift() : undefined) {
        await prepare(item);
      }
      await commit();
    }
  };

  const start = (): void => {
    working ??= work()
      .catch((error: unknown) => log.error('webhooks lost an event', { reason: logReason(error) }))
      .finally(() => {
        working = undefined;
        if (items.length > 0 && !isClosed) start();
      });
  };

  return {
    wantsMessages,
    hear(event) {
      if (lines.size === 0) return;
      if (items.length >= mostWaiting) {
        for (const line of lines.values()) line.miss();
        return;
      }
      items.push({ kind: 'event', event });
      start();
    },
    catchUp() {
      for (const { id } of accounts.list()) if (wantsMessages(id)) items.push({ kind: 'stored', accountId: id });
      start();
    },
    async beginAt(accountId, wasWanted) {
      const begun = accounts.list().filter(({ id }) => (accountId === undefined || id === accountId) && !wasWanted(id));
      for (const { id } of begun) {
        const newest = await read(id, undefined);
        if (newest !== undefined) mark(id, newest.lastOrder);
      }
      if (moved.size > 0)
        await store.addDeliveries(
          [],
          [...moved].map(([id, order]) => ({ accountId: id, order })),
        );
    },
    forget: (accountId) => {
      marks.delete(accountId);
      moved.delete(accountId);
    },
    async idle() {
      while (working !== undefined) await working;
    },
    async close() {
      // What has been heard is still stored, unless the store does not answer.
      const stored = working;
      const patience = clock.schedule(storePauseMs, () => {
        isClosed = true;
        endPause?.();
      });
      await stored;
      patience();
      isClosed = true;
    },
  };
};
