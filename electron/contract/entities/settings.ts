import { z } from 'zod';

/** Preferences of this console. The defaults are what a new installation has. */
export const settingsSchema = z
  .strictObject({
    theme: z.enum(['system', 'light', 'dark']).default('system'),
    /** `true`: Enter sends and Shift+Enter starts a line; `false`: Ctrl+Enter sends. */
    enterSends: z.boolean().default(true),
    /** Width of the list of chats in CSS pixels. */
    listWidth: z.int().min(280).max(440).default(348),
    /**
     * Who is asked, through a proxy, which address the world sees: a web address that answers with the caller's address, bare
     * or in JSON. Asked only when a person tests a proxy.
     */
    proxyTestUrl: z
      .url({ protocol: /^https?$/, error: 'must be a web address that starts with https:// or http://' })
      .max(2_000)
      .default('https://api.ipify.org/'),
    /** The local API: whether it listens, and on which port of 127.0.0.1. */
    api: z
      .strictObject({
        enabled: z.boolean().default(false),
        port: z.int().min(1_024, 'must be 1024 to 65535').max(65_535, 'must be 1024 to 65535').default(8_080),
      })
      .prefault({}),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof settingsSchema>;
