import { find } from 'linkifyjs';

/** A stretch of a line. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly parts: readonly TextPart[] };

/** A stretch of lines. */
export type TextBlock =
  | { readonly kind: 'lines'; readonly lines: readonly (readonly TextPart[])[] }
  | { readonly kind: 'mono'; readonly text: string }
  | { readonly kind: 'quote'; readonly lines: readonly (readonly TextPart[])[] }
  | {
      readonly kind: 'list';
      readonly items: readonly { readonly marker: string; readonly parts: readonly TextPart[] }[];
    };

type Style = 'bold' | 'italic' | 'strike';
const styleOf: Readonly<Record<string, Style>> = { '*': 'bold', _: 'italic', '~': 'strike' };

interface Link {
  readonly start: number;
  readonly end: number;
  readonly href: string;
}

/** Web addresses in a line, http(s) only: nothing else may ever be opened from a message. */
const linksIn = (line: string): readonly Link[] => {
  if (!line.includes('.')) return [];
  return find(line, 'url', { defaultProtocol: 'https' }).flatMap(({ start, end, href }) => {
    if (!/^https?:\/\//i.test(href)) return [];
    // In *https://example.com* the last star belongs to the formatting.
    const marker = line[start - 1] ?? '';
    const trim = styleOf[marker] !== undefined && line[end - 1] === marker ? 1 : 0;
    return [{ start, end: end - trim, href: trim === 0 ? href : href.slice(0, -trim) }];
  });
};

const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Reads one line the way WhatsApp does: a marker opens before a word and closes after one, on the same line. */
const parseLine = (line: string): readonly TextPart[] => {
  const links = linksIn(line);
  const linkAt = new Map(links.map((link) => [link.start, link]));
  const endOfLinkAround = (index: number): number | undefined =>
    linkAt.size === 0 ? undefined : links.find((link) => link.start <= index && index < link.end)?.end;

  const findCloser = (marker: string, from: number, end: number): number | undefined => {
    for (let index = from; index < end; index += 1) {
      const linkEnd = linkAt.get(index)?.end;
      if (linkEnd !== undefined && linkEnd <= end) {
        index = linkEnd - 1;
        continue;
      }
      if (line[index] === marker && !isSpace(line[index - 1]) && !isWord(line[index + 1])) return index;
    }
    return undefined;
  };

  const parse = (start: number, end: number, inside: ReadonlySet<string>): readonly TextPart[] => {
    const parts: TextPart[] = [];
    /** Markers without a closer in the rest of this stretch: looking once is enough, whatever the length. */
    const hopeless = new Set(inside);
    let text = start;
    let index = start;
    const flush = (until: number): void => {
      if (until > text) parts.push({ kind: 'text', text: line.slice(text, until) });
    };
    while (index < end) {
      const link = linkAt.get(index);
      if (link !== undefined && link.end <= end) {
        flush(index);
        parts.push({ kind: 'link', text: line.slice(link.start, link.end), href: link.href });
        index = link.end;
        text = index;
        continue;
      }
      const marker = line[index] ?? '';
      const style = styleOf[marker];
      const opens = marker === '`' || (style !== undefined && !isWord(line[index - 1]) && !isSpace(line[index + 1]));
      if (!opens || hopeless.has(marker) || endOfLinkAround(index) !== undefined) {
        index += 1;
        continue;
      }
      if (marker === '`') {
        const close = line.indexOf('`', index + 1);
        if (close === -1 || close >= end) hopeless.add(marker);
        if (close > index + 1 && close < end) {
          flush(index);
          parts.push({ kind: 'code', text: line.slice(index + 1, close) });
          index = close + 1;
          text = index;
        } else index += 1;
        continue;
      }
      const close = findCloser(marker, index + 2, end);
      if (close === undefined || style === undefined) {
        hopeless.add(marker);
        index += 1;
        continue;
      }
      flush(index);
      parts.push({ kind: style, parts: parse(index + 1, close, new Set([...inside, marker])) });
      index = close + 1;
      text = index;
    }
    flush(end);
    return parts;
  };
  return parse(0, line.length, new Set());
};

const blocksOfLines = (text: string): readonly TextBlock[] => {
  const blocks: TextBlock[] = [];
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    const quote = /^> ?(.+)$/.exec(line);
    const item = /^([-*]|\d{1,3}\.) (.+)$/.exec(line);
    if (quote !== null) {
      const lines = [parseLine(quote[1] ?? '')];
      if (last?.kind === 'quote') blocks[blocks.length - 1] = { kind: 'quote', lines: [...last.lines, ...lines] };
      else blocks.push({ kind: 'quote', lines });
    } else if (item !== null) {
      const marker = item[1] ?? '';
      const items = [{ marker: /\d/.test(marker) ? marker : '•', parts: parseLine(item[2] ?? '') }];
      if (last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, ...items] };
      else blocks.push({ kind: 'list', items });
    } else {
      const lines = [parseLine(line)];
      if (last?.kind === 'lines') blocks[blocks.length - 1] = { kind: 'lines', lines: [...last.lines, ...lines] };
      else blocks.push({ kind: 'lines', lines });
    }
  }
  return blocks;
};

/** WhatsApp's formatting as a tree. Every character that is not a marker comes out again, and none as markup. */
export const formatText = (text: string): readonly TextBlock[] => {
  const blocks: TextBlock[] = [];
  let rest = text;
  while (rest !== '') {
    const open = rest.indexOf('```');
    const close = open === -1 ? -1 : rest.indexOf('```', open + 3);
    if (close <= open + 3) {
      blocks.push(...blocksOfLines(rest));
      break;
    }
    const before = rest.slice(0, open).replace(/\n$/, '');
    if (before !== '') blocks.push(...blocksOfLines(before));
    blocks.push({ kind: 'mono', text: rest.slice(open + 3, close).replace(/^\n|\n$/g, '') });
    rest = rest.slice(close + 3).replace(/^\n/, '');
  }
  return blocks;
};
