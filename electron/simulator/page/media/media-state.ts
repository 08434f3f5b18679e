import { Model } from '../core/model';

/** Fetches media ahead of whoever takes it. */
export interface MediaDownloads {
  prefetch(directPath: string): Promise<void>;
}

/** How far the media of a message is: INIT, FETCHING, RESOLVED, or an ERROR. */
export class MediaState extends Model {
  declare readonly mediaStage: string;

  constructor() {
    super({ mediaStage: 'INIT' });
  }

  async resolve(fetch: () => Promise<void> | undefined): Promise<void> {
    this.set('mediaStage', 'FETCHING');
    try {
      await fetch();
      this.set('mediaStage', 'RESOLVED');
    } catch {
      // The phone has deleted it, or the connection was lost: whoever asks again tries again.
      this.set('mediaStage', 'ERROR_MISSING');
    }
  }
}
