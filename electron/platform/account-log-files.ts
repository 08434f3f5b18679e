import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { AccountLogs } from '../application/ports/account-logs';
import type { AccountFolders } from '../application/ports/accounts';
import type { Log } from '../application/ports/log';
import { type LogLine, logLineSchema } from '../contract/entities/observation';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { type GatheredLines, gatherLines } from './gathered-lines';

/** Four files of 1 MB per account: some weeks of a quiet one, and with a hundred accounts never a full disk. */
const rotation = { size: '1M', rotate: 3 } as const;
const fileName = 'session.log';
const allFiles = [fileName, ...Array.from({ length: rotation.rotate }, (_, index) => `${fileName}.${index + 1}`)];

const importance: Readonly<Record<LogLine['level'], number>> = { debug: 0, info: 1, warn: 2, error: 3 };

interface OpenLog {
  readonly stream: RotatingFileStream;
  readonly lines: GatheredLines;
}

const parseLine = (text: string): LogLine | undefined => {
  try {
    return logLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // The last line of a file whose program was killed.
    return undefined;
  }
};

/** `logs/session.log` in each account's folder, one JSON object per line. */
export const createAccountLogFiles = (
  folders: Pick<AccountFolders, 'accountDir'>,
  log: Log,
): AccountLogs & { closeAll(): Promise<void> } => {
  const open = new Map<AccountId, OpenLog>();
  const retired = new Set<AccountId>();
  const folderOf = (accountId: AccountId): string => join(folders.accountDir(accountId), 'logs');

  const openLog = (accountId: AccountId): OpenLog | undefined => {
    const known = open.get(accountId);
    if (known !== undefined) return known;
    // A folder that is gone must not come back only because somebody still has something to say.
    if (retired.has(accountId) || !existsSync(folders.accountDir(accountId))) return undefined;
    mkdirSync(folderOf(accountId), { recursive: true, mode: 0o700 });
    const stream = createStream(fileName, { ...rotation, path: folderOf(accountId), mode: 0o600 });
    const opened: OpenLog = { stream, lines: gatherLines(stream) };
    stream.on('error', (error) => {
      log.warn('the log of an account cannot be written', { accountId, reason: error.message });
      if (open.get(accountId) === opened) open.delete(accountId);
    });
    open.set(accountId, opened);
    return opened;
  };

  const close = async (accountId: AccountId): Promise<void> => {
    const opened = open.get(accountId);
    open.delete(accountId);
    if (opened === undefined) return;
    void opened.lines.flush();
    await new Promise<void>((resolve) => {
      opened.stream.once('error', () => resolve());
      opened.stream.end(() => resolve());
    });
  };

  const readLines = async (path: string): Promise<readonly string[]> => {
    try {
      return (await readFile(path, 'utf8')).split('\n').toReversed();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  };

  return {
    write(accountId, line) {
      try {
        const opened = openLog(accountId);
        opened?.lines.write(`${JSON.stringify(line)}\n`);
        // It may be the last that this program says.
        if (line.level === 'error') void opened?.lines.flush();
      } catch (error) {
        log.warn('the log of an account cannot be written', { accountId, reason: String(error) });
      }
    },

    async read(accountId, { level, limit, sinceMs }) {
      await open.get(accountId)?.lines.flush();
      const lines: LogLine[] = [];
      try {
        for (const name of allFiles) {
          for (const text of await readLines(join(folderOf(accountId), name))) {
            const line = parseLine(text);
            if (line === undefined || importance[line.level] < importance[level]) continue;
            if (sinceMs !== undefined && line.atMs < sinceMs) continue;
            lines.push(line);
            if (lines.length === limit) return lines;
          }
        }
      } catch (cause) {
        const problem = `its log cannot be read (${cause instanceof Error ? cause.message : String(cause)})`;
        throw new OperationError('STORE_UNAVAILABLE', `account ${accountId}: ${problem}`, {
          data: { accountId, problem },
          cause,
        });
      }
      return lines;
    },

    async retire(accountId) {
      retired.add(accountId);
      await close(accountId);
    },
    readmit: (accountId) => void retired.delete(accountId),
    closeAll: async () => {
      await Promise.all([...open.keys()].map(close));
    },
  };
};
