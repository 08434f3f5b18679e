import type { DeliveryAttempt, Webhook, WebhookEvent, WebhookStatus } from '../../contract/entities/webhook';
import type { AccountId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import { type AttemptVerdict, judgeAttempt } from '../../domain/webhook-retries';
import { logReason } from '../log-reason';
import type { Clock, Randomness } from '../ports/clock';
import type { ConsoleStore, NewDelivery, StoredWebhook, WaitingDelivery } from '../ports/console-store';
import type { Log } from '../ports/log';
import type { WebhookReply, WebhookSender } from '../ports/webhook-sender';

/** What a receiver is told with each request, beside the event. */
export interface WebhookSecrets {
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebhookLinePorts {
  readonly store: Pick<ConsoleStore, 'nextDeliveries' | 'stepDelivery' | 'updateWebhook'>;
  readonly sender: WebhookSender;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, 'fraction'>;
  readonly log: Log;
  /** Rejects when they cannot be had on this computer; undefined when there are none. */
  readonly readSecrets: () => Promise<WebhookSecrets | undefined>;
  /** It has just been disabled: somebody should know. */
  readonly disabled: (webhook: Webhook) => void;
}

/** An event as it is told. */
export interface TellableEvent {
  /** Header `webhook-id`. */
  readonly id: string;
  readonly type: WebhookEvent;
  readonly accountId: AccountId | undefined;
  readonly atMs: number;
  /** Made when the first webhook wants it. */
  readonly body: () => string;
}

/** Deliveries that are read at a time. */
const readAtATime = 20;
/** The longest nap before the clock is looked at again, in ms: a computer that slept is not late by more. */
const longestNapMs = 60_000;
/** Pauses while the store does not answer, in ms; the last one goes on. */
const storePausesMs = [1_000, 5_000, 20_000, 60_000] as const;

const problemOf = (reply: WebhookReply): string =>
  reply.kind === 'unanswered' ? reply.problem : `it answered ${reply.status}`;

/**
 * One webhook at work: takes events up to its bounds, and tells them one after the other. A delivery that fails is tried
 * again while the others wait behind it, so that the order is kept.
 */
export class WebhookLine {
  readonly #ports: WebhookLinePorts;
  #webhook: StoredWebhook;
  #secrets: WebhookSecrets | undefined;
  #isRunning = false;
  #isEnded = false;
  /** Something has come since the store was last asked. */
  #hasNews = true;
  #endNap: (() => void) | undefined;
  #endRequest: (() => void) | undefined;
  #finished: Promise<void> = Promise.resolve();

  constructor(webhook: StoredWebhook, ports: WebhookLinePorts) {
    this.#webhook = webhook;
    this.#ports = ports;
  }

  get shown(): Webhook {
    const { givenUp: _, waitingBytes: __, ...webhook } = this.#webhook;
    return webhook;
  }

  /** What is to be stored of an event; nothing when the queue is full or the webhook is disabled, which is told later as a gap. */
  take(event: TellableEvent): readonly NewDelivery[] {
    const { id: webhookId, status, missed, waiting, waitingBytes } = this.#webhook;
    const isFull = waiting + 2 > limits.webhookQueue || waitingBytes > limits.webhookQueueBytes;
    if (status.state === 'disabled' || isFull) {
      this.miss();
      return [];
    }
    const toDelivery = (id: string, type: WebhookEvent, body: string): NewDelivery => ({
      webhookId,
      id,
      event: type,
      accountId: event.accountId,
      createdAtMs: event.atMs,
      body,
    });
    const gap = { type: 'gap', timestamp: new Date(event.atMs).toISOString(), data: { missed } };
    const deliveries = [
      ...(missed > 0 ? [toDelivery(`${event.id}_gap`, 'gap', JSON.stringify(gap))] : []),
      toDelivery(event.id, event.type, event.body()),
    ];
    this.#change({
      missed: 0,
      waiting: waiting + deliveries.length,
      waitingBytes: waitingBytes + deliveries.reduce((sum, { body }) => sum + body.length, 0),
    });
    if (missed > 0) void this.#save();
    return deliveries;
  }

  /** Something happened that it will not be told of, but for the number. */
  miss(): void {
    const { missed } = this.#webhook;
    this.#change({ missed: missed + 1 });
    if (missed === 0) void this.#save();
  }

  /** Something waits in the store. Returns at once. */
  wake(): void {
    this.#hasNews = true;
    if (this.#isRunning || this.#isEnded || this.#webhook.status.state === 'disabled') return;
    this.#isRunning = true;
    this.#finished = this.#run().finally(() => {
      this.#isRunning = false;
      if (this.#hasNews) this.wake();
    });
  }

  /** Tries at once what waits, whatever has been. */
  async enable(): Promise<void> {
    const wasDisabled = this.#webhook.status.state === 'disabled';
    this.#secrets = undefined;
    this.#change({
      status: { state: 'active' },
      givenUp: 0,
      missed: wasDisabled ? Math.max(1, this.#webhook.missed) : this.#webhook.missed,
    });
    await this.#ports.store.updateWebhook(this.#webhook.id, this.#webhook);
    this.#endNap?.();
    this.wake();
  }

  /** Resolves when nothing is under way any more. What was not answered stays as it is in the store. */
  async end(): Promise<void> {
    this.#isEnded = true;
    this.#endNap?.();
    this.#endRequest?.();
    await this.#finished;
  }

  async #run(): Promise<void> {
    while (this.#isAtWork() && this.#hasNews) {
      this.#hasNews = false;
      let batch: readonly WaitingDelivery[];
      do {
        batch = (await this.#stubbornly(() => this.#ports.store.nextDeliveries(this.#webhook.id, readAtATime))) ?? [];
        for (const delivery of batch) {
          if (!this.#isAtWork()) return;
          await this.#deliver(delivery);
        }
      } while (this.#isAtWork() && batch.length > 0);
    }
  }

  async #deliver(waiting: WaitingDelivery): Promise<void> {
    let { attempts, nextAttemptMs } = waiting;
    while (this.#isAtWork()) {
      await this.#napUntil(nextAttemptMs);
      const secrets = await this.#readSecrets();
      if (secrets === undefined || !this.#isAtWork()) return;
      const { url, reach } = this.#webhook;
      const atMs = this.#ports.clock.nowMs();
      const startedMs = this.#ports.clock.monotonicMs();
      const { id, body } = waiting;
      const { reply: replying, end } = this.#ports.sender.send({ url, reach, id, atMs, body, ...secrets });
      this.#endRequest = end;
      const reply = await replying;
      this.#endRequest = undefined;
      // An attempt that was broken off is none.
      if (this.#isEnded) return;
      const verdict = this.#judge(reply, attempts.length + 1);
      const attempt: DeliveryAttempt = {
        atMs,
        durationMs: Math.max(0, Math.round(this.#ports.clock.monotonicMs() - startedMs)),
        ...(reply.kind === 'answered' ? { status: reply.status } : {}),
        ...(verdict.kind === 'delivered' ? {} : { problem: problemOf(reply) }),
      };
      attempts = [...attempts, attempt];
      nextAttemptMs = verdict.kind === 'retry' ? this.#ports.clock.nowMs() + verdict.afterMs : undefined;
      await this.#settle(waiting, attempts, nextAttemptMs, verdict, problemOf(reply));
      if (verdict.kind !== 'retry') return;
    }
  }

  #judge(reply: WebhookReply, attempts: number): AttemptVerdict {
    const outcome = reply.kind === 'answered' ? reply : { kind: 'unanswered' as const };
    const verdict = judgeAttempt(outcome, attempts, this.#ports.randomness.fraction());
    // The one before was given up after days: the receiver has had its last chance with this one.
    if (verdict.kind === 'retry' && this.#webhook.givenUp > 0) return { kind: 'given_up', because: 'receiver' };
    return verdict;
  }

  async #settle(
    { position, body }: WaitingDelivery,
    attempts: readonly DeliveryAttempt[],
    nextAttemptMs: number | undefined,
    verdict: AttemptVerdict,
    problem: string,
  ): Promise<void> {
    const { store, clock } = this.#ports;
    const atMs = clock.nowMs();
    const isLastChance = verdict.kind === 'given_up' && verdict.because === 'receiver' && this.#webhook.givenUp > 0;
    // What was the last chance of the webhook stays for the day it is enabled again.
    const waits = verdict.kind === 'retry' || isLastChance;
    const state = waits ? 'waiting' : verdict.kind === 'delivered' ? 'delivered' : 'failed';
    await this.#stubbornly(() => store.stepDelivery(position, { state, attempts, nextAttemptMs, atMs }));
    if (!waits) {
      this.#change({
        waiting: Math.max(0, this.#webhook.waiting - 1),
        waitingBytes: Math.max(0, this.#webhook.waitingBytes - body.length),
      });
    }
    switch (verdict.kind) {
      case 'delivered':
        if (this.#webhook.status.state !== 'active') await this.#become({ state: 'active' }, 0);
        return;
      case 'gone':
        return this.#disable('gone', problem);
      case 'retry': {
        const { status } = this.#webhook;
        const sinceMs = status.state === 'failing' ? status.sinceMs : atMs;
        await this.#become(
          { state: 'failing', sinceMs, nextAttemptMs: nextAttemptMs ?? atMs, problem },
          this.#webhook.givenUp,
        );
        return;
      }
      case 'given_up':
        if (isLastChance) return this.#disable('failing', problem);
        if (verdict.because === 'receiver') await this.#become(this.#webhook.status, this.#webhook.givenUp + 1);
        else await this.#become({ state: 'active' }, 0);
    }
  }

  async #disable(why: 'gone' | 'failing' | 'secret_lost', problem: string): Promise<void> {
    await this.#become({ state: 'disabled', sinceMs: this.#ports.clock.nowMs(), why, problem }, 0);
    if (!this.#isEnded) this.#ports.disabled(this.shown);
  }

  async #readSecrets(): Promise<WebhookSecrets | undefined> {
    if (this.#secrets !== undefined) return this.#secrets;
    let problem = 'its secret is not there any more';
    try {
      this.#secrets = await this.#ports.readSecrets();
    } catch (error) {
      problem = error instanceof Error ? error.message : 'its secret cannot be read';
    }
    if (this.#secrets === undefined) await this.#disable('secret_lost', problem);
    return this.#secrets;
  }

  #isAtWork(): boolean {
    return !this.#isEnded && this.#webhook.status.state !== 'disabled';
  }

  #change(change: Partial<StoredWebhook>): void {
    this.#webhook = { ...this.#webhook, ...change };
  }

  async #become(status: WebhookStatus, givenUp: number): Promise<void> {
    this.#change({ status, givenUp });
    await this.#save();
  }

  #save(): Promise<void> {
    return this.#ports.store.updateWebhook(this.#webhook.id, this.#webhook).catch((error: unknown) => {
      this.#ports.log.warn('the state of a webhook could not be stored', { reason: logReason(error) });
    });
  }

  /** The same again until the store answers; undefined when the webhook ends meanwhile. */
  async #stubbornly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    for (let tries = 0; ; tries += 1) {
      if (this.#isEnded) return undefined;
      try {
        return await work();
      } catch (error) {
        this.#ports.log.warn('a webhook waits for the store', { reason: logReason(error) });
        const pauseMs = storePausesMs[Math.min(tries, storePausesMs.length - 1)] ?? 0;
        await this.#napUntil(this.#ports.clock.nowMs() + pauseMs);
      }
    }
  }

  /** By the wall clock, in naps; ends early when the webhook ends or is enabled. */
  async #napUntil(untilMs: number | undefined): Promise<void> {
    if (untilMs === undefined) return;
    let isOver = this.#isEnded;
    while (!isOver) {
      const leftMs = untilMs - this.#ports.clock.nowMs();
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        const callOff = this.#ports.clock.schedule(Math.min(leftMs, longestNapMs), resolve);
        this.#endNap = () => {
          isOver = true;
          callOff();
          resolve();
        };
      });
      this.#endNap = undefined;
    }
  }
}
