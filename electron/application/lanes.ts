import type { AccountId } from '../contract/ids';

/**
 * One lane per account: its tasks run one after another, so that a change in the store and the events that tell of it are
 * one step, in the order in which things happened. Lanes of different accounts never wait for each other.
 */
export interface Lanes {
  run<Result>(accountId: AccountId, task: () => Promise<Result>): Promise<Result>;
  /** Resolves when every lane is empty. */
  idle(): Promise<void>;
}

export const createLanes = (): Lanes => {
  const tails = new Map<AccountId, Promise<unknown>>();
  return {
    run(accountId, task) {
      const before = tails.get(accountId) ?? Promise.resolve();
      const result = before.then(task);
      // The lane goes on after a failure; the failure itself belongs to whoever asked.
      const tail = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(accountId, tail);
      void tail.then(() => {
        if (tails.get(accountId) === tail) tails.delete(accountId);
      });
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
};
