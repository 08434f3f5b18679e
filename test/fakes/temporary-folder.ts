import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new empty folder; `removeTemporaryFolders` in an `afterEach` or `afterAll` deletes it. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  folders.push(folder);
  return folder;
};

export const removeTemporaryFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};
