import { describe, expect, it } from 'vitest';
import type { Message } from '../../../electron/contract/entities/message';
import type { SessionState } from '../../../electron/contract/entities/session';
import { registry } from '../../../electron/contract/registry';
import { type HoldFacts, holdOf } from '../../../renderer/features/compose/hold';
import { nameForSending, typeForSending } from '../../../renderer/state/attachment';
import { isSendable } from '../../../renderer/state/send-actions';
import { aConsole, aMessage, anaKey, anEvent, aPending, aReadyStatus, sales, settle } from './renderer-fixtures';

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

describe('files beside a draft', () => {
  const file = (name: string, text = 'bytes', type = 'image/png'): File => new File([text], name, { type });
  const accepted = (id: string) => ({ message: pending(id, '') });
  const upload = (mediaId: string) => ({ upload: { mediaId, filename: 'f', mimetype: 'image/png', size: 5 } });

  it('go one by one with the text under the first, and leave the form as main has them', async () => {
    const { store, actions, calls } = aConsole({
      'uploads.create': ({ filename }) => upload(`ID-${String(filename)}`),
      'messages.sendMedia': ({ mediaId }) => accepted(mediaId === 'ID-a.png' ? '1' : '2'),
    });
    expect(actions.attach(anaKey, [file('a.png'), file('b.pdf', 'other', '')])).toBeUndefined();
    actions.setDraft(anaKey, 'The desk');
    expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'accepted' });
    expect(calls.map(({ name, input }) => [name, input['filename'] ?? input['mediaId'], input['caption']])).toEqual([
      ['uploads.create', 'a.png', undefined],
      ['messages.sendMedia', 'ID-a.png', 'The desk'],
      ['uploads.create', 'b.pdf', undefined],
      ['messages.sendMedia', 'ID-b.pdf', undefined],
    ]);
    expect(calls[0]?.input).toMatchObject({ data: Buffer.from('bytes').toString('base64'), mimetype: 'image/png' });
    expect(calls[2]?.input).toMatchObject({ mimetype: 'application/octet-stream' });
    expect(store.getState().attachments[anaKey]).toBeUndefined();
    expect(store.getState().drafts[anaKey]).toBeUndefined();
  });

  it('stay after a refusal, and trying again neither uploads twice nor makes two messages', async () => {
    let works = false;
    const { store, actions, calls } = aConsole({
      'uploads.create': () => upload('ID'),
      'messages.sendMedia': () => {
        if (!works) throw new Error('The disk is full.');
        return accepted('1');
      },
    });
    actions.attach(anaKey, [file('a.png')]);
    expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'refused', problem: 'The disk is full.' });
    expect(store.getState().attachments[anaKey]).toHaveLength(1);
    works = true;
    expect(await actions.sendDraft(anaKey)).toEqual({ kind: 'accepted' });
    expect(calls.map(({ name, input }) => [name, input['idempotencyKey']])).toEqual([
      ['uploads.create', undefined],
      ['messages.sendMedia', 'key-1'],
      ['messages.sendMedia', 'key-1'],
    ]);
  });

  it('are refused when they are too large, empty or too many, and the others are taken', () => {
    const { store, actions } = aConsole();
    const huge = file('huge.mp4');
    Object.defineProperty(huge, 'size', { value: 64 * 1024 * 1024 + 1 });
    expect(actions.attach(anaKey, [huge, file('a.png')])).toEqual({ kind: 'tooLarge', filename: 'huge.mp4' });
    expect(actions.attach(anaKey, [file('none.txt', '')])).toEqual({ kind: 'empty', filename: 'none.txt' });
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}.png`));
    expect(actions.attach(anaKey, many)).toEqual({ kind: 'tooMany' });
    expect(store.getState().attachments[anaKey]).toHaveLength(10);
  });

  it('make an empty text sendable and a text longer than a caption not', () => {
    expect(isSendable('', 1)).toBe(true);
    expect(isSendable('x'.repeat(1024), 1)).toBe(true);
    expect(isSendable('x'.repeat(1025), 1)).toBe(false);
    expect(isSendable('x'.repeat(1025), 0)).toBe(true);
  });

  it.each([
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['a\u0000b\n.png', 'a_b_.png'],
    ['   ', 'file'],
    [`${'n'.repeat(300)}.jpeg`, `${'n'.repeat(195)}.jpeg`],
    ['\ud800.txt', '_.txt'],
  ])('get a name that main takes: %j', (name, sent) => {
    expect(nameForSending(name)).toBe(sent);
    const input = registry['uploads.create'].input.safeParse({
      accountId: sales,
      filename: nameForSending(name),
      mimetype: typeForSending('strange'),
      data: 'QQ==',
    });
    expect(input.success).toBe(true);
  });
});

describe('what holds a message that is sent now', () => {
  const error = {
    code: 'SESSION_CRASHED',
    category: 'unavailable',
    message: 'Its browser ended.',
    effect: 'none',
  } as const;
  const hold = (status: SessionState | undefined, more: Partial<HoldFacts> = {}, nowMs = 2) =>
    holdOf({ label: 'Sales', linkedBefore: true, paused: undefined, status, ...more }, nowMs);

  it('is nothing when the account is ready', () => {
    expect(hold(aReadyStatus(1))).toBeUndefined();
  });

  it('names the account, says that the message waits and offers the way out', () => {
    expect(hold(undefined)).toEqual({
      sentence: 'Sales is stopped. What you send waits until it is back.',
      action: { label: 'Start it', does: 'start' },
    });
    const failed = hold({ state: 'failed', sinceMs: 1, error });
    expect(failed?.sentence).toMatch(/^Sales stopped working.*Its browser ended\. What you send waits/);
    expect(failed?.action?.does).toBe('start');
    const linking = hold({ state: 'linking', sinceMs: 1, method: 'qr', attempt: 1, maxAttempts: 6, expiresAtMs: 9 });
    expect(linking?.action?.does).toBe('showCode');
  });

  it('says plainly when no phone was ever linked', () => {
    expect(hold(undefined, { linkedBefore: false })?.sentence).toContain('was never linked to a phone');
    // Not since 1970: it has not run since the console was opened.
    expect(hold({ state: 'stopped', sinceMs: 0 })?.sentence).toBe(
      'Sales is stopped. What you send waits until it is back.',
    );
    expect(hold({ state: 'stopped', sinceMs: 1 }, { linkedBefore: false })?.action?.does).toBe('showCode');
  });

  it('offers to go on when a person has paused the account, and says nothing of a stop that does not hold people', () => {
    expect(hold(aReadyStatus(1), { paused: { by: 'person', sinceMs: 1, words: '' } })?.action?.does).toBe('resume');
    expect(hold(aReadyStatus(1), { paused: { by: 'failures', sinceMs: 1, words: '' } })).toBeUndefined();
  });

  it('counts down to the next try', () => {
    const status = { state: 'backoff', sinceMs: 1, attempt: 1, retryAtMs: 13_000, error } as const;
    expect(hold(status, {}, 1000)?.sentence).toContain('in 12 s');
  });
});
