import type { Log } from '../application/ports/log';
import type { AccountIdentity } from '../contract/entities/account';
import type { AccountId } from '../contract/ids';
import type { SessionDeps } from './session-deps';

/** What happens to an account's profile between the lives of its browser, one thing after the other. */
export class ProfileBetweenLives {
  readonly #profileDir: string;
  readonly #deps: SessionDeps;
  readonly #log: Log;
  #work: Promise<void> = Promise.resolve();

  constructor(accountId: AccountId, deps: SessionDeps, log: Log) {
    this.#profileDir = deps.accounts.profileDir(accountId);
    this.#deps = deps;
    this.#log = log;
  }

  /** Resolves when nothing is being done to it any more. Never rejects. */
  get done(): Promise<void> {
    return this.#work;
  }

  /** Its login is worthless (`keep`: put it aside all the same) or not wanted here any more. */
  putAside(keep: boolean): void {
    const { profileCare, clock } = this.#deps;
    this.#work = this.#work
      .then(() => (keep ? profileCare.archive : profileCare.drop)(this.#profileDir, clock.nowMs()))
      .catch((error: unknown) => {
        // The page has forgotten its login by itself: the old profile shows a new code just as well.
        this.#log.warn('the profile could not be put aside', { keep, reason: String(error) });
      });
  }

  mark(me: AccountIdentity): void {
    this.#deps.profileCare.mark(this.#profileDir, me).catch((error: unknown) => {
      this.#log.warn('the profile could not be marked with its number', { reason: String(error) });
    });
  }

  /** Calls back when the browser has stopped writing, at the latest at `untilMs`. */
  settle(untilMs: number, settled: () => void): void {
    this.#log.info('waits for the new login to be on disk', { atMostMs: untilMs - this.#deps.clock.nowMs() });
    void this.#deps.profileCare
      .untilSettled(this.#profileDir, untilMs)
      .catch(() => false)
      .then(settled);
  }
}
