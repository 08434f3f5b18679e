import { z } from 'zod';
import { chatIdSchema } from '../ids';
import { pictureSchema } from './contact';

/** How an account shows itself to others. */
export const profileSchema = z
  .strictObject({
    id: chatIdSchema,
    /** International number with a plus sign. */
    phone: z.string().optional(),
    name: z.string(),
    about: z.string().optional(),
    /** What the phone runs, in WhatsApp's word: android, iphone, smba or smbi (WhatsApp Business). */
    platform: z.string().optional(),
    picture: pictureSchema.optional(),
  })
  .meta({ id: 'Profile' });
