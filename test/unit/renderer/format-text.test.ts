import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLength, foldText } from '../../../renderer/features/conversation/fold-text';
import { formatText, type TextBlock, type TextPart } from '../../../renderer/features/conversation/format-text';

const mark = { bold: 'b', italic: 'i', strike: 's' } as const;

/** A short notation for expectations: b(bold) i(italic) s(strike) c(code) a(link). */
const show = (parts: readonly TextPart[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'code') return `c(${part.text})`;
      if (part.kind === 'link') return `a(${part.text}→${part.href})`;
      return `${mark[part.kind]}(${show(part.parts)})`;
    })
    .join('');

const showBlock = (block: TextBlock): string => {
  if (block.kind === 'mono') return `mono[${block.text}]`;
  if (block.kind === 'list')
    return `list[${block.items.map((item) => `${item.marker} ${show(item.parts)}`).join('|')}]`;
  return `${block.kind}[${block.lines.map(show).join('|')}]`;
};

const shown = (text: string): string => formatText(text).map(showBlock).join(' ');

const plainParts = (parts: readonly TextPart[]): string =>
  parts.map((part) => ('parts' in part ? plainParts(part.parts) : part.text)).join('');

const plain = (blocks: readonly TextBlock[]): string =>
  blocks
    .map((block) => {
      if (block.kind === 'mono') return block.text;
      return (block.kind === 'list' ? block.items.map((item) => item.parts) : block.lines).map(plainParts).join('\n');
    })
    .join('\n');

describe('formatting of messages', () => {
  it.each([
    ['plain text', 'lines[plain text]'],
    ['*bold* and _italic_ and ~gone~', 'lines[b(bold) and i(italic) and s(gone)]'],
    ['*bold _both_ ~all~*', 'lines[b(bold i(both) s(all))]'],
    ['`a*b*` c', 'lines[c(a*b*) c]'],
    ['2*3*4 and a_b_c', 'lines[2*3*4 and a_b_c]'],
    ['a * not bold *', 'lines[a * not bold *]'],
    ['*not closed', 'lines[*not closed]'],
    ['**', 'lines[**]'],
    ['*a\nb*', 'lines[*a|b*]'],
    ['(*bold*), *x*.', 'lines[(b(bold)), b(x).]'],
    ['*жирный* _نص_', 'lines[b(жирный) i(نص)]'],
    ['```\ncode *x*\n```', 'mono[code *x*]'],
    ['before\n```a```\nafter', 'lines[before] mono[a] lines[after]'],
    ['``` open', 'lines[``` open]'],
    ['> quoted *b*\n> more\nrest', 'quote[quoted b(b)|more] lines[rest]'],
    ['- one\n* two\n1. three', 'list[• one|• two|1. three]'],
    ['*bold* first\n- not *a* list? yes', 'lines[b(bold) first] list[• not b(a) list? yes]'],
  ])('reads %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    [
      'see https://example.com/a_b_c?x=*y* ok',
      'lines[see a(https://example.com/a_b_c?x=*y*→https://example.com/a_b_c?x=*y*) ok]',
    ],
    ['*https://example.com*', 'lines[b(a(https://example.com→https://example.com))]'],
    ['example.com', 'lines[a(example.com→https://example.com)]'],
  ])('keeps a web address whole in %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'mailto:a@example.com',
    'data:text/html,x',
  ])('never makes %s a link that opens it', (text) => {
    const links = [...shown(text).matchAll(/→([^)]*)/g)].map((match) => match[1]);
    for (const href of links) expect(href).toMatch(/^https?:\/\//);
    expect(shown(text)).not.toContain(`→${text}`);
  });

  it('leaves markup as the text it is', () => {
    expect(shown('<b>x</b><script>alert(1)</script>')).toBe('lines[<b>x</b><script>alert(1)</script>]');
  });

  it('gives back every character that is not a marker, in order, for any text', () => {
    const word = fc.constantFrom('a', 'Ж', '😀', ' ', '\n', '*', '_', '~', '`', '>', '- ', 'x.com ', '<b>');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const keep = (text: string): string => text.replace(/[*_~`>\-•\s]/g, '');
        const text = words.join('');
        expect(keep(plain(formatText(text)))).toBe(keep(text));
      }),
    );
  });

  it.each([
    '*a '.repeat(20_000),
    '*a* '.repeat(15_000),
    '_*~'.repeat(20_000),
    '`'.repeat(60_000),
    'a.b '.repeat(15_000),
  ])('reads 60 000 hostile characters (%#) in well under a second', (text) => {
    const startedMs = performance.now();
    formatText(text);
    expect(performance.now() - startedMs).toBeLessThan(800);
  });
});

describe('folding of long messages', () => {
  it('leaves a text of ordinary length alone', () => {
    expect(foldText('Hello\nworld')).toBeUndefined();
    expect(foldText('x'.repeat(foldLength))).toBeUndefined();
  });

  it('cuts a long text between words', () => {
    const folded = foldText('word '.repeat(1000)) ?? '';
    expect(folded.length).toBeLessThanOrEqual(foldLength);
    expect(folded.endsWith('word')).toBe(true);
  });

  it('cuts many lines after a whole line', () => {
    expect(foldText('line\n'.repeat(100))).toBe(Array.from({ length: 16 }, () => 'line').join('\n'));
  });

  it('never cuts a character in two', () => {
    for (const shift of ['', 'x']) expect((foldText(shift + '😀'.repeat(2000)) ?? '').isWellFormed()).toBe(true);
  });
});
