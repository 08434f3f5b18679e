import { createHash } from 'node:crypto';
import { type FileHandle, lstat, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AccountFolders } from '../application/ports/accounts';
import type { OutgoingMedia, OutgoingMediaFile } from '../application/ports/outgoing-media';
import { type MediaId, mediaIdSchema } from '../contract/entities/outgoing';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { makeFolder, writeDurably, writeProblem } from './durable-file';

/** What is written beside the bytes; it comes after them, so that its presence means that they are whole. */
const factsSchema = z.strictObject({ filename: z.string(), mimetype: z.string(), size: z.int().positive() });

/** Files that wait to be sent: `<account>/media/outgoing/<mediaId>`, and `<mediaId>.json` with what they are. */
export const createOutgoingMedia = (
  folders: Pick<AccountFolders, 'accountDir'>,
  nowMs: () => number = () => Date.now(),
): OutgoingMedia => {
  const folderOf = (accountId: AccountId): string => join(folders.accountDir(accountId), 'media', 'outgoing');

  const pathOf = (accountId: AccountId, mediaId: MediaId): string => {
    // The id becomes a path: checked here again, whoever calls.
    if (!mediaIdSchema.safeParse(mediaId).success) {
      throw new OperationError('VALIDATION_ERROR', `account ${accountId}: mediaId must be the mediaId of an upload`);
    }
    return join(folderOf(accountId), mediaId);
  };

  const removeFiles = async (path: string): Promise<void> => {
    await rm(`${path}.json`, { force: true });
    for (const suffix of ['', '.part', '.json.part']) await rm(path + suffix, { force: true });
  };

  const isOld = async (path: string, olderThanMs: number): Promise<boolean> => {
    const entry = await lstat(path).catch(() => undefined);
    return entry === undefined || nowMs() - entry.mtimeMs > olderThanMs;
  };

  const find = async (accountId: AccountId, mediaId: MediaId): Promise<OutgoingMediaFile | undefined> => {
    const path = pathOf(accountId, mediaId);
    try {
      const facts = factsSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
      const { size } = await stat(path);
      return size === facts.size ? { mediaId, ...facts } : undefined;
    } catch {
      return undefined;
    }
  };

  const writeAsTheyCome = async (
    accountId: AccountId,
    path: string,
    source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<{ readonly size: number; readonly digest: string }> => {
    const hash = createHash('sha256');
    let size = 0;
    const write = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        throw writeProblem(accountId, 'a file to send', error);
      }
    };
    let handle: FileHandle | undefined;
    try {
      await write(async () => {
        // One by one: the account's own folder is never made anew here, it may just have been removed.
        await makeFolder(join(folders.accountDir(accountId), 'media'));
        await makeFolder(folderOf(accountId));
        handle = await open(path, 'wx', 0o600);
      });
      for await (const bytes of source) {
        hash.update(bytes);
        size += bytes.length;
        await write(async () => handle?.appendFile(bytes));
      }
      await write(async () => handle?.sync());
    } catch (error) {
      await handle?.close().catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
    await handle?.close();
    return { size, digest: hash.digest('hex') };
  };

  return {
    pathOf,
    find,
    async receive(accountId, id, source) {
      const received = `${pathOf(accountId, id)}.received`;
      const discard = (): Promise<void> => rm(received, { force: true });
      const { size, digest } = await writeAsTheyCome(accountId, received, source);
      return {
        size,
        digest,
        discard,
        async keep({ filename, mimetype }, called) {
          const mediaId = 'mediaId' in called ? called.mediaId : idUnderKey([called.key, filename, mimetype, digest]);
          const path = pathOf(accountId, mediaId);
          try {
            await rename(received, path);
            await writeDurably(`${path}.json`, JSON.stringify({ filename, mimetype, size }));
          } catch (error) {
            // Half of it would only take room on a disk that may be full.
            if ((await find(accountId, mediaId)) === undefined) await removeFiles(path).catch(() => undefined);
            throw writeProblem(accountId, `the file ${filename}`, error);
          }
          return { mediaId, filename, mimetype, size };
        },
      };
    },
    async remove(accountId, mediaId) {
      const path = pathOf(accountId, mediaId);
      try {
        await removeFiles(path);
      } catch (error) {
        throw unremoved(accountId, mediaId, error);
      }
    },
    async sweep(accountId, needed, olderThanMs) {
      const folder = folderOf(accountId);
      const names = await readdir(folder).catch((): string[] => []);
      let swept = 0;
      for (const id of new Set(names.map((name) => name.split('.')[0] ?? name))) {
        if (needed.has(id)) continue;
        const own = names.filter((name) => name === id || name.startsWith(`${id}.`)).map((name) => join(folder, name));
        const old = await Promise.all(own.map((path) => isOld(path, olderThanMs)));
        if (!old.every(Boolean)) continue;
        try {
          for (const path of own) await rm(path, { recursive: true, force: true });
        } catch (error) {
          throw unremoved(accountId, id, error);
        }
        swept += 1;
      }
      return swept;
    },
  };
};

const idUnderKey = (parts: readonly string[]): MediaId =>
  mediaIdSchema.parse(createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32).toUpperCase());

const unremoved = (accountId: AccountId, name: string, cause: unknown): OperationError => {
  const problem = `the file ${name} in media/outgoing could not be deleted (${cause instanceof Error ? cause.message : String(cause)})`;
  return new OperationError('STORE_UNAVAILABLE', `account ${accountId}: ${problem}`, {
    data: { accountId, problem },
    cause,
  });
};
