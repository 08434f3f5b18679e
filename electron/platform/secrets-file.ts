import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AccountFolders } from '../application/ports/accounts';
import type { SecretName, SecretProtection, Secrets } from '../application/ports/secrets';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';

/** What of Electron's safeStorage is used: its asynchronous calls, which do not hold up main while a keyring is unlocked. */
export interface SecretStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(plainText: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
}

/** Name → encrypted value in base64. */
const contentSchema = z.record(z.string(), z.base64());
type Content = z.infer<typeof contentSchema>;

/** `secrets.json` in the account's folder, encrypted by the system: it goes with the account and is worthless elsewhere. */
export const createSecretsFile = (
  storage: SecretStorage,
  folders: Pick<AccountFolders, 'accountDir'>,
  platform: NodeJS.Platform = process.platform,
): Secrets => {
  const fileOf = (accountId: AccountId): string => join(folders.accountDir(accountId), 'secrets.json');

  const read = async (accountId: AccountId): Promise<Content> => {
    const text = await readFile(fileOf(accountId), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw unavailable(accountId, 'its stored secrets cannot be read', error);
    });
    try {
      return contentSchema.parse(JSON.parse(text));
    } catch (error) {
      throw unavailable(accountId, 'its stored secrets are damaged; enter them again', error);
    }
  };

  const write = async (accountId: AccountId, content: Content): Promise<void> => {
    const file = fileOf(accountId);
    try {
      if (Object.keys(content).length === 0) return await rm(file, { force: true });
      // Whole or not at all.
      await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
      await rename(`${file}.new`, file);
    } catch (error) {
      throw unavailable(accountId, 'its secrets cannot be written', error);
    }
  };

  /** A damaged file is replaced by what is stored from here on: what was in it cannot be had any more. */
  const readForChange = (accountId: AccountId): Promise<Content> => read(accountId).catch((): Content => ({}));

  const protection = async (): Promise<SecretProtection> => {
    if (!(await storage.isAsyncEncryptionAvailable())) return 'unavailable';
    // Without a keyring Linux encrypts with a key that everybody knows.
    const isKnownKey = platform === 'linux' && storage.getSelectedStorageBackend?.() === 'basic_text';
    return isKnownKey ? 'obscured' : 'system';
  };

  return {
    protection,
    async find(accountId, name: SecretName) {
      const stored = (await read(accountId))[name];
      if (stored === undefined) return undefined;
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(stored, 'base64'));
        if (shouldReEncrypt) await save(accountId, name, result);
        return result;
      } catch (error) {
        throw unavailable(accountId, 'its secrets were stored by another user or computer; enter them again', error);
      }
    },
    save,
    async remove(accountId, name) {
      const { [name]: _removed, ...rest } = await readForChange(accountId);
      await write(accountId, rest);
    },
  };

  async function save(accountId: AccountId, name: SecretName, value: string): Promise<void> {
    let encrypted: Buffer;
    try {
      encrypted = await storage.encryptStringAsync(value);
    } catch (error) {
      throw unavailable(accountId, 'this computer cannot keep secrets now; unlock its keyring and try again', error);
    }
    await write(accountId, { ...(await readForChange(accountId)), [name]: encrypted.toString('base64') });
  }
};

const unavailable = (accountId: AccountId, problem: string, cause: unknown): OperationError =>
  new OperationError('STORE_UNAVAILABLE', `account ${accountId}: ${problem}`, { data: { accountId, problem }, cause });
