import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewCodePoints, previewOf } from '../../../electron/domain/message-preview';

const family = '👩‍👩‍👧‍👦';
const graphemesOf = (text: string): string[] => Array.from(new Intl.Segmenter().segment(text), (part) => part.segment);

describe('the preview of a message', () => {
  it('is the whole text when that is short', () => {
    expect(previewOf('Olá, tudo bem?')).toBe('Olá, tudo bem?');
  });

  it('has at most 200 code points', () => {
    expect(Array.from(previewOf('é'.repeat(5_000)))).toHaveLength(previewCodePoints);
    expect(Array.from(previewOf('😀'.repeat(5_000)))).toHaveLength(previewCodePoints);
  });

  it('never ends inside what a reader sees as one character', () => {
    const preview = previewOf(`${'x'.repeat(195)}${family.repeat(50)}`);
    expect(preview).toBe('x'.repeat(195));
  });

  it('cuts a single endless character between code points rather than showing nothing', () => {
    const zalgo = `z${'\u0301'.repeat(10_000)}`;
    expect(Array.from(previewOf(zalgo))).toHaveLength(previewCodePoints);
    expect(previewOf(zalgo).isWellFormed()).toBe(true);
  });

  it('does not read a whole megabyte for it', () => {
    const started = performance.now();
    for (let round = 0; round < 200; round += 1) previewOf('a'.repeat(1_048_576));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is always a well-formed beginning made of whole characters', () => {
    const pieces = fc.constantFrom('a', '\u0301', '😀', family, '🇧🇷', '\u202E', '\n', '\u200D', '\u0000');
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 0, maxLength: 400 }), (parts) => {
        const body = parts.join('');
        const preview = previewOf(body);
        expect(body.startsWith(preview)).toBe(true);
        expect(preview.isWellFormed()).toBe(true);
        if (body.length <= previewCodePoints) return;
        expect(Array.from(preview).length).toBeLessThanOrEqual(previewCodePoints);
        const whole = graphemesOf(body);
        const first = Array.from(whole[0] ?? '').length;
        if (first <= previewCodePoints)
          expect(graphemesOf(preview)).toEqual(whole.slice(0, graphemesOf(preview).length));
      }),
    );
  });
});
