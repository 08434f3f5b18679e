import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessageStore, type OwnedMessageStore } from '../../electron/store/message-store';
import { buildEntry } from '../fakes/built-entry';
import { accountId, ana, anInbound, anObservedChat, messageId } from '../fakes/entities';
import { createMemoryLog, type LogLine } from '../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';

const support = accountId('support');
const sales = accountId('sales');
let threadEntry: string;
let accountsDir: string;
let store: OwnedMessageStore;
let lines: LogLine[];

beforeAll(async () => {
  threadEntry = await buildEntry('test/fixtures/mortal-store-thread.ts');
});
beforeEach(() => {
  accountsDir = temporaryFolder();
  const memory = createMemoryLog();
  lines = memory.lines;
  store = createMessageStore({ threadEntry, accountsDir, log: memory.log });
});
afterEach(() => store.stop());
afterAll(removeTemporaryFolders);

const dieIn = (method: string): void => writeFileSync(join(accountsDir, `die-in-${method}`), '');

describe('the message store on its thread', () => {
  it('keeps what it was given over a stop and a new start', async () => {
    const body = 'Olá \u0000 \u202E 👩‍👩‍👧‍👦';
    await store.open(support);
    await store.saveMessages(support, [anInbound('A1', { body })]);
    await store.stop();
    expect(readdirSync(join(accountsDir, 'support'))).toEqual(['messages.db']);
    const again = createMessageStore({ threadEntry, accountsDir, log: createMemoryLog().log });
    await again.open(support);
    const page = await again.listMessages({ accountId: support, chatId: ana, cursor: undefined, limit: 5 });
    await again.stop();
    expect(page.messages.map((message) => message.body)).toEqual([body]);
  });

  it('finishes what was asked before it stops, and refuses what comes after', async () => {
    await store.open(support);
    const saving = store.saveMessages(support, [anInbound('A1')]);
    await store.stop();
    expect((await saving).added).toHaveLength(1);
    await expect(store.countUnread(support)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('carries errors over with their code and account', async () => {
    await store.open(support);
    await expect(store.getChat(support, ana)).rejects.toMatchObject({
      code: 'CHAT_NOT_FOUND',
      data: { accountId: 'support', problem: `there is no chat ${ana}` },
    });
    await expect(store.getChat(sales, ana)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('brings the thread’s alarms into the console’s own log', async () => {
    mkdirSync(join(accountsDir, 'support'));
    writeFileSync(join(accountsDir, 'support', 'messages.db'), 'this is no database '.repeat(50));
    await store.open(support);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('set aside') }),
    );
  });
});

describe('a store thread that dies', () => {
  beforeEach(async () => {
    await store.open(support);
    await store.upsertChats(support, [anObservedChat()]);
  });

  it('says of a write under way that it may have happened, and of a read that nothing did', async () => {
    dieIn('saveMessages');
    const calls = await Promise.allSettled([
      store.saveMessages(support, [anInbound('A1')]),
      store.getChat(support, ana),
    ]);
    expect(calls).toMatchObject([
      { status: 'rejected', reason: { code: 'STORE_UNAVAILABLE', effect: 'unknown' } },
      { status: 'rejected', reason: { code: 'STORE_UNAVAILABLE', effect: 'none' } },
    ]);
  });

  it('is back at the next call with the same databases open', async () => {
    dieIn('countUnread');
    await expect(store.countUnread(support)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect((await store.getChat(support, ana)).id).toBe(ana);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('ended') }),
    );
  });

  it('loses nothing that was accepted', async () => {
    for (let round = 0; round < 5; round += 1) {
      await store.queueOutgoing(support, {
        chatId: ana,
        messageId: messageId(`3EB0${round}`),
        body: 'hello',
        idempotencyKey: undefined,
        timestampMs: round,
      });
      dieIn('listUnsettled');
      await expect(store.listUnsettled(support)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
    expect((await store.listUnsettled(support)).map((row) => row.messageId)).toEqual(
      [0, 1, 2, 3, 4].map((round) => `3EB0${round}`),
    );
  });

  it('does not open again what was closed', async () => {
    await store.close(support);
    await store.open(sales);
    dieIn('listUnsettled');
    await expect(store.listUnsettled(sales)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.getChat(support, ana)).rejects.toMatchObject({ message: expect.stringContaining('not open') });
    expect((await store.countUnread(sales)).messages).toBe(0);
  });

  it('that cannot even start rejects instead of hanging', async () => {
    const broken = createMessageStore({
      threadEntry: join(accountsDir, 'missing.mjs'),
      accountsDir,
      log: createMemoryLog().log,
    });
    await expect(broken.open(support)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await broken.stop();
  });
});
