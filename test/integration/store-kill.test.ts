import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessageStore } from '../../electron/store/message-store';
import { buildEntry } from '../fakes/built-entry';
import { accountId, ana } from '../fakes/entities';
import { createMemoryLog } from '../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';

const support = accountId('support');
let threadEntry: string;
let writerEntry: string;

beforeAll(async () => {
  threadEntry = await buildEntry('electron/store/thread.ts');
  writerEntry = await buildEntry('test/fixtures/outbox-writer.ts');
});
afterAll(removeTemporaryFolders);

/** Lets a console accept messages and kills it after `count`, wherever it is; answers with the ids it had accepted. */
const acceptAndKill = async (accountsDir: string, count: number): Promise<readonly string[]> => {
  const writer = spawn(process.execPath, [writerEntry, threadEntry, accountsDir], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const accepted: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    accepted.push(line);
    // What is said after this was accepted too: it is read until the pipe ends.
    if (accepted.length === count) writer.kill('SIGKILL');
  }
  await exited;
  return accepted;
};

describe('kill -9 of a console that accepts messages', () => {
  it('loses none that it accepted, queues none twice, and leaves a sound database', async () => {
    const accountsDir = temporaryFolder();
    const accepted: string[] = [];
    for (const count of [1, 7, 40, 150]) accepted.push(...(await acceptAndKill(accountsDir, count)));

    const store = createMessageStore({ threadEntry, accountsDir, log: createMemoryLog().log });
    await store.open(support);
    const rows = await store.listUnsettled(support);
    const page = await store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 200 });
    await store.stop();

    const kept = rows.map((row) => row.messageId as string);
    expect(accepted.length).toBeGreaterThanOrEqual(198);
    expect(accepted.filter((id) => !kept.includes(id))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
    expect(rows.every((row) => row.state === 'queued')).toBe(true);
    // A row is never there without its message.
    const shown = new Set(page.messages.map((message) => message.id as string));
    expect(kept.slice(-page.messages.length).filter((id) => !shown.has(id))).toEqual([]);

    const file = new DatabaseSync(join(accountsDir, 'support', 'messages.db'));
    expect(file.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    file.close();
  });
});
