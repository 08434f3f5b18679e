import { describe, expect, it } from 'vitest';
import type { Message } from '../../../electron/contract/entities/message';
import type { EventBody } from '../../../electron/contract/events';
import {
  type ConsoleState,
  initialState,
  withAccounts,
  withEvent,
} from '../../../electron/surfaces/rest/web-console/console-state';
import { createEventReader } from '../../../electron/surfaces/rest/web-console/event-reader';
import { isLinking, isRunning, wordsOfState } from '../../../electron/surfaces/rest/web-console/state-words';
import { accountId, anAccount, ana, anInbound, anObservedChat, messageId } from '../../fakes/entities';

const support = accountId('support');

describe('the events of the web console', () => {
  const stream =
    ': hello\nretry: 1000\n\nid: run:1\nevent: a\ndata: {"x":1}\n\nid: run:2\nevent: b\ndata: one\ndata: two\n\n';
  const expected = [
    { id: 'run:1', type: 'a', data: '{"x":1}' },
    { id: 'run:2', type: 'b', data: 'one\ntwo' },
  ];

  it('are the same wherever the stream is cut', () => {
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const read = createEventReader();
      expect([...read(stream.slice(0, cut)), ...read(stream.slice(cut))], `cut at ${cut}`).toEqual(expected);
    }
  });

  it('may end their lines as HTTP does, and are told only when they are whole', () => {
    const read = createEventReader();
    expect(read('event: a\r\ndata: 1\r\n')).toEqual([]);
    expect(read('\r\n')).toEqual([{ id: undefined, type: 'a', data: '1' }]);
  });
});

describe('the state of the web console', () => {
  const aMessage = (id: string, changes: Partial<Message> = {}): Message => ({
    ...anInbound(id),
    accountId: support,
    order: 1,
    ...changes,
  });
  const open: ConsoleState = {
    ...withAccounts(initialState, [anAccount('support')]),
    chosen: support,
    chatPage: { phase: 'ready', error: undefined, chats: [], nextCursor: undefined },
    conversation: { chatId: ana, phase: 'ready', error: undefined, messages: [], olderCursor: undefined },
  };
  const heard = (...bodies: readonly EventBody[]): ConsoleState => bodies.reduce(withEvent, open);
  const said = (state: ConsoleState): readonly string[] => state.conversation?.messages.map(({ body }) => body) ?? [];

  it('holds each message of the open conversation once, in its newest form and in order', () => {
    const state = heard(
      { type: 'message.added', message: aMessage('B', { body: 'second', timestampMs: 2_000 }) },
      { type: 'message.added', message: aMessage('A', { body: 'first', timestampMs: 1_000 }) },
      { type: 'message.updated', message: aMessage('B', { body: 'second, edited', timestampMs: 2_000 }) },
    );
    expect(said(state)).toEqual(['first', 'second, edited']);
  });

  it('takes nothing of other chats and other sessions into the conversation', () => {
    const state = heard(
      { type: 'message.added', message: aMessage('A', { accountId: accountId('sales') }) },
      { type: 'message.added', message: aMessage('B', { chatId: anObservedChat({ id: '5511999@c.us' as never }).id }) },
      { type: 'chat.updated', chat: { ...anObservedChat(), accountId: accountId('sales') } },
    );
    expect(said(state)).toEqual([]);
    expect(state.chatPage.chats).toEqual([]);
  });

  it('takes back a message that was cancelled, and only an own one', () => {
    const state = heard(
      { type: 'message.added', message: aMessage('A', { body: 'theirs' }) },
      { type: 'message.added', message: aMessage('A', { body: 'ours', fromMe: true, order: 2 }) },
      { type: 'message.removed', accountId: support, chatId: ana, messageId: messageId('A'), fromMe: true },
    );
    expect(said(state)).toEqual(['theirs']);
  });

  it('leaves a session that was deleted, with everything of it', () => {
    const state = heard({ type: 'account.removed', accountId: support });
    expect([state.accounts, state.chosen, state.conversation]).toEqual([[], undefined, undefined]);
  });

  it('says what state a session is in', () => {
    const linking = { state: 'linking', method: 'qr', attempt: 1, maxAttempts: 5, expiresAtMs: 1, sinceMs: 1 } as const;
    expect(wordsOfState(linking)).toEqual({ word: 'Waiting for the phone', tone: 'busy' });
    expect(isLinking(linking)).toBe(true);
    expect(isLinking({ ...linking, method: 'passkey' })).toBe(false);
    expect(isRunning({ state: 'stopped', sinceMs: 1 })).toBe(false);
    expect(isRunning({ state: 'starting', sinceMs: 1, attempt: 0 })).toBe(true);
    expect(wordsOfState(undefined).word).toBe('Stopped');
  });
});
