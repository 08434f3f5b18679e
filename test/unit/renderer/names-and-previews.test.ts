import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../electron/contract/entities/chat';
import { previewWords } from '../../../renderer/features/inbox/preview';
import { groundOf, initialsOf, plainName, tileLetters } from '../../../renderer/ui/person-name';
import { aChat, aMessage } from './renderer-fixtures';

describe('letters that stand for a name', () => {
  it.each([
    ['Marina Costa', 'MC'],
    ['marina', 'M'],
    ['Ana Maria de Souza', 'AS'],
    ['فاطمة الزهراء', 'ف'],
    ['田中 さくら', '田'],
    ['+55 11 98888-0101', '#'],
    ['', '#'],
    ['🙂', '#'],
    ['\u202Eevil name', 'EN'],
  ])('of %j are %s', (name, letters) => {
    expect(initialsOf(name)).toBe(letters);
  });

  it('of an account are the first two, never half a character', () => {
    expect(tileLetters('Sales')).toBe('SA');
    expect(tileLetters('👩‍💻 Ops')).toBe('👩‍💻O');
    expect(tileLetters('x')).toBe('X');
  });

  it('stand on the same ground every time', () => {
    expect(groundOf('551100000001@c.us')).toBe(groundOf('551100000001@c.us'));
  });

  it('lose what would reorder the text around them', () => {
    expect(plainName('\u202Egnp.exe\u202C')).toBe('gnp.exe');
  });
});

describe('the line under a name', () => {
  const withLast = (changes: Parameters<typeof aMessage>[1], chat: Partial<Chat> = {}) => {
    const message = aMessage('1', changes);
    return previewWords(
      aChat('a', {
        ...chat,
        lastMessage: {
          id: message.id,
          fromMe: message.fromMe,
          type: message.type,
          body: message.body,
          timestampMs: 1,
          authorName: 'Ravi',
        },
      }),
    );
  };

  it('is one line, whatever was written', () => {
    expect(withLast({ body: 'a\n\n  b\tc' })).toEqual({ author: undefined, text: 'a b c' });
  });

  it('names the writer in groups, not the person in a chat with one', () => {
    expect(withLast({ body: 'x' }, { kind: 'group' }).author).toBe('Ravi');
    expect(withLast({ body: 'x', fromMe: true }, { kind: 'group' }).author).toBeUndefined();
    expect(withLast({ body: 'x' }).author).toBeUndefined();
  });

  it('names what is not text, with its caption', () => {
    expect(withLast({ type: 'image', body: 'the hinge' }).text).toBe('Photo · the hinge');
    expect(withLast({ type: 'voice', body: '' }).text).toBe('Voice message');
    expect(withLast({ type: 'revoked', body: 'secret' }).text).not.toContain('secret');
  });

  it('says so when nothing was written yet', () => {
    expect(previewWords(aChat('a')).text).toBe('No messages yet');
  });
});
