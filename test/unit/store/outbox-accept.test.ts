import { beforeEach, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../electron/application/ports/outbox-store';
import type { OutgoingContent } from '../../../electron/contract/entities/outgoing';
import { sendSchema } from '../../../electron/contract/entities/send';
import { limits } from '../../../electron/contract/limits';
import { statusFeed } from '../../../electron/domain/chat-identity';
import {
  ana,
  anInbound,
  anObservedChat,
  anOutgoing,
  anOwn,
  bruno,
  chatId,
  messageId,
  team,
} from '../../fakes/entities';
import { createOutboxDatabase, type OutboxDatabase, someMedia } from '../../fakes/outbox-database';

const ackMs = 9_000_000;
let { database, file, queue, refusal, take, find, shown, states }: OutboxDatabase = createOutboxDatabase(ackMs);

const tryQueue = (...outgoing: readonly Outgoing[]) => database.queueAllOutgoing(outgoing);

beforeEach(() => {
  ({ database, file, queue, refusal, take, find, shown, states } = createOutboxDatabase(ackMs));
});

describe('accepting a message', () => {
  it('stores its row and its place in the conversation together', () => {
    const { created, message, chat, send } = queue('3EB01', { quotedMessageId: messageId('Q1'), lane: 'api' });
    expect(created).toBe(true);
    expect(message).toMatchObject({ id: '3EB01', fromMe: true, type: 'text', body: 'hello', status: 'pending' });
    expect(chat.lastMessage?.id).toBe('3EB01');
    expect(send).toEqual({
      chatId: ana,
      messageId: '3EB01',
      order: 1,
      lane: 'api',
      policy: 'never_twice',
      content: { kind: 'text', body: 'hello' },
      quotedMessageId: 'Q1',
      state: 'queued',
      attempt: 0,
      createdAtMs: 2_000_000,
      changedAtMs: 2_000_000,
      wasHanded: false,
      isKnownChat: false,
    });
    const { isKnownChat: _known, ...stored } = send;
    expect(find('3EB01')).toEqual(stored);
    const { wasHanded: _handed, ...row } = stored;
    expect(sendSchema.safeParse({ ...row, accountId: 'support' }).success).toBe(true);
  });

  it.each(['551199999999@c.us', '99887766554433@lid'])('makes the chat %s when it is not there yet', (id) => {
    expect(queue('3EB01', { chatId: chatId(id) }).chat).toMatchObject({ id, kind: 'direct', unreadCount: 0 });
  });

  it('takes statuses without a chat among the conversations, and no limit on new chats is about them', () => {
    const content = { kind: 'status', body: 'New tables!', backgroundColor: '#7ACCA5', font: 0 } as const;
    queue('3EB01');
    expect(queue('3EB02', { chatId: statusFeed, content })).toMatchObject({
      message: { id: '3EB02', chatId: statusFeed, type: 'text', body: 'New tables!', status: 'pending' },
      send: { content, isKnownChat: true },
    });
    expect(database.listOpenSends().map((send) => send.isKnownChat)).toEqual([false, true]);
    expect(database.isKnownChat(statusFeed)).toBe(true);
    expect(database.chats.page({ filter: 'all', limit: 10 }, undefined).map(({ id }) => id)).toEqual([ana]);
    expect(database.listMessages(statusFeed, undefined, 10).messages.map(({ id }) => id)).toEqual(['3EB02']);
  });

  it.each([team, chatId('12036@newsletter'), chatId('12345@broadcast')])(
    'refuses the chat %s when it is not there, and keeps nothing of it',
    (id) => {
      expect(refusal('3EB01', { chatId: id })).toBe('CHAT_NOT_FOUND');
      expect(states()).toEqual([]);
      expect(database.chats.find(id)).toBeUndefined();
    },
  );
});

describe('how a message on its way is shown in its conversation', () => {
  it.each<readonly [string, OutgoingContent, string, string]>([
    ['a picture', someMedia({ mimetype: 'image/jpeg', caption: 'look' }), 'image', 'look'],
    ['a document', someMedia({ mimetype: 'application/pdf' }), 'document', ''],
    [
      'a place',
      { kind: 'location', latitude: 1, longitude: 2, name: 'Shop', address: 'Rua 1' },
      'location',
      'Shop\nRua 1',
    ],
    ['a poll', { kind: 'poll', question: 'When?', options: ['now', 'later'], multipleAnswers: false }, 'poll', 'When?'],
  ])('%s looks as WhatsApp Web shows it, which then changes nothing', (_what, content, type, body) => {
    expect(queue('3EB01', { content }).message).toMatchObject({ type, body });
    take('3EB01', 'claimed');
    take('3EB01', 'handed');
    const seen = anOwn('3EB01', { type: type as 'image', body, timestampMs: 2_000_000 });
    expect(database.saveMessages([seen])).toMatchObject({ added: [], updated: [], chats: [], sends: [] });
  });
});

describe('the idempotency key', () => {
  it('answers the same message with the first one, whatever became of it', () => {
    const first = queue('3EB01', { idempotencyKey: 'k' });
    expect(queue('3EB02', { idempotencyKey: 'k' })).toEqual({ ...first, created: false });
    database.saveMessages([anOwn('3EB01', { status: 'read', body: 'edited later' })]);
    expect(queue('3EB03', { idempotencyKey: 'k' })).toMatchObject({
      created: false,
      send: { messageId: '3EB01', state: 'read' },
    });
    expect(database.countSends()).toEqual({ waiting: 0, underway: 0, attention: 0 });
    expect(shown()).toEqual(['3EB01 read']);
  });

  it('is the message id too, for a caller that did not hear the answer', () => {
    queue('3EB01');
    expect(queue('3EB01').created).toBe(false);
    expect(refusal('3EB01', { content: { kind: 'text', body: 'another' } })).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('does not mind the order in which a caller names the parts of the content', () => {
    queue('3EB01', { idempotencyKey: 'k', content: { kind: 'location', latitude: 1, longitude: 2, name: 'Shop' } });
    const content: OutgoingContent = { name: 'Shop', longitude: 2, latitude: 1, kind: 'location' };
    expect(queue('3EB02', { idempotencyKey: 'k', content }).created).toBe(false);
  });

  it.each<readonly [string, Partial<Outgoing>]>([
    ['text', { content: { kind: 'text', body: 'another' } }],
    ['kind', { content: someMedia({ caption: 'hello' }) }],
    ['chat', { chatId: bruno }],
    ['quote', { quotedMessageId: messageId('Q1') }],
  ])('of another %s is refused, and nothing is stored', (_what, changes) => {
    queue('3EB01', { idempotencyKey: 'k' });
    expect(refusal('3EB02', { idempotencyKey: 'k', ...changes })).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(states()).toEqual(['3EB01 queued']);
    expect(database.chats.find(bruno)).toBeUndefined();
  });

  it('of a cancelled message is refused in words instead of sending nothing', () => {
    queue('3EB01', { idempotencyKey: 'k' });
    take('3EB01', 'cancelled');
    const [outcome] = tryQueue(anOutgoing('3EB02', { idempotencyKey: 'k' }));
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringContaining('was cancelled') },
    });
  });
});

describe('several messages in one commit', () => {
  it('are accepted or refused each by itself', () => {
    const outcomes = tryQueue(
      anOutgoing('3EB01', { idempotencyKey: 'k' }),
      anOutgoing('3EB02', { chatId: team }),
      anOutgoing('3EB03', { idempotencyKey: 'k', content: { kind: 'text', body: 'another' } }),
      // Something that SQLite itself refuses, after the chat was made.
      anOutgoing('3EB04', { chatId: bruno, timestampMs: 0.5 }),
      anOutgoing('3EB05'),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.message.id : outcome.error.code))).toEqual([
      '3EB01',
      'CHAT_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'STORE_UNAVAILABLE',
      '3EB05',
    ]);
    expect(states()).toEqual(['3EB01 queued', '3EB05 queued']);
    expect(shown()).toEqual(['3EB01 pending', '3EB05 pending']);
    expect(database.chats.find(bruno)).toBeUndefined();
  });

  it('stop at the most that may wait; what is known is answered all the same, and room is used again', () => {
    file.exec(`INSERT INTO chats (id, kind, name) VALUES ('${ana}', 'direct', 'Ana')`);
    file.exec(
      `INSERT INTO outbox (chat_id, message_id, lane, policy, content, state, created_ms, changed_ms)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${limits.waitingSends - 1})
       SELECT '${ana}', 'FILL' || i, 'bulk', 'never_twice', '{"kind":"text","body":"x"}', 'queued', 1, 1 FROM n`,
    );
    queue('3EB01', { idempotencyKey: 'k' });
    expect(refusal('3EB02')).toBe('OUTBOX_FULL');
    expect(queue('3EB03', { idempotencyKey: 'k' }).created).toBe(false);
    take('FILL1', 'claimed');
    expect(refusal('3EB02')).toBeUndefined();
    expect(refusal('3EB04')).toBe('OUTBOX_FULL');
  });
});

describe('a known chat', () => {
  it('is one where somebody else has written, or a group', () => {
    database.upsertChats([anObservedChat({ id: team, kind: 'group' })]);
    queue('3EB01');
    queue('3EB02', { chatId: team });
    queue('3EB03', { chatId: bruno });
    database.saveMessages([anOwn('3EB99', { status: 'read' }), anInbound('A1', { chatId: bruno })]);
    expect(database.listOpenSends().map((send) => send.isKnownChat)).toEqual([false, true, true]);
    expect([ana, team, bruno, chatId('5599@c.us')].map((id) => database.isKnownChat(id))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
