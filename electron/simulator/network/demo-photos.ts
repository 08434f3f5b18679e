import type { Voice } from './demo-people';
import { brokenPart } from './media/broken-part';
import type { Content } from './messages/content';
import { storedDetails } from './messages/media-content';
import type { Network } from './network';
import { between, messageId, pick, type Random, seededHex } from './random';
import type { Phone } from './state';

/** What customers write under the photo of something that broke. */
const CAPTIONS: Readonly<Record<Voice, readonly string[]>> = {
  en: ['This arrived cracked 😟 what can we do?', 'The side panel split last night, is that covered by the warranty?'],
  pt: ['Chegou assim, rachado 😕 e agora?', 'Olha só, quebrou ontem à noite. A garantia cobre?'],
  hi: ['यह टूटा हुआ आया है 😟', 'देखिए, कल रात टूट गया। वारंटी में आएगा?'],
  ar: ['وصلت القطعة مكسورة 😟', 'انكسرت أمس، هل يشملها الضمان؟'],
  id: ['Kak, sampainya retak begini 😟', 'Ini patah tadi malam, masih garansi kan?'],
};

/** What customers answer with instead of words. */
export const REACTIONS = ['👍', '🙏', '❤️', '😊'] as const;

const PICTURES = 1000;

/** The photo of a broken part, in the words of a customer. */
export function photoOf(network: Network, voice: Voice, random: Random): Content {
  const { photo, preview, width, height } = brokenPart(between(random, 1, PICTURES));
  return {
    type: 'image',
    body: preview.toString('base64'),
    details: {
      ...storedDetails(network.media, photo, network.world.now(), seededHex(random)),
      mimetype: 'image/png',
      caption: pick(random, CAPTIONS[voice]),
      width,
      height,
    },
  };
}

/** Puts a photo behind what a chat has already, as part of its past. */
export function seedPhoto(
  network: Network,
  phone: Phone,
  chatId: string,
  from: { readonly voice: Voice; readonly device: 'android' | 'ios' },
  random: Random,
): void {
  const last = phone.chats.get(chatId)?.t;
  if (last === undefined) return;
  const { type, body, details } = photoOf(network, from.voice, random);
  const message = {
    id: messageId(from.device, seededHex(random)),
    chatId,
    fromMe: false,
    type,
    body,
    t: last + between(random, 20, 90),
    ...(details === undefined ? {} : { details }),
  };
  network.world.commit({ c: 'history', phone: phone.number, chat: chatId, messages: [message] });
}
