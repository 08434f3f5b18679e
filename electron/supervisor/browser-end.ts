import type { Clock } from '../application/ports/clock';
import { findProfileProcesses, killProfileProcesses } from './process-tree';

/** How long a browser may take to notice that its worker is gone, in ms; then it is killed. */
const noticeMs = 500;
const pollMs = 100;
/** So often to look after a kill before giving up: 5 s. */
const killPolls = 50;

const pause = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.schedule(delayMs, resolve);
  });

const goneWithin = async (profileDir: string, clock: Clock, polls: number): Promise<boolean> => {
  for (let poll = 0; poll < polls; poll += 1) {
    if ((await findProfileProcesses(profileDir)).length === 0) return true;
    await pause(clock, pollMs);
  }
  return false;
};

/** How the supervisor sees to it that no browser of a profile is left. */
export interface BrowserEnd {
  /** Resolves when no process runs on the profile any more; whatever does not end by itself is killed. `false`: some live on. */
  untilGone(profileDir: string): Promise<boolean>;
  /** Kills at once whatever runs on the profile; answers with how many there were. */
  kill(profileDir: string): Promise<number>;
}

export const createBrowserEnd = (clock: Clock): BrowserEnd => ({
  untilGone: async (profileDir) => {
    if (await goneWithin(profileDir, clock, noticeMs / pollMs)) return true;
    await killProfileProcesses(profileDir);
    return goneWithin(profileDir, clock, killPolls);
  },
  kill: killProfileProcesses,
});
