import type { Message, MessageType } from '../../../contract/entities/message';

/** What a message without text is, in words. */
export const kindWords: Readonly<Record<MessageType, string>> = {
  text: 'Message',
  image: 'Picture',
  video: 'Film',
  audio: 'Sound',
  voice: 'Voice message',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Location',
  contact: 'Contact',
  poll: 'Poll',
  revoked: 'This message was deleted',
  notification: 'Notice',
  unsupported: 'Something that is shown on the phone only',
};

/** How far an own message has come. */
export const deliveryWords: Readonly<Record<NonNullable<Message['status']>, string>> = {
  pending: 'Waiting',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  played: 'Played',
  failed: 'Not sent',
  unknown: 'Not certain',
};
