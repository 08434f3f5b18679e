import { createHash } from 'node:crypto';
import type { OutgoingMedia, OutgoingMediaFile } from '../../electron/application/ports/outgoing-media';
import type { ProfileMark, ProfileMarks } from '../../electron/application/ports/profile-marks';
import { type MediaId, mediaIdSchema } from '../../electron/contract/entities/outgoing';
import type { AccountId } from '../../electron/contract/ids';

/** Files that wait to be sent, in memory. */
export interface MemoryMedia extends OutgoingMedia {
  readonly files: Map<MediaId, OutgoingMediaFile & { readonly bytes: Uint8Array }>;
  /** Bytes that are no file yet. */
  readonly received: readonly Uint8Array[];
  /** What the last sweep of an account was told to keep. */
  readonly swept: Map<AccountId, ReadonlySet<string>>;
}

export const createMemoryMedia = (): MemoryMedia => {
  const files: MemoryMedia['files'] = new Map();
  const swept: MemoryMedia['swept'] = new Map();
  const received: Uint8Array[] = [];
  return {
    files,
    received,
    swept,
    async receive(_accountId, _id, source) {
      const parts: Uint8Array[] = [];
      for await (const part of source) parts.push(part);
      const bytes = Buffer.concat(parts);
      received.push(bytes);
      const digest = createHash('sha256').update(bytes).digest('hex');
      return {
        size: bytes.length,
        digest,
        async keep(facts, called) {
          const mediaId =
            'mediaId' in called
              ? called.mediaId
              : mediaIdSchema.parse(
                  createHash('md5')
                    .update(JSON.stringify([called.key, facts, digest]))
                    .digest('hex')
                    .toUpperCase(),
                );
          const file = { mediaId, ...facts, size: bytes.length };
          received.splice(received.indexOf(bytes), 1);
          files.set(mediaId, { ...file, bytes: new Uint8Array(bytes) });
          return file;
        },
        discard: async () => {
          if (received.includes(bytes)) received.splice(received.indexOf(bytes), 1);
        },
      };
    },
    async find(_accountId, mediaId) {
      const file = files.get(mediaId);
      if (file === undefined) return undefined;
      const { bytes: _bytes, ...facts } = file;
      return facts;
    },
    pathOf: (accountId, mediaId) => `/nowhere/${accountId}/media/outgoing/${mediaId}`,
    remove: async (_accountId, mediaId) => void files.delete(mediaId),
    async sweep(accountId, needed) {
      swept.set(accountId, needed);
      return 0;
    },
  };
};

/** Marks of browser profiles; a profile is lost when its mark is deleted. */
export interface MemoryMarks extends ProfileMarks {
  readonly marks: Map<AccountId, ProfileMark>;
}

export const createMemoryMarks = (): MemoryMarks => {
  const marks: MemoryMarks['marks'] = new Map();
  return {
    marks,
    read: async (accountId) => marks.get(accountId),
    write: async (accountId, mark) => void marks.set(accountId, mark),
  };
};
