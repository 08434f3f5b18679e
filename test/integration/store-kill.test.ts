import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredSend } from '../../electron/application/ports/outbox-store';
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

const states = ['queued', 'claimed', 'handed', 'sent'] as const;

interface Said {
  readonly state: (typeof states)[number];
  readonly id: string;
}

/** Lets a console work and kills it after it said `count` commits, wherever it is; answers with all that it had said. */
const workAndKill = async (accountsDir: string, count: number): Promise<readonly Said[]> => {
  const writer = spawn(process.execPath, [writerEntry, threadEntry, accountsDir], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const said: Said[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    const [state, id = ''] = line.split(' ');
    said.push({ state: states.find((one) => one === state) ?? 'queued', id });
    // What is said after this was committed too: it is read until the pipe ends.
    if (said.length === count) writer.kill('SIGKILL');
  }
  await exited;
  return said;
};

describe('kill -9 of a console that accepts messages and sends them', () => {
  it('takes back no commit that was answered, queues nothing twice, and leaves a sound database', async () => {
    const accountsDir = temporaryFolder();
    const said: Said[] = [];
    for (const count of [1, 7, 40, 150, 151, 152, 153]) said.push(...(await workAndKill(accountsDir, count)));
    expect(said.length).toBeGreaterThanOrEqual(650);
    for (const state of states) expect(said.filter((one) => one.state === state).length, state).toBeGreaterThan(20);

    const store = createMessageStore({
      threadEntry,
      accountsDir,
      consoleFile: join(accountsDir, 'console.db'),
      log: createMemoryLog().log,
    });
    await store.open(support);
    const rows: StoredSend[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listSends({ accountId: support, filter: 'all', chatId: undefined, cursor, limit: 200 });
      rows.push(...page.sends);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const page = await store.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 1_000 });
    const departures = await store.listDepartures(support, 0);
    const counts = await store.countSends(support);
    await store.stop();

    const kept = new Map(rows.map((row) => [row.messageId as string, row]));
    expect(kept.size).toBe(rows.length);
    const stateOf = (id: string): string => kept.get(id)?.state ?? 'lost';
    const rank = (state: string): number => (states as readonly string[]).indexOf(state);
    expect(said.filter(({ state, id }) => rank(stateOf(id)) < rank(state))).toEqual([]);

    // A row is never there without its message, which tells the same of it; and what was claimed has counted as left.
    expect(page.messages.map(({ id, status }) => `${id} ${status ?? ''}`).toSorted()).toEqual(
      rows.map(({ messageId, state }) => `${messageId} ${state === 'sent' ? 'sent' : 'pending'}`).toSorted(),
    );
    const claimed = rows.filter(({ state }) => state !== 'queued');
    expect(departures.map(({ messageId }) => messageId as string).toSorted()).toEqual(
      claimed.map(({ messageId }) => messageId as string).toSorted(),
    );
    expect(claimed.every(({ epoch, attempt }) => epoch === 'E' && attempt === 1)).toBe(true);
    expect(counts).toEqual({
      waiting: rows.filter(({ state }) => state === 'queued').length,
      underway: rows.filter(({ state }) => state === 'claimed' || state === 'handed').length,
      attention: 0,
    });

    const file = new DatabaseSync(join(accountsDir, 'support', 'messages.db'));
    expect(file.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    file.close();
  });
});
