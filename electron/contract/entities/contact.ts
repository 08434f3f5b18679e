import { z } from 'zod';
import { chatIdSchema } from '../ids';

/** Somebody whom an account knows, as its WhatsApp Web has it. */
export const contactSchema = z
  .strictObject({
    id: chatIdSchema,
    /** International number with a plus sign; absent where WhatsApp hides it. */
    phone: z.string().optional(),
    /** As saved in the address book of the account's phone. */
    name: z.string().optional(),
    /** As the person calls themselves. */
    pushName: z.string().optional(),
    /** Of a business whose name WhatsApp has checked. */
    verifiedName: z.string().optional(),
    isSaved: z.boolean(),
    isBusiness: z.boolean(),
    isBlocked: z.boolean(),
    /** The account itself. */
    isMe: z.boolean(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof contactSchema>;

/** A picture with its bytes: WhatsApp's own addresses of pictures expire, and fetching them would go around the account's proxy. */
export const pictureSchema = z
  .strictObject({
    mimetype: z.string(),
    /** Bytes. */
    size: z.int().positive(),
    data: z.base64(),
  })
  .meta({ id: 'Picture' });
export type Picture = z.infer<typeof pictureSchema>;
