import { z } from 'zod';
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
  /** Present on own messages only. */
  status: deliveryStatusSchema.optional(),
});
export type ObservedMessage = z.infer<typeof observedMessageSchema>;

/** A stored message. Order within a chat is (`timestampMs`, `order`). */
export const messageSchema = z
  .strictObject({
    ...observedMessageSchema.shape,
    accountId: accountIdSchema,
    /** Breaks ties between messages of the same second; grows in order of arrival at this console. */
    order: z.int(),
    /** Why it failed or is unconfirmed, in words for a person. */
    problem: z.string().optional(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof messageSchema>;
