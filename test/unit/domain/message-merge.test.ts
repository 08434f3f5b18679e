import { describe, expect, it } from 'vitest';
import type { Message } from '../../../electron/contract/entities/message';
import { mergeMessage } from '../../../electron/domain/message-merge';
import { accountId, anInbound, anOwn } from '../../fakes/entities';

const stored = (message: ReturnType<typeof anInbound>, changes: Partial<Message> = {}): Message => ({
  ...message,
  accountId: accountId('support'),
  order: 7,
  ...changes,
});

describe('a message that WhatsApp shows once more', () => {
  it('changes nothing when it is the same', () => {
    expect(mergeMessage(stored(anInbound('A1')), anInbound('A1'))).toBeUndefined();
  });

  it('takes an edited text', () => {
    expect(mergeMessage(stored(anInbound('A1')), anInbound('A1', { body: 'edited' }))?.body).toBe('edited');
  });

  it('keeps its text when the page has not loaded it', () => {
    expect(mergeMessage(stored(anInbound('A1')), anInbound('A1', { body: '' }))).toBeUndefined();
  });

  it('stays revoked once it is revoked', () => {
    const revoked = stored(anInbound('A1', { type: 'revoked', body: '' }));
    expect(mergeMessage(revoked, anInbound('A1'))).toBeUndefined();
    expect(mergeMessage(stored(anInbound('A1')), anInbound('A1', { type: 'revoked', body: '' }))).toMatchObject({
      type: 'revoked',
      body: '',
    });
  });

  it('takes WhatsApp’s time in place of our own, and keeps its place in the order of arrival', () => {
    const merged = mergeMessage(stored(anOwn('3EB0', { timestampMs: 5_700 })), anOwn('3EB0', { timestampMs: 5_000 }));
    expect(merged).toMatchObject({ timestampMs: 5_000, order: 7 });
  });

  it('loses the words of its problem when it turns out to be sent', () => {
    const uncertain = stored(anOwn('3EB0', { status: 'unknown' }), { problem: 'It is not certain.' });
    const merged = mergeMessage(uncertain, anOwn('3EB0', { status: 'sent' }));
    expect(merged?.status).toBe('sent');
    expect(merged).not.toHaveProperty('problem');
  });

  it('ignores a status on a customer’s message', () => {
    expect(mergeMessage(stored(anInbound('A1')), anInbound('A1', { status: 'read' }))).toBeUndefined();
  });
});
