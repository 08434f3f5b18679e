import type { Writable } from 'node:stream';

/** How long a line waits for others before they are written together, in ms; that much is lost when the program is killed. */
export const gatherLinesMs = 100;

/** As much waiting text, in characters, is written without waiting for more. */
const enough = 64 * 1024;

export interface GatheredLines {
  write(line: string): void;
  /** Hands on what waits; resolves when all that was ever handed on has been written, or can no longer be. */
  flush(): Promise<void>;
}

/** Lines on their way to a file, written together: each write of its own costs as much as making the line. */
export const gatherLines = (stream: Writable): GatheredLines => {
  let waiting = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written: Promise<void> = Promise.resolve();

  const handOn = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    const before = written;
    written = new Promise<void>((resolve) => {
      // Whatever became of it: the stream's own `error` says so.
      stream.write(text, () => resolve());
    }).then(() => before);
  };

  return {
    write(line) {
      waiting += line;
      if (waiting.length >= enough) handOn();
      else timer ??= setTimeout(handOn, gatherLinesMs);
    },
    flush() {
      handOn();
      return written;
    },
  };
};
