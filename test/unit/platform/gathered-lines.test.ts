import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatherLines, gatherLinesMs } from '../../../electron/platform/gathered-lines';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const linesInto = (write: (text: string, done: (error?: Error) => void) => void = (_text, done) => done()) => {
  const texts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      texts.push(String(chunk));
      write(String(chunk), done);
    },
  });
  stream.on('error', () => undefined);
  return { lines: gatherLines(stream), texts };
};

describe('lines on their way to a file', () => {
  it('are written together, in order, after a moment', () => {
    const { lines, texts } = linesInto();
    for (const line of ['a\n', 'b\n', 'c\n']) lines.write(line);
    expect(texts).toEqual([]);
    vi.advanceTimersByTime(gatherLinesMs);
    expect(texts).toEqual(['a\nb\nc\n']);
    lines.write('d\n');
    vi.advanceTimersByTime(gatherLinesMs);
    expect(texts).toEqual(['a\nb\nc\n', 'd\n']);
  });

  it('do not wait when there are many', () => {
    const { lines, texts } = linesInto();
    for (let number = 0; number < 200; number += 1) lines.write(`${'x'.repeat(999)}\n`);
    expect(texts.join('').length).toBeGreaterThan(100_000);
  });

  it('are written at once when asked to, and said to be there only when they are', async () => {
    const done: (() => void)[] = [];
    const { lines, texts } = linesInto((_text, end) => void done.push(end));
    let isThere = false;
    lines.write('a\n');
    void lines.flush().then(() => {
      isThere = true;
    });
    expect(texts).toEqual(['a\n']);
    await Promise.resolve();
    expect(isThere).toBe(false);
    done[0]?.();
    await lines.flush();
    expect(isThere).toBe(true);
    expect(texts).toEqual(['a\n']);
  });

  it('keep nobody waiting for a file that cannot be written', async () => {
    const { lines } = linesInto((_text, end) => end(new Error('no space left')));
    lines.write('a\n');
    await lines.flush();
    lines.write('b\n');
    await lines.flush();
  });
});
