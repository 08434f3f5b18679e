import { readFile } from 'node:fs/promises';
import whatsappWeb, { type MessageContent, type MessageSendOptions } from 'whatsapp-web.js';
import type { OutgoingContent } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';

type Media = Extract<OutgoingContent, { readonly kind: 'media' }>;

/** A message in the words of the library. */
export interface LibraryMessage {
  readonly content: MessageContent;
  readonly options: MessageSendOptions;
}

/** What WhatsApp Web calls the message that is wanted; empty where only the file decides. */
export const typesOf = (content: OutgoingContent): readonly string[] => {
  switch (content.kind) {
    case 'text':
      return ['chat'];
    case 'location':
      return ['location'];
    case 'contact':
      return ['vcard'];
    case 'poll':
      return ['poll_creation'];
    case 'status':
      return ['chat'];
    case 'media':
      return { auto: [], document: ['document'], voice: ['ptt'], sticker: ['sticker'] }[content.form];
  }
};

/** Reads the file of media. Rejects with MEDIA_NOT_FOUND; MEDIA_REFUSED when it is not the file that was accepted. */
export const libraryMessage = async (
  accountId: AccountId,
  content: OutgoingContent,
  mediaPath: string | undefined,
): Promise<LibraryMessage> => {
  // No contact cards in text, and no lookup of links unless the page is known to give it up in time.
  const plain = { linkPreview: false, parseVCards: false };
  switch (content.kind) {
    case 'text':
    case 'status':
      return { content: content.body, options: plain };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      const words = { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) };
      return { content: new whatsappWeb.Location(latitude, longitude, words), options: plain };
    }
    case 'contact':
      return { content: content.vcard, options: { ...plain, parseVCards: true } };
    case 'poll': {
      const { question, options, multipleAnswers } = content;
      // The library makes the secret itself when it is given none.
      const choice = { allowMultipleAnswers: multipleAnswers, messageSecret: undefined };
      return { content: new whatsappWeb.Poll(question, [...options], choice), options: plain };
    }
    case 'media':
      return {
        content: await libraryMedia(accountId, content, mediaPath),
        options: { ...plain, ...mediaOptions(content) },
      };
  }
};

const libraryMedia = async (
  accountId: AccountId,
  { filename, mimetype, size }: Media,
  mediaPath: string | undefined,
): Promise<MessageContent> => {
  const bytes = mediaPath === undefined ? undefined : await readFile(mediaPath).catch(() => undefined);
  if (bytes === undefined) {
    const text = `Account ${accountId} no longer has the file “${filename}” of this message (content.mediaId). Upload it again and send a new message.`;
    throw new OperationError('MEDIA_NOT_FOUND', text);
  }
  if (bytes.length !== size) {
    const text = `The file “${filename}” of account ${accountId} is not as it was when it was accepted (content.mediaId: ${bytes.length} instead of ${size} bytes). Upload it again and send a new message.`;
    throw new OperationError('MEDIA_REFUSED', text);
  }
  return new whatsappWeb.MessageMedia(mimetype, bytes.toString('base64'), filename, size);
};

const mediaOptions = ({ form, caption }: Media): MessageSendOptions => ({
  ...(caption === undefined ? {} : { caption }),
  ...(form === 'document' ? { sendMediaAsDocument: true } : {}),
  ...(form === 'voice' ? { sendAudioAsVoice: true } : {}),
  ...(form === 'sticker' ? { sendMediaAsSticker: true } : {}),
});
