import type { ContactModel } from '../chats/contact-model';
import { formatNumber } from '../people/phone-numbers';

export interface ParsedVcard {
  readonly fields: ReadonlyMap<string, string>;
}

/** The card that WhatsApp makes of a contact. */
export function vcardFromContactModel(contact: ContactModel): { readonly vcard: string; readonly displayName: string } {
  const name = contact.name ?? contact.pushname ?? contact.formattedName;
  const { user } = contact.id;
  const vcard = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    `TEL;type=CELL;type=VOICE;waid=${user}:${formatNumber(user)}`,
    'END:VCARD',
  ].join('\n');
  return { vcard, displayName: name };
}

/** Throws when the text is no card; callers take that for "send it as a text". */
export function parseVcard(text: string): ParsedVcard {
  // A line that begins with a blank continues the one before.
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  if (
    lines[0]?.trim().toUpperCase() !== 'BEGIN:VCARD' ||
    !lines.some((line) => line.trim().toUpperCase() === 'END:VCARD')
  ) {
    throw new Error('The text is no complete vCard');
  }
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).split(';')[0]?.split('.').at(-1)?.toUpperCase();
    if (colon > 0 && name !== undefined && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return { fields };
}

export function vcardGetNameFromParsed({ fields }: ParsedVcard): string {
  const parts = (fields.get('N') ?? '').split(';');
  const composed = [parts[1], parts[0]].filter((part) => part !== undefined && part !== '').join(' ');
  return (fields.get('FN') ?? composed).replace(/\\([,;\\])/g, '$1');
}

function escaped(text: string): string {
  return text.replace(/[\\,;]/g, (character) => `\\${character}`);
}
