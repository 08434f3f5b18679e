import { encodeB64 } from '../session/qr-text';

const PREVIEW_SIDE = 96;
const STICKER_SIDE = 512;

interface Picture {
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  readonly preview: string;
}

/** A JPEG that fits is left as it is; everything else is drawn anew, smaller where it has to be. */
export async function toJpeg(file: Blob, longestSide: number): Promise<Picture> {
  const bitmap = await read(file);
  const { width, height } = fitted(bitmap, longestSide);
  const fits = width === bitmap.width && file.type === 'image/jpeg';
  const blob = fits ? file : await draw(bitmap, { width, height }, 'image/jpeg', 0.92);
  const preview = await jpegPreview(bitmap);
  bitmap.close();
  return { blob, width, height, preview };
}

/** A small JPEG, base64. */
export async function jpegPreview(bitmap: ImageBitmap): Promise<string> {
  const small = await draw(bitmap, fitted(bitmap, PREVIEW_SIDE), 'image/jpeg', 0.5);
  return encodeB64(await small.arrayBuffer());
}

/** In the middle of a transparent square, as stickers are. */
export async function toWebpSticker(file: Blob): Promise<Blob> {
  const bitmap = await read(file);
  const { width, height } = fitted(bitmap, STICKER_SIDE, true);
  const canvas = new OffscreenCanvas(STICKER_SIDE, STICKER_SIDE);
  context(canvas).drawImage(bitmap, (STICKER_SIDE - width) / 2, (STICKER_SIDE - height) / 2, width, height);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
}

async function read(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw Object.assign(new Error(`The picture cannot be read (${file.type}, ${file.size} bytes)`), {
      name: 'InvalidMediaFileType',
    });
  }
}

async function draw(
  bitmap: ImageBitmap,
  size: { readonly width: number; readonly height: number },
  type: string,
  quality: number,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const pen = context(canvas);
  // JPEG knows no transparency: what shines through is white.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, size.width, size.height);
  pen.drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas.convertToBlob({ type, quality });
}

function fitted(
  { width, height }: { readonly width: number; readonly height: number },
  longestSide: number,
  mayGrow = false,
): { readonly width: number; readonly height: number } {
  const scale = longestSide / Math.max(width, height);
  if (scale >= 1 && !mayGrow) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser draws no pictures');
  return pen;
}
