import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Change } from './state';
import type { ChangeLog } from './world';

/** Keeps nothing: a network without a state file. */
export const NO_FILE: ChangeLog = { append: () => {}, flush: () => {} };

const WRITE_AT_LINES = 512;

/**
 * The state as a list of changes, one JSON line each. New changes are appended in groups; a written line survives a killed
 * process. At start the file is rewritten as a short snapshot under another name and renamed over the old one.
 */
export class StateFile implements ChangeLog {
  readonly #path: string;
  #fd: number | undefined;
  #lines: string[] = [];
  #timer: NodeJS.Immediate | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the file remembers. A last line that was cut off by a kill is left out. */
  *read(): Generator<Change> {
    if (!existsSync(this.#path)) return;
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    const last = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      try {
        yield JSON.parse(line) as Change;
      } catch {
        throw new Error(`The state file ${this.#path} is damaged in line ${index + 1}; move it away to start anew`);
      }
    }
    // Written lines end with a line feed: what follows the last one was never complete.
    if (last.trim() !== '') process.stderr.write(`practice network: dropped an unfinished line of ${this.#path}\n`);
  }

  /** Starts the file anew with `changes` and keeps it open for what comes. */
  rewrite(changes: Iterable<Change>): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const fresh = `${this.#path}.new`;
    const fd = openSync(fresh, 'w', 0o600);
    this.#fd = fd;
    for (const change of changes) {
      this.#lines.push(JSON.stringify(change));
      if (this.#lines.length >= WRITE_AT_LINES) this.flush();
    }
    this.flush();
    fsyncSync(fd);
    renameSync(fresh, this.#path);
  }

  append(change: Change): void {
    this.#lines.push(JSON.stringify(change));
    this.#timer ??= setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#timer !== undefined) clearImmediate(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0 || this.#fd === undefined) return;
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
  }

  close(): void {
    this.flush();
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
