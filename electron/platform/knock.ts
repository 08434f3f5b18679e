import { closeSync, mkdirSync, openSync, rmSync, unlinkSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../application/ports/log';

/** Asks the console that is open to show itself: a file appears, and that console takes it away again. */
export const knock = (file: string): void => closeSync(openSync(file, 'w', 0o600));

/**
 * Calls `answer` whenever another copy has knocked. Does not keep the process alive.
 *
 * @returns Stops answering.
 */
export const answerKnocks = (file: string, log: Log, answer: () => void): (() => void) => {
  const folder = dirname(file);
  const deaf = (error: unknown): void =>
    log.warn('a second copy cannot bring this window to the front', {
      reason: error instanceof Error ? error.message : 'unknown',
    });
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Of somebody who knocked when nobody was there yet: the window comes anyway.
    rmSync(file, { force: true });
    const watcher = watch(folder, { persistent: false }, () => {
      if (wasThere(file)) answer();
    });
    watcher.on('error', deaf);
    return () => watcher.close();
  } catch (error) {
    deaf(error);
    return () => undefined;
  }
};

/** The system tells of one knock several times; only the first time finds the file. */
const wasThere = (file: string): boolean => {
  try {
    unlinkSync(file);
    return true;
  } catch {
    return false;
  }
};
