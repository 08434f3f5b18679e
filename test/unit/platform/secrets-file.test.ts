import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Secrets } from '../../../electron/application/ports/secrets';
import { createSecretsFile, type SecretStorage } from '../../../electron/platform/secrets-file';
import { accountId } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');

/** Turns every byte over: nothing of a secret can be read, and it is no encryption. */
const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

let backend: string;
let available: boolean;
let stale: boolean;
const storage: SecretStorage = {
  isAsyncEncryptionAvailable: async () => available,
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: async (text) => {
    if (!available) throw new Error('locked');
    return Buffer.concat([Buffer.from('v1'), turned(Buffer.from(text))]);
  },
  decryptStringAsync: async (bytes) => {
    if (!bytes.subarray(0, 2).equals(Buffer.from('v1'))) throw new Error('another key');
    return { result: String(turned(bytes.subarray(2))), shouldReEncrypt: stale };
  },
};

let root: string;
let secrets: Secrets;
const file = () => join(root, 'support', 'secrets.json');

beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, 'support'));
  [backend, available, stale] = ['gnome_libsecret', true, false];
  secrets = createSecretsFile(storage, { accountDir: (id) => join(root, id) }, 'linux');
});
afterEach(removeTemporaryFolders);

describe('the secrets of an account', () => {
  it('are kept encrypted in its folder, for this user only, and come back', async () => {
    await secrets.save(support, 'proxyPassword', 'p@ss wörd 😀');
    expect(await secrets.find(support, 'proxyPassword')).toBe('p@ss wörd 😀');
    expect(readFileSync(file(), 'utf8')).not.toContain('p@ss');
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(readdirSync(join(root, 'support'))).toEqual(['secrets.json']);
  });

  it('leave no file when the last one is removed', async () => {
    await secrets.save(support, 'proxyPassword', 'x');
    await secrets.remove(support, 'proxyPassword');
    await secrets.remove(support, 'proxyPassword');
    expect(await secrets.find(support, 'proxyPassword')).toBeUndefined();
    expect(readdirSync(join(root, 'support'))).toEqual([]);
  });

  it('are encrypted anew when the system asks for it', async () => {
    await secrets.save(support, 'proxyPassword', 'x');
    const before = statSync(file()).ino;
    stale = true;
    expect(await secrets.find(support, 'proxyPassword')).toBe('x');
    expect(statSync(file()).ino).not.toBe(before);
  });

  it('of another user or computer are refused by name, and can be entered again', async () => {
    writeFileSync(file(), JSON.stringify({ proxyPassword: Buffer.from('v9xx').toString('base64') }));
    await expect(secrets.find(support, 'proxyPassword')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('account support: its secrets were stored by another user'),
    });
    writeFileSync(file(), '{"proxyPassword": 7');
    await expect(secrets.find(support, 'proxyPassword')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await secrets.save(support, 'proxyPassword', 'again');
    expect(await secrets.find(support, 'proxyPassword')).toBe('again');
  });

  it('are not written at all when the system cannot encrypt', async () => {
    available = false;
    await expect(secrets.save(support, 'proxyPassword', 'x')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('unlock its keyring'),
    });
    expect(readdirSync(join(root, 'support'))).toEqual([]);
  });

  it('say how well they are protected', async () => {
    expect(await secrets.protection()).toBe('system');
    backend = 'basic_text';
    expect(await secrets.protection()).toBe('obscured');
    available = false;
    expect(await secrets.protection()).toBe('unavailable');
  });
});
