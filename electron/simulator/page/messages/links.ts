export interface FoundLink {
  readonly href: string;
  readonly index: number;
  readonly text: string;
  readonly suspiciousCharacters: ReadonlySet<string>;
}

/** Linear on purpose: it also runs over whatever a caller puts into a message body, however long. */
const LINK = /\bhttps?:\/\/[^\s<>"']+|\bwww\.[^\s<>"']+\.[^\s<>"']+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

/** Accepts anything: the library asks about missing bodies and previews too. */
export function findLinks(text: unknown): readonly FoundLink[] {
  if (typeof text !== 'string' || text === '') return [];
  const found: FoundLink[] = [];
  for (const match of text.matchAll(LINK)) {
    const written = match[0].replace(TRAILING, '');
    const href = /^https?:/i.test(written) ? written : `http://${written}`;
    const host = /^https?:\/\/([^/?#]*)/i.exec(href)?.[1] ?? '';
    found.push({
      href,
      index: match.index,
      text: written,
      // Letters of other scripts in a host name are how a link pretends to lead elsewhere.
      suspiciousCharacters: new Set([...host].filter((character) => character > '\u007f')),
    });
  }
  return found;
}

export function findLink(text: unknown): FoundLink | null {
  return findLinks(text)[0] ?? null;
}
