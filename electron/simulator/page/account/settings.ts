import { define } from '../core/registry';

/** WhatsApp Web keeps such choices in local storage as well: on this browser, not on the account. */
const PREFIX = 'practice-setting-';

function setting(name: string, initial: boolean) {
  return {
    get: () => {
      const stored = localStorage.getItem(PREFIX + name);
      return stored === null ? initial : stored === 'true';
    },
    set: async (flag: boolean) => localStorage.setItem(PREFIX + name, String(flag)),
  };
}

/** What this browser downloads by itself, and whether it notifies while it is closed. */
export function defineSettings(): void {
  const audio = setting('download-audio', false);
  const documents = setting('download-documents', false);
  const photos = setting('download-photos', true);
  const videos = setting('download-videos', false);
  define('WAWebUserPrefsGeneral', {
    getAutoDownloadAudio: audio.get,
    setAutoDownloadAudio: audio.set,
    getAutoDownloadDocuments: documents.get,
    setAutoDownloadDocuments: documents.set,
    getAutoDownloadPhotos: photos.get,
    setAutoDownloadPhotos: photos.set,
    getAutoDownloadVideos: videos.get,
    setAutoDownloadVideos: videos.set,
  });
  const offline = setting('offline-notifications', false);
  define('WAWebUserPrefsNotifications', {
    getGlobalOfflineNotifications: offline.get,
    setGlobalOfflineNotifications: offline.set,
  });
}
