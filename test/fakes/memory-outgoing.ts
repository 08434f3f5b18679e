import type { OutgoingMedia, OutgoingMediaFile } from '../../electron/application/ports/outgoing-media';
import type { ProfileMark, ProfileMarks } from '../../electron/application/ports/profile-marks';
import type { MediaId } from '../../electron/contract/entities/outgoing';
import type { AccountId } from '../../electron/contract/ids';

/** Files that wait to be sent, in memory. */
export interface MemoryMedia extends OutgoingMedia {
  readonly files: Map<MediaId, OutgoingMediaFile & { readonly bytes: Uint8Array }>;
  /** What the last sweep of an account was told to keep. */
  readonly swept: Map<AccountId, ReadonlySet<string>>;
}

export const createMemoryMedia = (): MemoryMedia => {
  const files: MemoryMedia['files'] = new Map();
  const swept: MemoryMedia['swept'] = new Map();
  return {
    files,
    swept,
    add: async (_accountId, file, bytes) => void files.set(file.mediaId, { ...file, bytes }),
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
