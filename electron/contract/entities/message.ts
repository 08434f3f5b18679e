import { z } from 'zod';
import { errorCodeSchema } from '../errors';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../ids';

export const messageTypeSchema = z.enum([
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contact',
  'poll',
  'revoked',
  'notification',
  'unsupported',
]);
export type MessageType = z.infer<typeof messageTypeSchema>;

/**
 * How far an own message has come. `pending`: stored here, WhatsApp's server has not confirmed it. `sent`: the server has
 * it. `unknown`: it may or may not have left, and only looking can tell; it is never sent again by itself.
 */
export const deliveryStatusSchema = z.enum(['pending', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown']);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/** A message as the worker reads it off WhatsApp Web, before the store gives it a place. */
export const observedMessageSchema = z.strictObject({
  id: messageIdSchema,
  chatId: chatIdSchema,
  fromMe: z.boolean(),
  /** Who wrote it, in groups: WhatsApp id and the name to show. */
  author: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  type: messageTypeSchema,
  /** Text, or the caption of media. Well-formed Unicode, otherwise exactly as written. */
  body: z.string(),
  /** WhatsApp's time in ms; it only knows whole seconds. */
  timestampMs: z.int(),
  /** When its writer last changed the text, in ms. */
  editedAtMs: z.int().optional(),
  /** Present on own messages only. */
  status: deliveryStatusSchema.optional(),
});
export type ObservedMessage = z.infer<typeof observedMessageSchema>;

/** What one person thinks of a message. */
export const reactionSchema = z
  .strictObject({
    emoji: z.string().min(1),
    /** WhatsApp id of whoever reacted. */
    senderId: z.string(),
    fromMe: z.boolean(),
  })
  .meta({ id: 'Reaction' });
export type Reaction = z.infer<typeof reactionSchema>;

/** A reaction as the worker hears of it, or its end. */
export const observedReactionSchema = z.strictObject({
  chatId: chatIdSchema,
  messageId: messageIdSchema,
  /** Whether the message is the account's own. */
  messageFromMe: z.boolean(),
  senderId: z.string(),
  fromMe: z.boolean(),
  /** Absent: it is taken back. */
  emoji: z.string().min(1).optional(),
  atMs: z.int(),
});
export type ObservedReaction = z.infer<typeof observedReactionSchema>;

/** A stored message. Order within a chat is (`timestampMs`, `order`). */
export const messageSchema = z
  .strictObject({
    ...observedMessageSchema.shape,
    accountId: accountIdSchema,
    /** Breaks ties between messages of the same second; grows in order of arrival at this console. */
    order: z.int(),
    /** As far as they were seen while the account was running. */
    reactions: z.array(reactionSchema).optional(),
    /** Why it failed or is unconfirmed, in words for a person. */
    problem: z.string().optional(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof messageSchema>;

/** The file of a message, fetched from WhatsApp. */
export const receivedMediaSchema = z.strictObject({
  mimetype: z.string(),
  /** As its sender named it; documents only. */
  filename: z.string().optional(),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Base64. */
  data: z.string(),
});

/** A stored message with its file, or with why the file is not there; without `media` where there is none. */
export const messageWithMediaSchema = z
  .strictObject({
    ...messageSchema.shape,
    media: z
      .discriminatedUnion('state', [
        z.strictObject({ state: z.literal('fetched'), ...receivedMediaSchema.shape }),
        z.strictObject({ state: z.literal('missing'), code: errorCodeSchema, problem: z.string() }),
      ])
      .optional(),
  })
  .meta({ id: 'MessageWithMedia' });
export type MessageWithMedia = z.infer<typeof messageWithMediaSchema>;
