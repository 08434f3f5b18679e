import { beforeEach, describe, expect, it } from 'vitest';
import { chatSchema } from '../../../electron/contract/entities/chat';
import { messageSchema, type ObservedReaction } from '../../../electron/contract/entities/message';
import type { AccountDatabase } from '../../../electron/store/account-database';
import { ana, anInbound, anObservedChat, anOwn, bruno, messageId } from '../../fakes/entities';
import { createOutboxDatabase, type OutboxDatabase } from '../../fakes/outbox-database';

let outbox: OutboxDatabase;
let database: AccountDatabase;

beforeEach(() => {
  outbox = createOutboxDatabase(5_000_000);
  ({ database } = outbox);
});

const ids = () => database.listMessages(ana, undefined, 50).messages.map(({ id }) => id);
const chatIds = () => database.chats.page({ filter: 'all', limit: 50 }, undefined).map(({ id }) => id);

describe('deleting a message', () => {
  it('takes it from its chat, which then shows the one before', () => {
    database.saveMessages([anInbound('A1', { timestampMs: 1_000 }), anInbound('A2', { timestampMs: 2_000 })]);
    const removed = database.removeMessage(ana, messageId('A2'), false);
    expect(removed?.chat.lastMessage?.id).toBe('A1');
    expect(ids()).toEqual(['A1']);
    expect(database.removeMessage(ana, messageId('A2'), false)).toBeUndefined();
  });

  it('takes one of two that have the same id in both directions', () => {
    database.saveMessages([anInbound('A1'), anOwn('A1', { status: 'sent' })]);
    database.removeMessage(ana, messageId('A1'), true);
    expect(database.getMessage(ana, messageId('A1')).fromMe).toBe(false);
  });

  it('leaves what the outbox still has to send or somebody has to decide about', () => {
    outbox.queue('3EB01');
    expect(database.removeMessage(ana, messageId('3EB01'), true)).toBeUndefined();
    outbox.take('3EB01', 'claimed');
    outbox.take('3EB01', 'unknown');
    expect(database.removeMessage(ana, messageId('3EB01'), true)).toBeUndefined();
    expect(ids()).toEqual(['3EB01']);
  });
});

describe('emptying a chat', () => {
  it('goes in pieces and ends with an empty chat that stays on the list', () => {
    database.saveMessages(Array.from({ length: 4_100 }, (_, count) => anInbound(`A${count}`)));
    database.upsertChats([anObservedChat({ unreadCount: 3, lastActivityMs: 7 })]);
    database.saveReaction(aReaction('A1'));
    const steps = [1, 2, 3].map(() => database.emptyChat(ana, false));
    expect(steps.map(({ more }) => more)).toEqual([true, true, false]);
    expect(steps.at(-1)).toMatchObject({ changed: true, chat: { id: ana, unreadCount: 0 } });
    expect(steps.at(-1)?.chat?.lastMessage).toBeUndefined();
    expect(ids()).toEqual([]);
    expect(chatIds()).toEqual([ana]);
    expect(database.emptyChat(ana, false)).toMatchObject({ more: false, changed: false });
    expect(outbox.file.prepare('SELECT count(*) AS left FROM reactions').get()).toEqual({ left: 0 });
  });

  it('leaves other chats and what has not left yet', () => {
    database.saveMessages([anInbound('A1'), anInbound('B1', { chatId: bruno })]);
    outbox.queue('3EB01');
    expect(database.emptyChat(ana, true)).toMatchObject({ more: false, chat: { id: ana } });
    expect(ids()).toEqual(['3EB01']);
    expect(chatIds().toSorted()).toEqual([ana, bruno]);
  });

  it('says nothing changed for a chat that is not there', () => {
    expect(database.emptyChat(ana, true)).toEqual({ more: false, changed: false });
  });
});

describe('a removed chat', () => {
  beforeEach(() => {
    database.upsertChats([anObservedChat({ name: 'Ana Lima', unreadCount: 2, pinned: true })]);
    database.saveMessages([anInbound('A1')]);
    outbox.queue('3EB01');
    for (const to of ['claimed', 'handed', 'sent'] as const) outbox.take('3EB01', to);
    database.emptyChat(ana, true);
  });

  it('is on no list, counts nothing and is not found, while its sends are kept', () => {
    expect(chatIds()).toEqual([]);
    expect(database.countUnread()).toMatchObject({ messages: 0, chats: 0 });
    expect(() => database.getChat(ana)).toThrow(expect.objectContaining({ code: 'CHAT_NOT_FOUND' }));
    expect(() => database.getMessage(ana, messageId('A1'))).toThrow(
      expect.objectContaining({ code: 'CHAT_NOT_FOUND' }),
    );
    expect(database.beginAbsence()).toEqual([]);
    expect(outbox.find('3EB01')).toMatchObject({ state: 'sent' });
    expect(database.isKnownChat(ana)).toBe(true);
  });

  it('does not come back because the page still knows of an empty one', () => {
    expect(database.upsertChats([anObservedChat()])).toEqual([]);
    expect(chatIds()).toEqual([]);
  });

  it('comes back with a message in it, under its name', () => {
    const { chats } = database.saveMessages([anInbound('A9', { timestampMs: 9_000_000 })]);
    expect(chats).toMatchObject([
      { id: ana, name: 'Ana Lima', unreadCount: 0, pinned: false, lastMessage: { id: 'A9' } },
    ]);
    expect(ids()).toEqual(['A9']);
  });

  it('comes back as WhatsApp shows it when there is something in it', () => {
    const [chat] = database.upsertChats([
      anObservedChat({ unreadCount: 1, lastMessageId: messageId('A9'), lastActivityMs: 3 }),
    ]);
    expect(chat).toMatchObject({ id: ana, unreadCount: 1, lastActivityMs: 3 });
  });

  it('comes back when somebody writes to it', () => {
    outbox.queue('3EB02');
    expect(ids()).toEqual(['3EB02']);
    expect(chatIds()).toEqual([ana]);
  });
});

const aReaction = (id: string, changes: Partial<ObservedReaction> = {}): ObservedReaction => ({
  chatId: ana,
  messageId: messageId(id),
  messageFromMe: false,
  senderId: ana,
  fromMe: false,
  emoji: '👍',
  atMs: 10,
  ...changes,
});

describe('reactions', () => {
  beforeEach(() => {
    database.saveMessages([anInbound('A1')]);
  });

  it('are one per person, shown with the message, and told only when something is different', () => {
    expect(database.saveReaction(aReaction('A1'))?.reactions).toEqual([{ emoji: '👍', senderId: ana, fromMe: false }]);
    expect(database.saveReaction(aReaction('A1'))).toBeUndefined();
    const both = database.saveReaction(aReaction('A1', { senderId: bruno, emoji: '🎉', atMs: 11 }));
    expect(both?.reactions).toHaveLength(2);
    expect(messageSchema.safeParse(both).success).toBe(true);
    expect(database.saveReaction(aReaction('A1', { emoji: '😮', atMs: 12 }))?.reactions).toEqual([
      { emoji: '🎉', senderId: bruno, fromMe: false },
      { emoji: '😮', senderId: ana, fromMe: false },
    ]);
    expect(database.listMessages(ana, undefined, 1).messages[0]?.reactions).toHaveLength(2);
  });

  it('are taken back, the last one leaving none', () => {
    database.saveReaction(aReaction('A1'));
    const { emoji: _emoji, ...end } = aReaction('A1');
    const after = database.saveReaction(end);
    expect(after?.id).toBe('A1');
    expect(after).not.toHaveProperty('reactions');
    expect(database.saveReaction(end)).toBeUndefined();
  });

  it('of this account are one, by number as well as by hidden id', () => {
    database.saveReaction(aReaction('A1', { fromMe: true, senderId: '551140020022@c.us' }));
    const after = database.saveReaction(aReaction('A1', { fromMe: true, senderId: '99@lid', emoji: '👍' }));
    expect(after?.reactions).toEqual([{ emoji: '👍', senderId: '99@lid', fromMe: true }]);
  });

  it('stay when the message is edited, and go when it is deleted for everyone', () => {
    database.saveReaction(aReaction('A1'));
    const edited = database.saveMessages([anInbound('A1', { body: 'edited', editedAtMs: 77 })]);
    expect(edited.updated).toMatchObject([{ body: 'edited', editedAtMs: 77, reactions: [{ emoji: '👍' }] }]);
    const revoked = database.saveMessages([anInbound('A1', { type: 'revoked', body: '' })]);
    expect(revoked.updated[0]).not.toHaveProperty('reactions');
    expect(database.getMessage(ana, messageId('A1'))).not.toHaveProperty('reactions');
  });
});

describe('a silent chat', () => {
  it('says until when, or that it is for good, and nothing when it is heard', () => {
    const mute = (muted: object | undefined) =>
      database.upsertChats([anObservedChat(muted === undefined ? {} : { muted })])[0];
    expect(mute({ untilMs: 99 })?.muted).toEqual({ untilMs: 99 });
    const forGood = mute({});
    expect(forGood?.muted).toEqual({});
    expect(chatSchema.safeParse(forGood).success).toBe(true);
    expect(mute({})).toBeUndefined();
    expect(mute(undefined)).not.toHaveProperty('muted');
  });
});

describe('a list of chats by id', () => {
  it('holds those that are there, and nothing else', () => {
    database.saveMessages([anInbound('A1'), anInbound('B1', { chatId: bruno })]);
    const page = (named: readonly (typeof ana)[]) =>
      database.chats.page({ filter: 'all', chatIds: named, limit: 50 }, undefined).map(({ id }) => id);
    expect(page([bruno])).toEqual([bruno]);
    expect(page([])).toEqual([]);
  });
});
