import { z } from 'zod';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';
import { deliveryStatusSchema, messageTypeSchema } from './message';

export const chatKindSchema = z.enum(['direct', 'group', 'broadcast', 'channel']);
export type ChatKind = z.infer<typeof chatKindSchema>;

/** A chat as the worker reads it off WhatsApp Web. */
export const observedChatSchema = z.strictObject({
  id: chatIdSchema,
  kind: chatKindSchema,
  name: z.string(),
  /** International number with a plus sign, when the chat is with one person whose number is known. */
  phone: z.string().optional(),
  unreadCount: z.int().nonnegative(),
  /** Time of the newest message that WhatsApp knows of, in ms; 0 when there is none. */
  lastActivityMs: z.int().nonnegative(),
  /** Id of the newest message that the page knows of: WhatsApp's times are too coarse to tell two of one second apart. */
  lastMessageId: messageIdSchema.optional(),
  archived: z.boolean(),
  pinned: z.boolean(),
  /** Present while the chat is silent; `untilMs` is absent when it is so for good. A moment that is past ends it without an event. */
  muted: z.strictObject({ untilMs: z.int().optional() }).optional(),
});
export type ObservedChat = z.infer<typeof observedChatSchema>;

/** The line under the name in a list of chats. `body` is cut to a preview. */
export const messagePreviewSchema = z.strictObject({
  id: messageIdSchema,
  fromMe: z.boolean(),
  authorName: z.string().optional(),
  type: messageTypeSchema,
  body: z.string(),
  timestampMs: z.int(),
  status: deliveryStatusSchema.optional(),
});
export type MessagePreview = z.infer<typeof messagePreviewSchema>;

/** A stored chat of one account. */
export const chatSchema = z
  .strictObject({
    ...observedChatSchema.omit({ lastMessageId: true }).shape,
    accountId: accountIdSchema,
    lastMessage: messagePreviewSchema.optional(),
  })
  .meta({ id: 'Chat' });
export type Chat = z.infer<typeof chatSchema>;

/** A chat as it is found by name or number. */
export const foundChatSchema = chatSchema
  .pick({ accountId: true, kind: true, name: true, phone: true, lastActivityMs: true })
  .extend({ chatId: chatIdSchema });
export type FoundChat = z.infer<typeof foundChatSchema>;

/** What waits for an answer on one account. */
export const unreadCountSchema = z.strictObject({
  accountId: accountIdSchema,
  messages: z.int().nonnegative(),
  chats: z.int().nonnegative(),
});
export type UnreadCount = z.infer<typeof unreadCountSchema>;
