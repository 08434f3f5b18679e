import type { MessageDetails } from '../../message-details';
import type { Body } from '../body';
import type { MediaStore } from '../media/media-store';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import type { Content } from './content';

const MEDIA_KINDS = ['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker'] as const;
/** A picture this small is its own preview. */
const LARGEST_PREVIEW_BYTES = 16_384;
const BARS = 64;

/** Fields: kind, mimetype, data (base64) and what WhatsApp says about such a file. */
export function mediaContent(outer: Body, { media, world }: Network, caption: string | undefined): Content {
  const body = outer.object('media', [
    'kind',
    'mimetype',
    'data',
    'filename',
    'thumbnail',
    'seconds',
    'width',
    'height',
    'waveform',
    'pages',
    'viewOnce',
  ]);
  const mimetype = body.text('mimetype');
  const kind = body.optionalOneOf('kind', MEDIA_KINDS) ?? kindOf(mimetype);
  const bytes = body.bytes('data');
  const seconds = body.optionalAmount('seconds', 0, 86_400);
  const width = body.optionalAmount('width', 1, 20_000);
  const height = body.optionalAmount('height', 1, 20_000);
  const pageCount = body.optionalAmount('pages', 1, 100_000);
  const filename = body.optionalText('filename');
  const preview = body.optionalText('thumbnail') ?? (isOwnPreview(kind, bytes) ? body.text('data') : '');
  const type = kind === 'voice' ? 'ptt' : kind === 'gif' ? 'video' : kind;
  return {
    type,
    body: type === 'image' || type === 'video' || type === 'document' ? preview : '',
    details: {
      ...storedDetails(media, bytes, world.now()),
      mimetype,
      ...(caption === undefined ? {} : { caption }),
      ...(kind === 'document' ? { filename: filename ?? 'Untitled' } : {}),
      ...(seconds === undefined ? {} : { duration: String(seconds) }),
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(pageCount === undefined ? {} : { pageCount }),
      ...(kind === 'voice' ? { waveform: waveformOf(body) } : {}),
      ...(kind === 'gif' ? { isGif: true } : {}),
      ...(body.optionalFlag('viewOnce') === true ? { isViewOnce: true } : {}),
    },
  };
}

/** Puts bytes where pages can fetch them, and says where. */
export function storedDetails(
  media: MediaStore,
  bytes: Uint8Array,
  nowMs: number,
  hex?: (bytes: number) => string,
): MessageDetails {
  const stored = media.put(bytes, nowMs, hex);
  const url = `https://mmg.whatsapp.net${stored.directPath}`;
  return { ...stored, uploadhash: stored.encFilehash, clientUrl: url, deprecatedMms3Url: url };
}

function kindOf(mimetype: string): (typeof MEDIA_KINDS)[number] {
  const family = mimetype.split('/')[0];
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document';
}

function isOwnPreview(kind: string, bytes: Uint8Array): boolean {
  return kind === 'image' && bytes.length <= LARGEST_PREVIEW_BYTES;
}

/** 64 heights from 0 to 100; without any, a voice that rises and falls. */
function waveformOf(body: Body): readonly number[] {
  const given = body.value('waveform');
  if (given === undefined) return Array.from({ length: BARS }, (_, index) => Math.round(50 + 45 * Math.sin(index / 3)));
  const fits = Array.isArray(given) && given.every((height): height is number => Number.isInteger(height));
  if (!fits || given.length !== BARS)
    throw new Refusal(400, 'The field "waveform" has to be a list of 64 whole numbers');
  return given.map((height) => Math.min(100, Math.max(0, height)));
}
