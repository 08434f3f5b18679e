import { z } from 'zod';
import { chatIdSchema, messageIdSchema } from '../ids';
import { deliveryStatusSchema, messageTypeSchema } from './message';
import { statusColorSchema } from './outgoing';

/** A status that still shows: WhatsApp takes it away after a day. */
export const statusSchema = z
  .strictObject({
    id: messageIdSchema,
    /** Whose it is. */
    contactId: chatIdSchema,
    contactName: z.string().optional(),
    fromMe: z.boolean(),
    type: messageTypeSchema,
    /** Text, or the caption of media. */
    body: z.string(),
    /** Of texts. */
    backgroundColor: statusColorSchema.optional(),
    font: z.int().nonnegative().optional(),
    timestampMs: z.int(),
    expiresAtMs: z.int(),
    /** How far it has come; present on own ones only. */
    status: deliveryStatusSchema.optional(),
  })
  .meta({ id: 'Status' });
export type Status = z.infer<typeof statusSchema>;
