import { z } from 'zod';
import type { Clock } from '../application/ports/clock';
import { OperationError } from '../contract/errors';
import {
  type WorkerReport,
  type WorkerRequestInput,
  type WorkerRequestKind,
  type WorkerRequestOutput,
  workerRequests,
} from '../contract/frames';

/**
 * How long an answer may take, in ms. Longer than the worker's own limits, so that its more exact error wins; a probe has no
 * other limit than this one.
 */
const answerLimitsMs: Readonly<Record<WorkerRequestKind, number>> = {
  send: 75_000,
  resendMessage: 20_000,
  readLimits: 10_000,
  findMessage: 20_000,
  listChats: 60_000,
  fetchMessages: 60_000,
  markRead: 20_000,
  look: 60_000,
  act: 130_000,
  probe: 4_000,
  pairingCode: 60_000,
  screenshot: 12_000,
  showWindow: 8_000,
  hideWindow: 8_000,
};

/** Media is uploaded before it is sent. */
const mediaSendLimitMs = 160_000;

/** @param ahead How many messages the worker, which sends one after the other, has been asked for before. */
const limitOf = <Kind extends WorkerRequestKind>(
  kind: Kind,
  input: WorkerRequestInput<Kind>,
  ahead: number,
): number => {
  const ownMs = 'content' in input && input.content.kind === 'media' ? mediaSendLimitMs : answerLimitsMs[kind];
  return kind === 'send' ? ownMs + ahead * answerLimitsMs.send : ownMs;
};

/** Requests after whose failure something may have happened all the same. */
const changing: ReadonlySet<WorkerRequestKind> = new Set<WorkerRequestKind>([
  'send',
  'resendMessage',
  'markRead',
  'act',
]);

export const changesSomething = (kind: WorkerRequestKind): boolean => changing.has(kind);

type Reply = Extract<WorkerReport, { readonly type: 'reply' }>;

interface Waiting {
  readonly kind: WorkerRequestKind;
  resolve(value: unknown): void;
  reject(error: OperationError): void;
}

/** What one worker has been asked and has not answered yet. */
export class PendingRequests {
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Books a request; `ask` hands it to the worker under the given number. `label` names the account in errors. */
  open<Kind extends WorkerRequestKind>(
    kind: Kind,
    input: WorkerRequestInput<Kind>,
    label: string,
    ask: (requestId: number) => void,
  ): Promise<WorkerRequestOutput<Kind>> {
    this.#lastId += 1;
    const requestId = this.#lastId;
    return new Promise((resolve, reject) => {
      const ahead = [...this.#waiting.values()].filter((waiting) => waiting.kind === 'send').length;
      const cancel = this.#clock.schedule(limitOf(kind, input, ahead), () => {
        this.#waiting.delete(requestId);
        reject(failure('SESSION_TIMEOUT', kind, `Account “${label}” did not answer in time (${kind}).`));
      });
      this.#waiting.set(requestId, {
        kind,
        resolve: (value) => {
          cancel();
          const parsed = workerRequests[kind].output.safeParse(value);
          if (parsed.success) resolve(parsed.data as WorkerRequestOutput<Kind>);
          else
            reject(
              failure(
                'INTERNAL_ERROR',
                kind,
                `The worker of account “${label}” answered ${kind} with something else: ${z.prettifyError(parsed.error)}`,
              ),
            );
        },
        reject: (error) => {
          cancel();
          reject(error);
        },
      });
      ask(requestId);
    });
  }

  /** Whether something is under way that an end would leave uncertain. */
  get changing(): boolean {
    return [...this.#waiting.values()].some(({ kind }) => changesSomething(kind));
  }

  /** Answers the request that the reply belongs to; a reply that nobody waits for any more is dropped. */
  settle({ requestId, result }: Reply): void {
    const waiting = this.#waiting.get(requestId);
    if (waiting === undefined) return;
    this.#waiting.delete(requestId);
    if (result.ok) waiting.resolve(result.value);
    else waiting.reject(OperationError.fromShape(result.error));
  }

  /** The worker is gone: nothing will be answered any more. */
  crash(label: string): void {
    for (const waiting of this.#waiting.values()) {
      waiting.reject(
        failure(
          'SESSION_CRASHED',
          waiting.kind,
          `The processes of account “${label}” ended before they answered (${waiting.kind}).`,
        ),
      );
    }
    this.#waiting.clear();
  }
}

const failure = (
  code: 'SESSION_TIMEOUT' | 'SESSION_CRASHED' | 'INTERNAL_ERROR',
  kind: WorkerRequestKind,
  message: string,
): OperationError => new OperationError(code, message, { effect: changesSomething(kind) ? 'unknown' : 'none' });
