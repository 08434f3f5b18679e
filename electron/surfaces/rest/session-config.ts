import { z } from 'zod';
import { type AccountSettingsChange, proxyProtocolSchema } from '../../contract/entities/account-settings';

const address = z.string().min(1, 'must not be empty').max(2_000);

const proxyCredentialsSchema = z.strictObject({
  protocol: proxyProtocolSchema.optional(),
  /** `host:port`, or a whole URL with protocol and credentials. */
  address,
  username: z.string().min(1).max(255).optional(),
  password: z.string().min(1).max(255).optional(),
});

/** The keys of `config` that the dialect knows; others are refused by name. */
export const sessionConfigSchema = z.strictObject({
  multiDevice: z.literal(true, 'must be true: WhatsApp has no other kind of session any more').optional(),
  headless: z.boolean().optional(),
  useChrome: z.boolean().optional(),
  chromiumArgs: z.array(z.string().max(500)).max(20).optional(),
  /** Seconds. */
  qrTimeout: z.number().min(20).max(3_600).optional(),
  authTimeout: z.number().min(10).max(600).optional(),
  restartOnCrash: z.boolean().optional(),
  /** Accepted and without meaning: a browser's end ends nothing but its session. */
  killProcessOnBrowserClose: z.boolean().optional(),
  proxyServerCredentials: z.union([proxyCredentialsSchema, address]).optional(),
});
export type SessionConfig = z.infer<typeof sessionConfigSchema>;

type Proxy = NonNullable<AccountSettingsChange['proxy']>;

const decoded = (text: string): string | undefined => {
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What makes no sense is left for the operation to refuse by the field's name. */
export const proxyOf = (given: NonNullable<SessionConfig['proxyServerCredentials']>): Proxy => {
  const credentials = typeof given === 'string' ? { address: given } : given;
  const { protocol, username, password } = credentials;
  const whole = /^[a-z0-9]+:\/\//i.test(credentials.address)
    ? credentials.address
    : `${protocol ?? 'http'}://${credentials.address}`;
  let url: URL | undefined;
  try {
    // A protocol that the URL parser does not know keeps its port and its upper-case host.
    url = new URL(whole.replace(/^[a-z0-9]+:/i, 'proxy:'));
  } catch {
    url = undefined;
  }
  const user = username ?? decoded(url?.username ?? '');
  const secret = password ?? decoded(url?.password ?? '');
  return {
    protocol: (protocol ?? whole.split(':')[0]?.toLowerCase()) as 'http',
    host: url?.hostname ?? '',
    port: Number(url?.port === '' || url === undefined ? Number.NaN : url.port),
    ...(user === undefined ? {} : { username: user }),
    ...(secret === undefined ? {} : { password: secret }),
  };
};

/** The change of an account's settings that a `config` asks for. */
export const settingsFrom = (config: SessionConfig, installedBrowser: string | undefined): AccountSettingsChange => ({
  ...(config.chromiumArgs === undefined ? {} : { chromiumFlags: config.chromiumArgs }),
  ...(config.authTimeout === undefined ? {} : { startTimeoutMs: Math.round(config.authTimeout * 1_000) }),
  ...(config.restartOnCrash === undefined ? {} : { restartOnCrash: config.restartOnCrash }),
  ...(config.useChrome === true && installedBrowser !== undefined
    ? { browser: { kind: 'installed' as const, path: installedBrowser } }
    : {}),
  ...(config.proxyServerCredentials === undefined ? {} : { proxy: proxyOf(config.proxyServerCredentials) }),
});
