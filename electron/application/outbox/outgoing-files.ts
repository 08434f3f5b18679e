import type { MediaId } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import { isConfirmedSend } from '../../domain/send-states';
import { logReason } from '../log-reason';
import type { Log } from '../ports/log';
import type { OutboxStore, StoredSend } from '../ports/outbox-store';
import type { OutgoingMedia, OutgoingMediaFile } from '../ports/outgoing-media';

/** How long a file may lie without a message that takes it, in ms. */
const untakenMs = 24 * 60 * 60 * 1000;

/** The files of messages on their way out: kept while a row needs them, deleted after. */
export interface OutgoingFiles {
  /** Rejects with MEDIA_NOT_FOUND, in words that name the account. */
  get(accountId: AccountId, label: string, mediaId: MediaId): Promise<OutgoingMediaFile>;
  /** Keeps the file while `task` makes a row of it. */
  whileNeeded<Result>(mediaId: MediaId, task: () => Promise<Result>): Promise<Result>;
  /** Rows have come further: files that no row needs any more are deleted. Returns at once. */
  through(accountId: AccountId, rows: readonly Pick<StoredSend, 'content' | 'state'>[]): void;
  /** Deletes files that no message has taken within a day. */
  sweep(accountId: AccountId): Promise<void>;
  /** Resolves when nothing is being deleted. */
  idle(): Promise<void>;
}

export interface OutgoingFilesPorts {
  readonly store: Pick<OutboxStore, 'listNeededMedia'>;
  readonly media: OutgoingMedia;
  readonly log: Log;
}

const isThrough = ({ state }: Pick<StoredSend, 'state'>): boolean =>
  isConfirmedSend(state) || state === 'cancelled' || state === 'dismissed';

export const createOutgoingFiles = ({ store, media, log }: OutgoingFilesPorts): OutgoingFiles => {
  const held = new Map<MediaId, number>();
  const underWay = new Set<Promise<void>>();

  const hold = (mediaId: MediaId, by: 1 | -1): void => {
    const holders = (held.get(mediaId) ?? 0) + by;
    if (holders === 0) held.delete(mediaId);
    else held.set(mediaId, holders);
  };

  const drop = async (accountId: AccountId, mediaIds: readonly MediaId[]): Promise<void> => {
    try {
      const needed = new Set(await store.listNeededMedia(accountId));
      for (const mediaId of mediaIds) {
        if (!needed.has(mediaId) && !held.has(mediaId)) await media.remove(accountId, mediaId);
      }
    } catch (error) {
      // The sweep of the next start finds it.
      log.warn('a file that was sent could not be deleted', { accountId, reason: logReason(error) });
    }
  };

  return {
    async get(accountId, label, mediaId) {
      const file = await media.find(accountId, mediaId);
      if (file !== undefined) return file;
      throw new OperationError(
        'MEDIA_NOT_FOUND',
        `${label}: there is no file ${mediaId} any more; hand it over again with uploads.create.`,
        { data: { mediaId } },
      );
    },
    async whileNeeded(mediaId, task) {
      hold(mediaId, 1);
      try {
        return await task();
      } finally {
        hold(mediaId, -1);
      }
    },
    through(accountId, rows) {
      const mediaIds = rows.flatMap((row) =>
        row.content.kind === 'media' && isThrough(row) ? [row.content.mediaId] : [],
      );
      if (mediaIds.length === 0) return;
      const finished = drop(accountId, mediaIds);
      underWay.add(finished);
      void finished.finally(() => underWay.delete(finished));
    },
    async sweep(accountId) {
      const swept = await media.sweep(accountId, new Set(await store.listNeededMedia(accountId)), untakenMs);
      if (swept > 0) log.info('files that no message took were deleted', { accountId, files: swept });
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
