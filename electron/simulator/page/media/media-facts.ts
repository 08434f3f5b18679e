/** A file that the browser cannot play never says so in some builds; it is sent without facts then. */
const PATIENCE_MS = 2000;
const PICTURE_RETRY_MS = 50;

export interface MediaFacts {
  readonly facts: { readonly duration?: string; readonly width?: number; readonly height?: number };
  /** The first picture of a video. */
  readonly frame: ImageBitmap | undefined;
}

/** Duration (seconds, as text) and, of videos, size and first picture, as far as the browser can tell. */
export async function mediaFacts(blob: Blob, type: 'video' | 'audio' | 'ptt'): Promise<MediaFacts> {
  const url = URL.createObjectURL(blob);
  const element = document.createElement(type === 'video' ? 'video' : 'audio');
  try {
    element.muted = true;
    element.preload = 'auto';
    const playable = loaded(element);
    element.src = url;
    if (!(await playable)) return { facts: {}, frame: undefined };
    const { duration } = element;
    // Recordings that were never finished have no end.
    const facts = Number.isFinite(duration) ? { duration: String(Math.round(duration)) } : {};
    if (!(element instanceof HTMLVideoElement)) return { facts, frame: undefined };
    const frame = await firstPicture(element);
    return { facts: { ...facts, width: element.videoWidth, height: element.videoHeight }, frame };
  } finally {
    element.removeAttribute('src');
    element.load();
    URL.revokeObjectURL(url);
  }
}

/** A busy browser says that it has the first picture a moment before it can hand it out. */
async function firstPicture(element: HTMLVideoElement): Promise<ImageBitmap | undefined> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += PICTURE_RETRY_MS) {
    const frame = await createImageBitmap(element).catch(() => undefined);
    if (frame !== undefined) return frame;
    await new Promise((resolve) => setTimeout(resolve, PICTURE_RETRY_MS));
  }
  return undefined;
}

function loaded(element: HTMLMediaElement): Promise<boolean> {
  return new Promise((resolve) => {
    element.addEventListener('loadeddata', () => resolve(true), { once: true });
    element.addEventListener('error', () => resolve(false), { once: true });
    setTimeout(() => resolve(false), PATIENCE_MS);
  });
}
