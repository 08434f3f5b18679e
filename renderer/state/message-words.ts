import type { MessageType } from '../../electron/contract/entities/message';

/** What a message is when it is not text. */
export const wordsOfType: Record<MessageType, string> = {
  text: 'Text',
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice message',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Location',
  contact: 'Contact card',
  poll: 'Poll',
  revoked: 'This message was deleted',
  notification: 'Notice',
  unsupported: 'This kind of message can only be seen on the phone',
};
