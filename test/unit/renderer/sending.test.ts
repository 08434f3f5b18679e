import { describe, expect, it } from 'vitest';
import type { Message } from '../../../electron/contract/entities/message';
import { blockerOf } from '../../../renderer/features/compose/blocker';
import { aConsole, aMessage, anaKey, anEvent, aPending, aReadyStatus, settle } from './renderer-fixtures';

const pending = (id: string, body: string): Message => aMessage(id, { body, fromMe: true, status: 'pending' });

describe('sending a draft', () => {
  it('keeps the text until main has the message, then lets it go', async () => {
    const answer = aPending<unknown>();
    const { store, actions } = aConsole({ 'messages.send': () => answer.promise });
    actions.setDraft(anaKey, 'Hello');
    const sending = actions.sendDraft(anaKey);
    await settle();
    expect(store.getState().drafts[anaKey]).toBe('Hello');
    answer.resolve({ message: pending('1', 'Hello') });
    expect(await sending).toEqual({ kind: 'accepted' });
    expect(store.getState().drafts[anaKey]).toBeUndefined();
  });

  it('makes one message of two presses', async () => {
    const answer = aPending<unknown>();
    const { actions, calls } = aConsole({ 'messages.send': () => answer.promise });
    actions.setDraft(anaKey, 'Hello');
    const first = actions.sendDraft(anaKey);
    expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'ignored' });
    answer.resolve({ message: pending('1', 'Hello') });
    await first;
    expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'ignored' });
    expect(calls).toHaveLength(1);
  });

  it('keeps the text and the key after a refusal, so that trying again cannot make two messages', async () => {
    let works = false;
    const { store, actions, calls } = aConsole({
      'messages.send': () => {
        if (!works) throw new Error('Sales is not ready. Start it.');
        return { message: pending('1', 'Hello') };
      },
    });
    actions.setDraft(anaKey, 'Hello');
    expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'refused', problem: 'Sales is not ready. Start it.' });
    expect(store.getState().drafts[anaKey]).toBe('Hello');
    works = true;
    await actions.sendDraft(anaKey);
    actions.setDraft(anaKey, 'Hello');
    await actions.sendDraft(anaKey);
    expect(calls.map(({ input }) => input['idempotencyKey'])).toEqual(['key-1', 'key-1', 'key-2']);
  });

  it('uses a new key for a text that was changed after a refusal', async () => {
    const { actions, calls } = aConsole({
      'messages.send': () => {
        throw new Error('no');
      },
    });
    actions.setDraft(anaKey, 'Hello');
    await actions.sendDraft(anaKey);
    actions.setDraft(anaKey, 'Hello there');
    await actions.sendDraft(anaKey);
    expect(calls.map(({ input }) => input['idempotencyKey'])).toEqual(['key-1', 'key-2']);
  });

  it('keeps what was typed while the message was on its way', async () => {
    const answer = aPending<unknown>();
    const { store, actions } = aConsole({ 'messages.send': () => answer.promise });
    actions.setDraft(anaKey, 'Hello');
    const sending = actions.sendDraft(anaKey);
    actions.setDraft(anaKey, 'Hello and more');
    answer.resolve({ message: pending('1', 'Hello') });
    await sending;
    expect(store.getState().drafts[anaKey]).toBe(' and more');
  });

  it('asks main for nothing when there is nothing to send, or too much', async () => {
    const { actions, calls } = aConsole();
    for (const text of ['', '  \n ', 'x'.repeat(65_537)]) {
      actions.setDraft(anaKey, text);
      expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'ignored' });
    }
    expect(calls).toEqual([]);
  });

  it('does not let the answer of the call undo what an event has said meanwhile', async () => {
    const answer = aPending<unknown>();
    const { store, actions, sink } = aConsole({
      'messages.send': () => answer.promise,
      'messages.list': () => ({ messages: [] }),
    });
    actions.openConversation(anaKey);
    await settle();
    actions.setDraft(anaKey, 'Hello');
    const sending = actions.sendDraft(anaKey);
    const message = pending('1', 'Hello');
    sink.applyEvents([
      anEvent(2, { type: 'message.added', message }),
      anEvent(3, { type: 'message.updated', message: { ...message, status: 'delivered' } }),
    ]);
    answer.resolve({ message });
    await sending;
    expect(store.getState().conversations[anaKey]?.messages.map(({ status }) => status)).toEqual(['delivered']);
  });
});

describe('what stands between an account and sending', () => {
  const error = {
    code: 'SESSION_CRASHED',
    category: 'unavailable',
    message: 'Its browser ended.',
    effect: 'none',
  } as const;

  it('is nothing when the account is ready', () => {
    expect(blockerOf('Sales', aReadyStatus(1), 2)).toBeUndefined();
  });

  it('names the account and offers the way out', () => {
    expect(blockerOf('Sales', undefined, 2)).toMatchObject({ action: { does: 'start' } });
    const failed = blockerOf('Sales', { state: 'failed', sinceMs: 1, error }, 2);
    expect(failed?.sentence).toMatch(/^Sales stopped working.*Its browser ended\.$/);
    expect(failed?.action?.does).toBe('start');
    const linking = blockerOf(
      'Sales',
      { state: 'linking', sinceMs: 1, method: 'qr', attempt: 1, maxAttempts: 6, expiresAtMs: 9 },
      2,
    );
    expect(linking?.action?.does).toBe('showCode');
  });

  it('counts down to the next try', () => {
    const status = { state: 'backoff', sinceMs: 1, attempt: 1, retryAtMs: 13_000, error } as const;
    expect(blockerOf('Sales', status, 1000)?.sentence).toContain('in 12 s');
  });
});
