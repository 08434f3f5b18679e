import { readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';

const ownGroup = '/proc/self/autogroup';
/** The kernel takes ten such changes a second for the whole computer; several browsers may start together. */
const tries = 5;
const againMs = 250;

/** The session that this process belongs to: the sixth field, the fourth after the name in brackets. */
const sessionId = (): number => {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
};

const attempt = (left: number): void => {
  try {
    // A group of its own: only the leader of a session has no strangers in it.
    if (sessionId() === process.pid) writeFileSync(ownGroup, String(constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // Busy, or a kernel without such groups.
    if (left > 1) setTimeout(() => attempt(left - 1), againMs).unref();
  }
};

/**
 * Lets the console's window go first. Linux shares the processor out among sessions before it looks at the priority of a
 * process, and whoever drives this browser gives it a session of its own: twenty of them starting would leave the window,
 * which has one, a twentieth.
 */
export const yieldToConsole = (): void => {
  if (process.platform === 'linux') attempt(tries);
};
