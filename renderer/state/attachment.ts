import { limits } from '../../electron/contract/limits';

/** A file beside the text of a message that has not been sent yet. Its bytes stay with the browser until then. */
export interface Attachment {
  readonly id: number;
  readonly filename: string;
  readonly mimetype: string;
  /** Bytes. */
  readonly size: number;
}

/** Files that one message form takes at a time: each becomes a message of its own. */
export const mostAttachments = 10;

/** A name that can be sent: one that fits, without folders and control characters, with its ending kept. */
export const nameForSending = (name: string): string => {
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cs}\uFFFD/\\]/gu, '_')
    .trim();
  if (clean === '') return 'file';
  if (clean.length <= limits.filenameLength) return clean;
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : '';
  return `${clean
    .slice(0, limits.filenameLength - ending.length)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')}${ending}`;
};

/** The type of a file as the browser knows it; what it does not know is sent as plain bytes. */
export const typeForSending = (type: string): string =>
  /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/i.test(type) ? type : 'application/octet-stream';
