import { z } from 'zod';
import { accountIdSchema, chatIdSchema } from '../ids';

/** A text that somebody has left in a chat for a person to read, change and send. A chat has one at most. */
export const draftSchema = z
  .strictObject({
    accountId: accountIdSchema,
    chatId: chatIdSchema,
    body: z.string(),
    /** Who left it: the name of the key, or `window` for a person at the console. */
    leftBy: z.strictObject({ surface: z.enum(['window', 'api', 'mcp']), name: z.string() }),
    /** Names this text among those that the chat has had: a later one is always greater. */
    savedAtMs: z.int(),
  })
  .meta({ id: 'Draft' });
export type Draft = z.infer<typeof draftSchema>;
