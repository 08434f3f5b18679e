import type { AccountId } from '../../contract/ids';
import { nextProfileMark } from '../../domain/sending/profile-epoch';
import type { GateKeeper } from './gate-keeper';
import type { OutboxPorts } from './outbox-ports';

/** One stretch of being ready. Moments in ms of the monotonic clock. */
export interface PageLife {
  readonly generation: number;
  /** Which login on which device this is; undefined until it is known, and nothing is sent before. */
  epoch: string | undefined;
  /** From when on the absence of a message means something; undefined while chats are still being caught up. */
  lookFromMs: number | undefined;
  /** Whether the messages that a person should look at have been looked at once more. */
  hasSeenAttention: boolean;
  /** The page refused to be asked; not before then again. */
  notBeforeMs: number;
}

export const beginLife = (generation: number): PageLife => ({
  generation,
  epoch: undefined,
  lookFromMs: undefined,
  hasSeenAttention: false,
  notBeforeMs: 0,
});

/** Doubt has come up: not before the page has had time to settle does looking mean something. */
export const settleAnew = (life: PageLife, fromMs: number): void => {
  if (life.lookFromMs !== undefined) life.lookFromMs = Math.max(life.lookFromMs, fromMs);
};

/**
 * The epoch of the profile that the page has now, by its mark; the mark counts one launch more, in the profile first and in
 * our facts after it.
 */
export const enterEpoch = async (
  accountId: AccountId,
  keeper: GateKeeper,
  linkedAnew: boolean,
  { marks, randomness, log }: Pick<OutboxPorts, 'marks' | 'randomness' | 'log'>,
): Promise<string> => {
  const ours = keeper.profileMark;
  const { mark, isNewEpoch } = nextProfileMark({
    file: await marks.read(accountId),
    ours,
    linkedAnew,
    newEpoch: randomness.hex(16),
  });
  if (isNewEpoch && ours !== undefined) {
    log.info('the profile is another one than before: what is not found in it proves nothing', { accountId });
  }
  await marks.write(accountId, mark);
  keeper.profileMark = mark;
  await keeper.save();
  return mark.epoch;
};
