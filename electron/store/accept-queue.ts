import type { Outgoing } from '../application/ports/outbox-store';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import type { Queued } from './outgoing-queue';
import type { Outcome } from './transactions';

/** One commit takes at most so many messages, so that a reader never waits for more than some 20 ms of writing. */
const batchSize = 100;

interface Waiting {
  readonly outgoing: Outgoing;
  readonly resolve: (queued: Queued) => void;
  readonly reject: (error: unknown) => void;
}

interface AccountQueue {
  waiting: Waiting[];
  isUnderWay: boolean;
}

export interface AcceptQueue {
  accept(accountId: AccountId, outgoing: Outgoing): Promise<Queued>;
  /** Resolves when everything that has been asked by now is answered. */
  drained(): Promise<void>;
}

/**
 * Messages of one account that come together share one durable commit: what arrives while a batch is on its way to the disk
 * is the next batch. A single message goes at once.
 */
export const createAcceptQueue = (
  acceptAll: (accountId: AccountId, outgoing: readonly Outgoing[]) => Promise<readonly Outcome<Queued>[]>,
): AcceptQueue => {
  const queues = new Map<AccountId, AccountQueue>();

  const settle = ({ resolve, reject }: Waiting, outcome: Outcome<Queued> | undefined): void => {
    if (outcome?.ok === true) resolve(outcome.value);
    else if (outcome !== undefined) reject(OperationError.fromShape(outcome.error));
    else reject(new OperationError('INTERNAL_ERROR', 'The message store lost a message.', { effect: 'unknown' }));
  };

  const take = async (accountId: AccountId, queue: AccountQueue): Promise<void> => {
    queue.isUnderWay = true;
    // What was asked in the same breath belongs to the first batch.
    await Promise.resolve();
    while (queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, batchSize);
      try {
        const outcomes = await acceptAll(
          accountId,
          batch.map(({ outgoing }) => outgoing),
        );
        for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    queues.delete(accountId);
  };

  const accept = (accountId: AccountId, outgoing: Outgoing): Promise<Queued> =>
    new Promise((resolve, reject) => {
      const queue = queues.get(accountId) ?? { waiting: [], isUnderWay: false };
      queues.set(accountId, queue);
      queue.waiting.push({ outgoing, resolve, reject });
      if (!queue.isUnderWay) void take(accountId, queue);
    });

  const pending = new Set<Promise<Queued>>();
  return {
    accept(accountId, outgoing) {
      const accepting = accept(accountId, outgoing);
      pending.add(accepting);
      const forget = (): void => void pending.delete(accepting);
      accepting.then(forget, forget);
      return accepting;
    },
    async drained() {
      await Promise.allSettled(pending);
    },
  };
};
