import { z } from 'zod';
import { chatIdSchema } from '../ids';

/** `paused`: has stopped typing and is still there. */
export const presenceStateSchema = z.enum(['online', 'offline', 'typing', 'recording', 'paused']);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/** Who is there or writes in a chat, as far as WhatsApp has told this account since its page was loaded. */
export const presenceSchema = z
  .strictObject({
    chatId: chatIdSchema,
    /** Whether WhatsApp was asked to tell. */
    isSubscribed: z.boolean(),
    /** In a group those of whom anything was told, otherwise the one person; empty while nothing was. */
    people: z.array(
      z.strictObject({
        contactId: chatIdSchema,
        state: presenceStateSchema,
        /** When it was told or, of somebody who is offline, when they were last seen. */
        atMs: z.int().positive().optional(),
      }),
    ),
  })
  .meta({ id: 'Presence' });
export type Presence = z.infer<typeof presenceSchema>;
