import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessageStore, type OwnedMessageStore } from '../../electron/store/message-store';
import { buildEntry } from '../fakes/built-entry';
import { accountId, ana, anInbound, anObservedChat, anOutgoing, team } from '../fakes/entities';
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
  store = createMessageStore({ threadEntry, accountsDir, consoleFile: consoleFile(), log: memory.log });
});
afterEach(() => store.stop());
afterAll(removeTemporaryFolders);

const consoleFile = (): string => join(accountsDir, 'console.db');
const dieIn = (method: string): void => writeFileSync(join(accountsDir, `die-in-${method}`), '');

describe('the message store on its thread', () => {
  it('keeps what it was given over a stop and a new start', async () => {
    const body = 'Olá \u0000 \u202E 👩‍👩‍👧‍👦';
    await store.open(support);
    await store.saveMessages(support, [anInbound('A1', { body })]);
    await store.stop();
    expect(readdirSync(join(accountsDir, 'support'))).toEqual(['messages.db']);
    const again = createMessageStore({
      threadEntry,
      accountsDir,
      consoleFile: consoleFile(),
      log: createMemoryLog().log,
    });
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

describe('messages that come together', () => {
  const body = (text: string) => ({ content: { kind: 'text' as const, body: text } });

  it('are accepted in the order in which they came, each answered with its own', async () => {
    await store.open(support);
    const answers = await Promise.all(
      Array.from({ length: 350 }, (_, index) =>
        store.queueOutgoing(support, anOutgoing(`3EB0${index}`, body(`${index}`))),
      ),
    );
    expect(answers.map(({ message }) => message.body)).toEqual(Array.from({ length: 350 }, (_, index) => `${index}`));
    expect(answers.map(({ send }) => send.order)).toEqual(Array.from({ length: 350 }, (_, index) => index + 1));
  });

  it('of several accounts stay with their accounts, and one that is refused harms no other', async () => {
    await store.open(support);
    await store.open(sales);
    const outcomes = await Promise.allSettled([
      store.queueOutgoing(support, anOutgoing('3EB01')),
      store.queueOutgoing(sales, anOutgoing('3EB02')),
      store.queueOutgoing(support, anOutgoing('3EB03', { chatId: team })),
      store.queueOutgoing(support, anOutgoing('3EB04')),
      store.queueOutgoing(accountId('closed'), anOutgoing('3EB05')),
    ]);
    expect(outcomes).toMatchObject([
      { value: { created: true, message: { accountId: 'support' } } },
      { value: { created: true, message: { accountId: 'sales' } } },
      { reason: { code: 'CHAT_NOT_FOUND', effect: 'none', data: { accountId: 'support' } } },
      { value: { created: true } },
      { reason: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('account closed') } },
    ]);
    expect((await store.listOpenSends(sales)).map((send) => send.messageId)).toEqual(['3EB02']);
    expect((await store.queueOutgoing(support, anOutgoing('3EB06'))).created).toBe(true);
  });

  it('are all answered before the store stops', async () => {
    await store.open(support);
    const accepting = Array.from({ length: 350 }, (_, index) =>
      store.queueOutgoing(support, anOutgoing(`3EB0${index}`)),
    );
    await store.stop();
    const outcomes = await Promise.allSettled(accepting);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('share a few commits instead of one each', async () => {
    await store.open(support);
    const written = async (work: () => Promise<unknown>): Promise<number> => {
      const before = statSync(join(accountsDir, 'support', 'messages.db-wal')).size;
      await work();
      return statSync(join(accountsDir, 'support', 'messages.db-wal')).size - before;
    };
    await store.queueOutgoing(support, anOutgoing('FIRST'));
    const together = await written(() =>
      Promise.all(Array.from({ length: 40 }, (_, index) => store.queueOutgoing(support, anOutgoing(`3EB0${index}`)))),
    );
    const apart = await written(async () => {
      for (let index = 0; index < 40; index += 1) await store.queueOutgoing(support, anOutgoing(`3EB1${index}`));
    });
    // Each commit appends the pages that it changed to the write-ahead log.
    expect(together * 5).toBeLessThan(apart);
  });
});

describe('the console’s own database', () => {
  it('keeps the do-not-contact list over a stop, without any account', async () => {
    await store.addOptOut({ contact: '551100000001', addedAtMs: 1 });
    await store.stop();
    const again = createMessageStore({
      threadEntry,
      accountsDir,
      consoleFile: consoleFile(),
      log: createMemoryLog().log,
    });
    expect(await again.readOptOutContacts()).toEqual(['551100000001']);
    await again.stop();
  });

  it('is open again after the thread died, which is not blamed on an account', async () => {
    await store.addOptOut({ contact: '551100000001', addedAtMs: 1 });
    dieIn('removeOptOut');
    const lost = await store.removeOptOut('551100000001').catch((error: unknown) => error);
    expect(lost).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      effect: 'unknown',
      message: expect.not.stringContaining('5511'),
    });
    expect(await store.readOptOutContacts()).toEqual(['551100000001']);
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
      await store.queueOutgoing(support, anOutgoing(`3EB0${round}`, { timestampMs: round }));
      dieIn('listOpenSends');
      await expect(store.listOpenSends(support)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
    expect((await store.listOpenSends(support)).map((row) => row.messageId)).toEqual(
      [0, 1, 2, 3, 4].map((round) => `3EB0${round}`),
    );
  });

  it('does not open again what was closed', async () => {
    await store.close(support);
    await store.open(sales);
    dieIn('listOpenSends');
    await expect(store.listOpenSends(sales)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.getChat(support, ana)).rejects.toMatchObject({ message: expect.stringContaining('not open') });
    expect((await store.countUnread(sales)).messages).toBe(0);
  });

  it('that cannot even start rejects instead of hanging', async () => {
    const broken = createMessageStore({
      threadEntry: join(accountsDir, 'missing.mjs'),
      accountsDir,
      consoleFile: consoleFile(),
      log: createMemoryLog().log,
    });
    await expect(broken.open(support)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await broken.stop();
  });
});
