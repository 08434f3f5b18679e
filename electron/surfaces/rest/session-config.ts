import { z } from 'zod';
import {
  type AccountSettingsChange,
  accountMetadataSchema,
  proxyProtocolSchema,
} from '../../contract/entities/account-settings';

const address = z.string().min(1, 'must not be empty').max(2_000);

const proxyCredentialsSchema = z.strictObject({
  protocol: proxyProtocolSchema.optional(),
  /** `host:port`, or a whole URL with protocol and credentials. */
  address,
  username: z.string().min(1).max(255).optional(),
  password: z.string().min(1).max(255).optional(),
});

/** A proxy as the dialect has it: its parts, or a whole URL. */
export const proxySchema = z.union([proxyCredentialsSchema, address]);

/** 0 means without end, which is the longest here. */
const secondsFrom = (least: number, most: number) =>
  z.union([z.literal(0).transform(() => most), z.number().min(least).max(most)], `must be ${least} to ${most}, or 0`);

/** The keys of `config` that the dialect knows; others are refused by name. */
export const sessionConfigSchema = z.strictObject({
  multiDevice: z.literal(true, 'must be true: WhatsApp has no other kind of session any more').optional(),
  /** false: the session's own WhatsApp window comes to the screen once, as soon as it is there. */
  headless: z.boolean().default(true),
  /** Absent: as the server was started (`--use-chrome`). */
  useChrome: z.boolean().optional(),
  chromiumArgs: z.array(z.string().max(500)).max(20).optional(),
  /** Seconds in which codes are shown; 0: as long as there may be. */
  qrTimeout: secondsFrom(20, 3_600).default(120),
  /** Seconds for a start to come to a code or to be ready; 0: as long as there may be. */
  authTimeout: secondsFrom(10, 600).default(60),
  restartOnCrash: z.boolean().optional(),
  /** Accepted and without meaning: a browser's end ends nothing but its session. */
  killProcessOnBrowserClose: z.boolean().optional(),
  proxyServerCredentials: proxySchema.optional(),
  /** What the caller notes with the session, shown wherever the session is. */
  metadata: accountMetadataSchema.optional(),
});
export type SessionConfig = z.infer<typeof sessionConfigSchema>;

type Proxy = Exclude<NonNullable<AccountSettingsChange['proxy']>, 'none'>;

const decoded = (text: string): string | undefined => {
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What makes no sense is left for the operation to refuse by the field's name. */
export const proxyOf = (given: z.infer<typeof proxySchema>): Proxy => {
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

const browserFrom = (
  useChrome: boolean | undefined,
  installed: string | undefined,
): AccountSettingsChange['browser'] =>
  useChrome === true && installed !== undefined
    ? { kind: 'installed', path: installed }
    : useChrome === false
      ? { kind: 'builtin' }
      : undefined;

/** The change of an account's settings that a `config` asks for. */
export const settingsFrom = (config: SessionConfig, installedBrowser: string | undefined): AccountSettingsChange => {
  const browser = browserFrom(config.useChrome, installedBrowser);
  return {
    ...(config.chromiumArgs === undefined ? {} : { chromiumFlags: config.chromiumArgs }),
    startTimeoutMs: Math.round(config.authTimeout * 1_000),
    linkTimeoutMs: Math.round(config.qrTimeout * 1_000),
    ...(config.restartOnCrash === undefined ? {} : { restartOnCrash: config.restartOnCrash }),
    ...(browser === undefined ? {} : { browser }),
    ...(config.proxyServerCredentials === undefined ? {} : { proxy: proxyOf(config.proxyServerCredentials) }),
    ...(config.metadata === undefined ? {} : { metadata: config.metadata }),
  };
};
