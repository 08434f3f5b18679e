import { z } from 'zod';
import { limits } from '../limits';
import { sendingSettingsChangeSchema, sendingSettingsSchema } from './sending-settings';

export const proxyProtocolSchema = z.enum(['http', 'https', 'socks4', 'socks5', 'socks5h']);

/** A name with labels as DNS has them, an IPv4 address, or an IPv6 address in brackets. */
const isHost = (host: string): boolean => {
  if (host.startsWith('[')) return z.ipv6().safeParse(host.slice(1, -1)).success && host.endsWith(']');
  const labels = host.split('.');
  // A last label of digits alone can only be meant as an address.
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) return z.ipv4().safeParse(host).success;
  return labels.every((label) => /^[0-9a-zA-Z_]([0-9a-zA-Z_-]{0,61}[0-9a-zA-Z_])?$/.test(label));
};

const proxyAddress = {
  protocol: proxyProtocolSchema,
  /** A host name or an address, without protocol, port or path. */
  host: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(253, 'is longer than a host name can be')
    .refine(isHost, 'must be a host name or an address, without protocol, port and path'),
  port: z.int().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535'),
  username: z.string().min(1).max(255).optional(),
};

/** A proxy as it is shown: whether there is a password, never the password. */
export const proxySchema = z.strictObject({ ...proxyAddress, hasPassword: z.boolean() });
export type AccountProxy = z.infer<typeof proxySchema>;

/** A proxy as it is set. The password goes to the system's secret store. */
export const proxyInputSchema = z
  .strictObject({ ...proxyAddress, password: z.string().min(1).max(255).optional() })
  .refine(({ username, password }) => password === undefined || username !== undefined, {
    path: ['username'],
    error: 'is missing: a password needs one',
  })
  .refine(({ protocol, password }) => password === undefined || protocol !== 'socks4', {
    path: ['password'],
    error: 'cannot be used: socks4 knows none, take socks5',
  })
  // RFC 7617: the first colon ends the user name.
  .refine(({ username, protocol }) => !username?.includes(':') || protocol.startsWith('socks'), {
    path: ['username'],
    error: 'must not have a colon with an http or https proxy',
  });
export type ProxyInput = z.infer<typeof proxyInputSchema>;

/** Which browser an account runs in: this app's own, or one that is installed on this computer. */
export const accountBrowserSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('builtin') }),
  /** Absolute path of a Chrome, Chromium or Edge. */
  z.strictObject({ kind: z.literal('installed'), path: z.string().min(1).max(4096) }),
]);

/** When an idle account may sleep and how often it looks for news while it does. */
export const hibernationSchema = z.strictObject({
  afterIdleMinutes: z.int().min(5, 'must be 5 to 1440').max(1_440, 'must be 5 to 1440'),
  lookEveryMinutes: z.int().min(5, 'must be 5 to 1440').max(1_440, 'must be 5 to 1440'),
});

const metadataName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.:-]*$/, 'must be letters, digits, _ . : and -, and begin with a letter or digit')
  .max(limits.metadataNameLength, `must have at most ${limits.metadataNameLength} characters`);
const metadataValue = z
  .string()
  .max(limits.metadataValueLength, `must have at most ${limits.metadataValueLength} characters`);

/** What a program notes with an account, such as its own id for the customer. Whoever may see the account sees it. */
export const accountMetadataSchema = z
  .record(metadataName, metadataValue)
  .refine((metadata) => Object.keys(metadata).length <= limits.metadataEntries, {
    error: `must have at most ${limits.metadataEntries} entries`,
  })
  .refine(
    (metadata) =>
      Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0) <=
      limits.metadataLength,
    { error: `must have at most ${limits.metadataLength} characters in all, names included` },
  );

const memoryLimitMb = z.int().min(200, 'must be 200 to 16000').max(16_000, 'must be 200 to 16000');
const startTimeoutMs = z.int().min(10_000, 'must be 10 to 600 seconds').max(600_000, 'must be 10 to 600 seconds');
const linkTimeoutMs = z.int().min(20_000, 'must be 20 to 3600 seconds').max(3_600_000, 'must be 20 to 3600 seconds');
const syncTimeoutMs = z.int().min(60_000, 'must be 1 to 60 minutes').max(3_600_000, 'must be 1 to 60 minutes');
const chromiumFlags = z.array(z.string().max(500)).max(20);

/** How one account's session is run. The defaults are what a new account has; changes take effect at the next start. */
export const accountSettingsSchema = z.strictObject({
  proxy: proxySchema.optional(),
  browser: accountBrowserSchema.default({ kind: 'builtin' }),
  restartOnCrash: z.boolean().default(true),
  /** Proportional memory of worker and browser in MiB above which the session is restarted; absent: no limit. */
  memoryLimitMb: memoryLimitMb.optional(),
  /** From launch to a code, a sync or ready. */
  startTimeoutMs: startTimeoutMs.default(60_000),
  /** How long codes to scan are shown, one after the other. The default is six of them. */
  linkTimeoutMs: linkTimeoutMs.default(160_000),
  /** Syncing without progress. */
  syncTimeoutMs: syncTimeoutMs.default(600_000),
  /** `available` silences the phone: WhatsApp then believes that somebody is looking here. */
  presence: z.enum(['unavailable', 'available']).default('unavailable'),
  /** Whether opening a conversation tells the customer that it was read. */
  readReceipts: z.boolean().default(true),
  hibernation: hibernationSchema.optional(),
  /** Extra switches for the browser; what weakens its security is refused by name. */
  chromiumFlags: chromiumFlags.default([]),
  /** The gate before everything that leaves. Takes effect at once. */
  sending: sendingSettingsSchema.prefault({}),
  /** Without meaning to the session itself. */
  metadata: accountMetadataSchema.default({}),
});
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

/** A change of settings: what is left out stays, `'none'` takes away what is optional. */
export const accountSettingsChangeSchema = z.strictObject({
  proxy: z.union([proxyInputSchema, z.literal('none')]).optional(),
  browser: accountBrowserSchema.optional(),
  restartOnCrash: z.boolean().optional(),
  memoryLimitMb: z.union([memoryLimitMb, z.literal('none')]).optional(),
  startTimeoutMs: startTimeoutMs.optional(),
  linkTimeoutMs: linkTimeoutMs.optional(),
  syncTimeoutMs: syncTimeoutMs.optional(),
  presence: z.enum(['unavailable', 'available']).optional(),
  readReceipts: z.boolean().optional(),
  hibernation: z.union([hibernationSchema, z.literal('none')]).optional(),
  chromiumFlags: chromiumFlags.optional(),
  sending: sendingSettingsChangeSchema.optional(),
  /** All of it: entries that are left out are gone. */
  metadata: accountMetadataSchema.optional(),
});
export type AccountSettingsChange = z.infer<typeof accountSettingsChangeSchema>;
