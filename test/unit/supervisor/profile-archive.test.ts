import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { archiveProfile } from '../../../electron/supervisor/profile-archive';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

afterEach(removeTemporaryFolders);

describe('profile of an unlinked device', () => {
  it('is put aside, the newest only, and leaves an empty private folder in its place', async () => {
    const folder = temporaryFolder();
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    writeFileSync(join(folder, 'messages.db'), 'history');
    for (const round of [1, 2]) {
      writeFileSync(join(profile, 'login'), `round ${round}`);
      await archiveProfile(profile, 1_000 + round);
    }
    expect(readdirSync(folder).toSorted()).toEqual(['messages.db', 'profile', 'profile.unlinked-1002']);
    expect(readFileSync(join(folder, 'profile.unlinked-1002', 'login'), 'utf8')).toBe('round 2');
    expect(readdirSync(profile)).toEqual([]);
    expect(statSync(profile).mode & 0o777).toBe(0o700);
  });
});
