import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { answerKnocks, knock } from '../../../electron/platform/knock';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';
import { eventually } from '../../fixtures/eventually';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  removeTemporaryFolders();
});

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

const listen = (file: string) => {
  const { log, lines } = createMemoryLog();
  let count = 0;
  stops.push(
    answerKnocks(file, log, () => {
      count += 1;
    }),
  );
  return { count: () => count, lines };
};

describe('a second copy that knocks', () => {
  it('is answered once each time, and no other file in the folder is taken for a knock', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'knock');
    const { count } = listen(file);
    for (const times of [1, 2, 3]) {
      knock(file);
      writeFileSync(join(folder, 'other'), `${times}`);
      await eventually('the answer', () => count() === times);
      await pause(50);
      expect(count()).toBe(times);
      expect(existsSync(file)).toBe(false);
    }
  });

  it('is not answered when it came before there was anybody, nor when the console ends', async () => {
    const file = join(temporaryFolder(), 'knock');
    knock(file);
    const { count } = listen(file);
    await pause(100);
    for (const stop of stops) stop();
    knock(file);
    await pause(100);
    expect(count()).toBe(0);
  });

  it('costs a line in the log where the folder cannot be watched, and not the start', () => {
    const file = join(temporaryFolder(), 'a file');
    writeFileSync(file, '');
    const { lines } = listen(join(file, 'knock'));
    expect(lines).toMatchObject([{ level: 'warn', message: 'a second copy cannot bring this window to the front' }]);
  });
});
