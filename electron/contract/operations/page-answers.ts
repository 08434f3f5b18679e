import { z } from 'zod';
import { observedChatSchema } from '../entities/chat';
import { observedMessageSchema } from '../entities/message';
import { forwardedContentSchema } from '../entities/outgoing';
import { groupOperations } from './groups';

const chatAnswer = z.strictObject({ chat: observedChatSchema });
const messageAnswer = z.strictObject({ message: observedMessageSchema });

/**
 * What the page answers where that is not yet what the operation answers: its handler brings the chat or message into the store
 * and answers with what is stored, or makes a new message of it.
 */
export const pageAnswers = {
  'chats.markUnread': chatAnswer,
  'chats.archive': chatAnswer,
  'chats.unarchive': chatAnswer,
  'chats.pin': chatAnswer,
  'chats.unpin': chatAnswer,
  'chats.mute': chatAnswer,
  'chats.unmute': chatAnswer,
  'chats.clear': chatAnswer,
  'chats.remove': z.strictObject({}),
  'messages.edit': messageAnswer,
  'messages.remove': z.strictObject({
    /** Absent: it is gone here. */
    message: observedMessageSchema.optional(),
    fromMe: z.boolean(),
  }),
  'messages.react': messageAnswer.extend({ senderId: z.string() }),
  'messages.star': messageAnswer,
  'messages.unstar': messageAnswer,
  'messages.pin': messageAnswer,
  'messages.unpin': messageAnswer,
  'messages.votePoll': messageAnswer,
  // The same, without those who were left out.
  'groups.create': groupOperations['groups.create'].output,
  'groups.addParticipants': groupOperations['groups.addParticipants'].output,
  'messages.forward': z.strictObject({ content: forwardedContentSchema }),
} as const;

export type PageAnswers = typeof pageAnswers;
export type AnsweredOperation = keyof PageAnswers;
