import { resolve } from 'node:path';
import { webhookUrlSchema } from '../contract/entities/webhook';
import { limits } from '../contract/limits';

/** What the command line asks of the console. Chromium's own switches pass by untouched. */
export interface Flags {
  /** Own data folder with two practice accounts in it. */
  readonly demo: boolean;
  readonly dataDir: string | undefined;
  /** Write a picture of the window to this file and quit. */
  readonly screenshot: string | undefined;
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly theme: 'system' | 'light' | 'dark' | undefined;
  /** Say `usable` on standard output when the inbox has painted its first row. */
  readonly reportUsable: boolean;
  /** Passed on to the accounts' browsers: Chromium refuses its sandbox to root. */
  readonly noSandbox: boolean;
  /** Without a window, for a server: only the local API; absent: the console with its window. */
  readonly serve: ServeFlags | undefined;
}

/** How the program serves without a window. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  /** Further names under which it may be asked for: those of a container or of a proxy in front of it. */
  readonly allowedHosts: readonly string[];
  /** Calls that one key may make in a minute, where it is not the usual number. */
  readonly perMinute: { readonly creation?: number; readonly messaging?: number; readonly other?: number };
  readonly maxSessions: number;
  /** Sessions that are created here run in an installed Chrome, Chromium or Edge. */
  readonly useChrome: boolean;
  /** Calls need no key. Loopback only. */
  readonly noKey: boolean;
  /** Sessions that are created here live on the practice network. */
  readonly practice: boolean;
  /** An address that is told of all events of all sessions. */
  readonly webhookHost: string | undefined;
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

const themes = ['system', 'light', 'dark'] as const;

/** Reads flags of the form `--name` and `--name=value`; throws a sentence for a value that makes no sense. */
export const parseFlags = (argv: readonly string[]): Flags => {
  const value = (name: string): string | undefined =>
    argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const path = (name: string): string | undefined => {
    const given = value(name);
    if (given === '') throw new Error(`--${name} needs a path, as in --${name}=/some/where`);
    return given === undefined ? undefined : resolve(given);
  };
  const size = value('size');
  const measures = size === undefined ? undefined : /^(\d{3,4})x(\d{3,4})$/.exec(size);
  if (measures === null) throw new Error('--size needs width and height, as in --size=1440x900');
  const theme = value('theme');
  const knownTheme = themes.find((known) => known === theme);
  if (theme !== undefined && knownTheme === undefined) throw new Error('--theme must be system, light or dark');
  return {
    demo: argv.includes('--demo'),
    dataDir: path('user-data-dir'),
    screenshot: path('screenshot'),
    size: measures === undefined ? undefined : { width: Number(measures[1]), height: Number(measures[2]) },
    theme: knownTheme,
    reportUsable: argv.includes('--report-usable'),
    noSandbox: argv.includes('--no-sandbox'),
    serve: argv.includes('--serve') ? parseServe(argv, value) : undefined,
  };
};

/** Every `--allowed-host=NAME`; an address in numbers needs none. */
const hostNames = (argv: readonly string[]): readonly string[] =>
  argv.flatMap((argument) => {
    if (!argument.startsWith('--allowed-host=')) return [];
    const name = argument.slice('--allowed-host='.length);
    if (/^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$/i.test(name)) return [name.toLowerCase()];
    throw new Error(
      '--allowed-host must be one name without protocol, port and path, as in --allowed-host chat.example.com',
    );
  });

const webhookHost = (given: string | undefined): string | undefined => {
  if (given === undefined) return undefined;
  const url = webhookUrlSchema.safeParse(given);
  if (url.success) return url.data;
  throw new Error(
    `--webhook-host ${url.error.issues[0]?.message ?? 'is no web address'}, as in --webhook-host https://example.com/hook`,
  );
};

const parseServe = (argv: readonly string[], value: (name: string) => string | undefined): ServeFlags => {
  const number = (name: string, shown: string, fallback: number, least: number, most: number): number => {
    const given = value(name);
    const parsed = given === undefined ? fallback : Number(given);
    if (Number.isInteger(parsed) && parsed >= least && parsed <= most) return parsed;
    throw new Error(`${shown} must be ${least} to ${most}, as in ${shown} ${fallback}`);
  };
  const limit = (group: string, flag: string, usual: number) =>
    value(flag) === undefined ? {} : { [group]: number(flag, `--${flag}`, usual, 1, 1_000_000) };
  const host = value('api-host') ?? '127.0.0.1';
  const noKey = argv.includes('--no-key');
  if (noKey && !loopback.has(host)) {
    throw new Error(
      `--no-key works on this computer only (--host 127.0.0.1): on ${host} everybody could send messages`,
    );
  }
  return {
    port: number('api-port', '--port', 8_080, 0, 65_535),
    host,
    allowedHosts: hostNames(argv),
    perMinute: {
      ...limit('creation', 'session-limit', 5),
      ...limit('messaging', 'message-limit', 30),
      ...limit('other', 'call-limit', 100),
    },
    maxSessions: number('max-sessions', '--max-sessions', 10, 1, limits.accounts),
    useChrome: argv.includes('--use-chrome'),
    noKey,
    practice: argv.includes('--practice'),
    webhookHost: webhookHost(value('webhook-host')),
  };
};
