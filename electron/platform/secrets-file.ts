import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AccountFolders } from '../application/ports/accounts';
import type { ConsoleSecrets } from '../application/ports/console-secrets';
import type { SecretProtection, Secrets } from '../application/ports/secrets';
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

type Unavailable = (problem: string, cause: unknown) => OperationError;

const protectionOf = async (storage: SecretStorage, platform: NodeJS.Platform): Promise<SecretProtection> => {
  if (!(await storage.isAsyncEncryptionAvailable())) return 'unavailable';
  // Without a keyring Linux encrypts with a key that everybody knows.
  const isKnownKey = platform === 'linux' && storage.getSelectedStorageBackend?.() === 'basic_text';
  return isKnownKey ? 'obscured' : 'system';
};

/** The last change of each file: two at a time would lose one of them. */
const turns = new Map<string, Promise<unknown>>();

const inTurn = <Result>(file: string, work: () => Promise<Result>): Promise<Result> => {
  const turn = (turns.get(file) ?? Promise.resolve()).then(work);
  const last = turn.catch(() => undefined);
  turns.set(file, last);
  void last.then(() => {
    if (turns.get(file) === last) turns.delete(file);
  });
  return turn;
};

/** One file of secrets, encrypted by the system: worthless elsewhere. Changes happen one after the other. */
const openFile = (
  storage: SecretStorage,
  file: string,
  unavailable: Unavailable,
): Omit<ConsoleSecrets, 'protection'> => {
  const read = async (): Promise<Content> => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw unavailable('its stored secrets cannot be read', error);
    });
    try {
      return contentSchema.parse(JSON.parse(text));
    } catch (error) {
      throw unavailable('its stored secrets are damaged; enter them again', error);
    }
  };

  const write = async (content: Content): Promise<void> => {
    try {
      if (Object.keys(content).length === 0) return await rm(file, { force: true });
      // Whole or not at all.
      await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600, flush: true });
      await rename(`${file}.new`, file);
    } catch (error) {
      throw unavailable('its secrets cannot be written', error);
    }
  };

  /** A damaged file is replaced by what is stored from here on: what was in it cannot be had any more. */
  const change = (changed: (content: Content) => Content): Promise<void> =>
    inTurn(file, async () => write(changed(await read().catch((): Content => ({})))));

  const save = async (name: string, value: string): Promise<void> => {
    let encrypted: Buffer;
    try {
      encrypted = await storage.encryptStringAsync(value);
    } catch (error) {
      throw unavailable('this computer cannot keep secrets now; unlock its keyring and try again', error);
    }
    await change((content) => ({ ...content, [name]: encrypted.toString('base64') }));
  };

  return {
    async find(name) {
      const stored = (await read())[name];
      if (stored === undefined) return undefined;
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(stored, 'base64'));
        if (shouldReEncrypt) await save(name, result);
        return result;
      } catch (error) {
        throw unavailable('its secrets were stored by another user or computer; enter them again', error);
      }
    },
    save,
    remove: (name) =>
      change((content) => {
        const { [name]: _removed, ...rest } = content;
        return rest;
      }),
  };
};

/** `secrets.json` in the account's folder: it goes with the account. */
export const createSecretsFile = (
  storage: SecretStorage,
  folders: Pick<AccountFolders, 'accountDir'>,
  platform: NodeJS.Platform = process.platform,
): Secrets => {
  const fileOf = (accountId: AccountId) =>
    openFile(
      storage,
      join(folders.accountDir(accountId), 'secrets.json'),
      (problem, cause) =>
        new OperationError('STORE_UNAVAILABLE', `account ${accountId}: ${problem}`, {
          data: { accountId, problem },
          cause,
        }),
    );
  return {
    protection: () => protectionOf(storage, platform),
    find: async (accountId, name) => fileOf(accountId).find(name),
    save: async (accountId, name, value) => fileOf(accountId).save(name, value),
    remove: async (accountId, name) => fileOf(accountId).remove(name),
  };
};

/** The secrets of the console itself, in a file of its own. */
export const createConsoleSecretsFile = (
  storage: SecretStorage,
  file: string,
  platform: NodeJS.Platform = process.platform,
): ConsoleSecrets => ({
  protection: () => protectionOf(storage, platform),
  ...openFile(
    storage,
    file,
    (problem, cause) => new OperationError('STORE_UNAVAILABLE', `The console: ${problem}`, { cause }),
  ),
});
