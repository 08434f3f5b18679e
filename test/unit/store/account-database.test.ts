import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { chatSchema } from '../../../electron/contract/entities/chat';
import { messageSchema } from '../../../electron/contract/entities/message';
import { type AccountDatabase, createAccountDatabase } from '../../../electron/store/account-database';
import { migrate } from '../../../electron/store/migrate';
import { accountId, ana, anInbound, anObservedChat, anOwn, bruno, team } from '../../fakes/entities';

let file: DatabaseSync;
let database: AccountDatabase;

beforeEach(() => {
  file = new DatabaseSync(':memory:');
  file.exec('PRAGMA foreign_keys = ON');
  migrate(file, 'support');
  database = createAccountDatabase(file, accountId('support'), () => 5_000_000);
});

const bodies = (page: { readonly messages: readonly { readonly body: string }[] }) =>
  page.messages.map((one) => one.body);
describe('storing messages', () => {
  it('keeps the same message twice as one row and reports nothing the second time', () => {
    const first = database.saveMessages([anInbound('A1'), anInbound('A1')]);
    expect(first.added).toHaveLength(1);
    expect(first.updated).toHaveLength(0);
    expect(database.saveMessages([anInbound('A1')])).toEqual({ added: [], updated: [], chats: [], sends: [] });
    expect(database.listMessages(ana, undefined, 10).messages).toHaveLength(1);
  });

  it('tells apart the same id in another chat and in the other direction', () => {
    const { added } = database.saveMessages([
      anInbound('A1'),
      anInbound('A1', { chatId: bruno }),
      anOwn('A1', { status: 'sent' }),
    ]);
    expect(added).toHaveLength(3);
  });

  it('creates an unknown chat with what its id tells, and answers in the shape of the contract', () => {
    const { added, chats } = database.saveMessages([anInbound('A1')]);
    expect(chats).toMatchObject([
      { id: ana, kind: 'direct', name: '+551100000001', unreadCount: 0, lastActivityMs: 1_000_000 },
    ]);
    expect(chatSchema.safeParse(chats[0]).success).toBe(true);
    expect(messageSchema.safeParse(added[0]).success).toBe(true);
  });

  it('reports a chat only when its row in the list is different', () => {
    database.saveMessages([anInbound('A2', { timestampMs: 2_000 })]);
    expect(database.saveMessages([anInbound('A1', { timestampMs: 1_000 })]).chats).toEqual([]);
    const edited = database.saveMessages([anInbound('A2', { timestampMs: 2_000, body: 'edited' })]);
    expect(edited.chats[0]?.lastMessage?.body).toBe('edited');
  });

  it('shows the newest message in the list whatever the order of arrival', () => {
    database.saveMessages([anInbound('A3', { timestampMs: 3_000 }), anInbound('A1', { timestampMs: 1_000 })]);
    expect(database.getChat(ana)).toMatchObject({ lastActivityMs: 3_000, lastMessage: { id: 'A3' } });
  });

  it.each([
    ['markup', '<img src=x onerror="alert(1)"><script>alert(2)</script>'],
    ['right-to-left override', 'invoice\u202Efdp.exe'],
    ['a long joined emoji', '👩‍👩‍👧‍👦'.repeat(500)],
    ['a NUL', 'before\u0000after'],
    ['zero-width and combining characters', `z\u200B${'\u0301'.repeat(3_000)}`],
    ['SQL', "'); DROP TABLE messages; --"],
    ['line ends of every kind', 'a\r\nb\rc\nd\u2028e'],
    ['nothing', ''],
    ['a megabyte', 'ação😀'.repeat(190_000)],
  ])('keeps %s byte for byte', (_what, body) => {
    const { added } = database.saveMessages([anInbound('A1', { body })]);
    expect(added[0]?.body === body).toBe(true);
    expect(database.listMessages(ana, undefined, 1).messages[0]?.body === body).toBe(true);
    expect(database.saveMessages([anInbound('A1', { body })]).updated).toEqual([]);
  });

  it('replaces half a character once, and then knows the message again', () => {
    const body = 'half \uD83D of one';
    database.saveMessages([anInbound('A1', { body })]);
    expect(bodies(database.listMessages(ana, undefined, 1))).toEqual(['half \uFFFD of one']);
    expect(database.saveMessages([anInbound('A1', { body })]).updated).toEqual([]);
  });

  it('stores all of a batch or nothing of it', () => {
    const broken = anInbound('A2', { timestampMs: Number.NaN });
    expect(() => database.saveMessages([anInbound('A1'), broken])).toThrow();
    expect(() => database.getChat(ana)).toThrow(/there is no chat/);
  });
});

describe('pages of messages', () => {
  it('give every message once and in order, over many in the same second', () => {
    const all = Array.from({ length: 57 }, (_, index) =>
      anInbound(`A${index}`, { body: String(index), timestampMs: 1_000 * Math.floor(index / 20) }),
    );
    database.saveMessages(all);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = database.listMessages(ana, cursor, 10);
      seen.unshift(...bodies(page));
      cursor = page.olderCursor;
      // A page that does not go on must fail here instead of never ending.
    } while (cursor !== undefined && seen.length <= all.length);
    expect(seen).toEqual(all.map((message) => message.body));
  });

  it('stay where they were while new messages arrive', () => {
    database.saveMessages(
      ['1', '2', '3', '4'].map((id) => anInbound(id, { body: id, timestampMs: Number(id) * 1_000 })),
    );
    const newest = database.listMessages(ana, undefined, 2);
    database.saveMessages([anInbound('5', { body: '5', timestampMs: 5_000 })]);
    expect(bodies(database.listMessages(ana, newest.olderCursor, 2))).toEqual(['1', '2']);
  });

  it('may skip some, and say there, too, whether there is more', () => {
    database.saveMessages(
      ['1', '2', '3', '4'].map((id) => anInbound(id, { body: id, timestampMs: Number(id) * 1_000 })),
    );
    const skipped = database.listMessages(ana, undefined, 2, 1);
    expect([bodies(skipped), skipped.olderCursor]).toEqual([['2', '3'], expect.any(String)]);
    expect(bodies(database.listMessages(ana, skipped.olderCursor, 2))).toEqual(['1']);
    expect(bodies(database.listMessages(ana, database.listMessages(ana, undefined, 1).olderCursor, 2, 1))).toEqual([
      '1',
      '2',
    ]);
    expect(database.listMessages(ana, undefined, 2, 9)).toEqual({ messages: [], olderCursor: undefined });
  });

  it('say that there is no more exactly at the end', () => {
    database.saveMessages([anInbound('1'), anInbound('2')]);
    expect(database.listMessages(ana, undefined, 2).olderCursor).toBeUndefined();
    expect(database.listMessages(ana, undefined, 1).olderCursor).toBeDefined();
  });

  it('refuse a chat that is not there and a cursor that is none', () => {
    expect(() => database.listMessages(ana, undefined, 2)).toThrow(
      expect.objectContaining({ code: 'CHAT_NOT_FOUND', message: `account support: there is no chat ${ana}` }),
    );
    for (const cursor of ['', 'nonsense', '%00', btoa('["chats",1,"a","b"]'), btoa('["messages","1 OR 1=1",2]')]) {
      expect(() => database.listMessages(ana, cursor, 2)).toThrow(
        expect.objectContaining({ code: 'VALIDATION_ERROR' }),
      );
    }
  });
});

describe('chats', () => {
  it('take names and counts from WhatsApp, and their activity never goes back', () => {
    database.upsertChats([anObservedChat({ lastActivityMs: 9_000, unreadCount: 3 })]);
    const changed = database.upsertChats([anObservedChat({ name: 'Ana Lima', lastActivityMs: 4_000, unreadCount: 1 })]);
    expect(changed).toMatchObject([{ name: 'Ana Lima', lastActivityMs: 9_000, unreadCount: 1 }]);
  });

  it('answer only with those that are different', () => {
    const chats = [anObservedChat(), anObservedChat({ id: bruno, name: 'Bruno' })];
    expect(database.upsertChats(chats)).toHaveLength(2);
    expect(database.upsertChats(chats)).toEqual([]);
    expect(
      database.upsertChats([chats[0] ?? anObservedChat(), anObservedChat({ id: bruno, pinned: true })]),
    ).toMatchObject([{ id: bruno, pinned: true }]);
  });

  it('keep their name when WhatsApp has none to tell', () => {
    database.upsertChats([anObservedChat({ name: 'Ana' })]);
    database.upsertChats([anObservedChat({ name: '' })]);
    expect(database.getChat(ana).name).toBe('Ana');
  });

  it('count what is unread, and marking one as read clears only that one', () => {
    database.upsertChats([
      anObservedChat({ unreadCount: 2 }),
      anObservedChat({ id: team, kind: 'group', unreadCount: 5 }),
    ]);
    expect(database.countUnread()).toEqual({ accountId: 'support', messages: 7, chats: 2 });
    expect(database.markRead(ana).unreadCount).toBe(0);
    expect(database.countUnread()).toEqual({ accountId: 'support', messages: 5, chats: 1 });
    expect(() => database.markRead(bruno)).toThrow(expect.objectContaining({ code: 'CHAT_NOT_FOUND' }));
  });

  it('have a watermark at the newest message that WhatsApp’s clock stands for', () => {
    database.upsertChats([anObservedChat({ id: bruno, lastActivityMs: 99_000 })]);
    database.saveMessages([
      anInbound('A1', { timestampMs: 1_000 }),
      anOwn('3EB01', { timestampMs: 3_000, status: 'delivered' }),
      anOwn('3EB02', { timestampMs: 8_000, status: 'pending' }),
    ]);
    expect(database.chats.watermarks().map((row) => ({ ...row }))).toEqual([{ chatId: ana, newestMessageMs: 3_000 }]);
  });
});

describe('an absence', () => {
  beforeEach(() => void database.saveMessages([anInbound('A1', { timestampMs: 1_000 })]));
  const noted = () => database.beginAbsence().map((row) => ({ ...row }));

  it('is noted once: what is stored meanwhile does not hide the gap before it', () => {
    expect(noted()).toEqual([{ chatId: ana, newestMessageMs: 1_000 }]);
    database.saveMessages([anInbound('A9', { timestampMs: 9_000 })]);
    expect(noted()).toEqual([{ chatId: ana, newestMessageMs: 1_000 }]);
    database.endAbsence();
    expect(noted()).toEqual([{ chatId: ana, newestMessageMs: 9_000 }]);
  });

  it('of an account with nothing stored is an absence all the same', () => {
    file.exec('DELETE FROM messages');
    expect(noted()).toEqual([]);
    database.saveMessages([anInbound('A9', { timestampMs: 9_000 })]);
    expect(noted()).toEqual([]);
  });

  it('ends for one chat with its gap, and goes on for the others', () => {
    database.noteGaps([{ chatId: ana, sinceMs: 500 }]);
    database.noteGaps([
      { chatId: ana, sinceMs: 300 },
      { chatId: bruno, sinceMs: 700 },
    ]);
    expect(database.listGaps().map((row) => ({ ...row }))).toEqual([
      { chatId: ana, sinceMs: 300 },
      { chatId: bruno, sinceMs: 700 },
    ]);
    noted();
    database.advanceAbsence(ana, 4_000);
    expect(noted()).toEqual([{ chatId: ana, newestMessageMs: 4_000 }]);
    expect(database.listGaps().map((row) => row.chatId)).toEqual([bruno]);
  });
});

describe('the timeline', () => {
  it('keeps the newest two hundred, with whole words', () => {
    for (let atMs = 1; atMs <= 205; atMs += 1) database.addTimelineEntry({ atMs, kind: 'state', words: 'a\uD800b' });
    const entries = database.listTimeline();
    expect(entries).toHaveLength(200);
    expect(entries[0]).toEqual({ atMs: 205, kind: 'state', words: 'a\uFFFDb' });
    expect(file.prepare('SELECT count(*) AS rows FROM timeline').get()).toMatchObject({ rows: 200 });
  });
});
