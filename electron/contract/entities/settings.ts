import { z } from 'zod';

/** Preferences of this console. The defaults are what a new installation has. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** `true`: Enter sends and Shift+Enter starts a line; `false`: Ctrl+Enter sends. */
  enterSends: z.boolean().default(true),
  /** Width of the list of chats in CSS pixels. */
  listWidth: z.int().min(280).max(440).default(348),
});
export type Settings = z.infer<typeof settingsSchema>;
