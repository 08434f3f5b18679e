import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileMarks } from '../../../electron/application/ports/profile-marks';
import { createAccountFolders } from '../../../electron/platform/account-folders';
import { createProfileMarks } from '../../../electron/platform/profile-marks';
import { accountId } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');
let root: string;
let marks: ProfileMarks;
const profile = () => join(root, 'support', 'profile');
const file = () => join(profile(), 'switchboard-mark.json');

beforeEach(async () => {
  root = temporaryFolder();
  const folders = createAccountFolders(root);
  await folders.create(support);
  marks = createProfileMarks(folders);
});
afterEach(removeTemporaryFolders);

describe('the mark of a browser profile', () => {
  it('is what was written last, for this user only, and goes with the profile', async () => {
    expect(await marks.read(support)).toBeUndefined();
    await marks.write(support, { epoch: 'E1', launches: 1 });
    await marks.write(support, { epoch: 'E1', launches: 2 });
    expect(await marks.read(support)).toEqual({ epoch: 'E1', launches: 2 });
    expect(readdirSync(profile())).toEqual(['switchboard-mark.json']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    rmSync(profile(), { recursive: true });
    expect(await marks.read(support)).toBeUndefined();
  });

  it.each(['', '{"epoch":"E1","laun', '{"epoch":"","launches":1}', '{"epoch":"E1","launches":-1}', '[]', '\0\0\0\0'])(
    'that reads %j is none',
    async (text) => {
      writeFileSync(file(), text);
      expect(await marks.read(support)).toBeUndefined();
      await marks.write(support, { epoch: 'E2', launches: 0 });
      expect(await marks.read(support)).toEqual({ epoch: 'E2', launches: 0 });
    },
  );

  it('that is no file is none, and says by name when it cannot be written', async () => {
    mkdirSync(join(file(), 'inside'), { recursive: true });
    expect(await marks.read(support)).toBeUndefined();
    await expect(marks.write(support, { epoch: 'E1', launches: 1 })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/^account support: the mark of its browser profile could not be stored/),
    });
    expect(readdirSync(profile())).toEqual(['switchboard-mark.json']);
  });

  it('never brings back a profile that was removed', async () => {
    rmSync(join(root, 'support'), { recursive: true });
    await expect(marks.write(support, { epoch: 'E1', launches: 1 })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(readdirSync(root)).toEqual([]);
  });
});
