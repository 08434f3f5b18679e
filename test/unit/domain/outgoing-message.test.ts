import { describe, expect, it } from 'vitest';
import { mediaIdSchema, type OutgoingContent } from '../../../electron/contract/entities/outgoing';
import { shownAs } from '../../../electron/domain/outgoing-message';

const file = (mimetype: string, form: 'auto' | 'document' | 'voice' | 'sticker' = 'auto'): OutgoingContent => ({
  kind: 'media',
  mediaId: mediaIdSchema.parse('A'.repeat(32)),
  form,
  mimetype,
  filename: 'a',
  size: 1,
});
const card = (...lines: readonly string[]): OutgoingContent => ({
  kind: 'contact',
  vcard: ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\r\n'),
});

describe('a message on its way is shown', () => {
  it.each([
    [file('image/jpeg'), 'image'],
    [file('IMAGE/webp'), 'image'],
    [file('video/mp4; codecs="avc1"'), 'video'],
    [file('audio/mpeg'), 'audio'],
    [file('application/pdf'), 'document'],
    [file('constructor/x'), 'document'],
    [file('image/jpeg', 'document'), 'document'],
    [file('audio/ogg; codecs=opus', 'voice'), 'voice'],
    [file('image/png', 'sticker'), 'sticker'],
  ] as const)('with the kind that WhatsApp makes of it: %o', (content, type) => {
    expect(shownAs(content)).toEqual({ type, body: '' });
  });

  it.each([
    [{ name: 'Shop', address: 'Rua 1' }, 'Shop\nRua 1'],
    [{ name: 'Shop' }, 'Shop'],
    [{ address: 'Rua 1' }, 'Rua 1'],
    [{}, ''],
  ])('as a place with what it is called: %o', (place, body) => {
    expect(shownAs({ kind: 'location', latitude: 1, longitude: 2, ...place })).toEqual({ type: 'location', body });
  });

  it.each<readonly [string, OutgoingContent, string]>([
    ['full name', card('N:Lima;Ana;;;', 'FN:Ana Lima'), 'Ana Lima'],
    ['name with parameters, in a group', card('item1.FN;CHARSET=UTF-8:Ana Lima'), 'Ana Lima'],
    ['parts of the name, without a full one', card('N:Lima;Ana;;;'), 'Ana Lima'],
    ['escaped characters', card('FN:Lima\\, Ana\\; Rua \\\\ 1'), 'Lima, Ana; Rua \\ 1'],
    ['name over two lines', card('FN:Ana', '  Lima'), 'Ana Lima'],
    ['no name at all', card('TEL:+551100000001'), ''],
  ])('as a contact with the %s of the card', (_what, content, body) => {
    expect(shownAs(content)).toEqual({ type: 'contact', body });
  });

  it('as text and poll with what a person reads first', () => {
    expect(shownAs({ kind: 'text', body: ' hello\n' })).toEqual({ type: 'text', body: ' hello\n' });
    expect(shownAs({ kind: 'poll', question: 'When?', options: ['now', 'later'], multipleAnswers: true })).toEqual({
      type: 'poll',
      body: 'When?',
    });
  });
});
