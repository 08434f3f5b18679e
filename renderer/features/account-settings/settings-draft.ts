import type { Account } from '../../../electron/contract/entities/account';
import type {
  AccountSettings,
  AccountSettingsChange,
  ProxyInput,
} from '../../../electron/contract/entities/account-settings';
import { type SendingDraft, sendingDraftOf, sendingEditOf, sendingProblemsOf } from './sending-draft';

export type ProxyProtocol = ProxyInput['protocol'];

/** The form as it is typed: numbers are still text, and what is switched off keeps what was typed. */
export interface SettingsDraft extends SendingDraft {
  readonly proxyOn: boolean;
  readonly proxyProtocol: ProxyProtocol;
  readonly proxyHost: string;
  readonly proxyPort: string;
  readonly proxyUsername: string;
  /** Only what was typed now: a saved password is never shown. */
  readonly proxyPassword: string;
  readonly browser: 'builtin' | 'installed';
  readonly browserPath: string;
  /** One switch per line. */
  readonly chromiumFlags: string;
  readonly autoStart: boolean;
  readonly restartOnCrash: boolean;
  readonly memoryLimitOn: boolean;
  readonly memoryLimitMb: string;
  readonly startTimeoutSeconds: string;
  readonly syncTimeoutMinutes: string;
  readonly presence: AccountSettings['presence'];
  readonly readReceipts: boolean;
  readonly sleepOn: boolean;
  readonly afterIdleMinutes: string;
  readonly lookEveryMinutes: string;
}

export type SettingsProblems = Partial<Record<keyof SettingsDraft, string>>;

/** What the form offers where nothing has been set. */
const suggested = { port: '8080', memoryLimitMb: '1000', afterIdleMinutes: '30', lookEveryMinutes: '15' } as const;

export const draftOf = ({ settings, autoStart }: Pick<Account, 'settings' | 'autoStart'>): SettingsDraft => ({
  proxyOn: settings.proxy !== undefined,
  proxyProtocol: settings.proxy?.protocol ?? 'http',
  proxyHost: settings.proxy?.host ?? '',
  proxyPort: String(settings.proxy?.port ?? suggested.port),
  proxyUsername: settings.proxy?.username ?? '',
  proxyPassword: '',
  browser: settings.browser.kind,
  browserPath: settings.browser.kind === 'installed' ? settings.browser.path : '',
  chromiumFlags: settings.chromiumFlags.join('\n'),
  autoStart,
  restartOnCrash: settings.restartOnCrash,
  memoryLimitOn: settings.memoryLimitMb !== undefined,
  memoryLimitMb: String(settings.memoryLimitMb ?? suggested.memoryLimitMb),
  startTimeoutSeconds: String(settings.startTimeoutMs / 1000),
  syncTimeoutMinutes: String(settings.syncTimeoutMs / 60_000),
  presence: settings.presence,
  readReceipts: settings.readReceipts,
  sleepOn: settings.hibernation !== undefined,
  afterIdleMinutes: String(settings.hibernation?.afterIdleMinutes ?? suggested.afterIdleMinutes),
  lookEveryMinutes: String(settings.hibernation?.lookEveryMinutes ?? suggested.lookEveryMinutes),
  ...sendingDraftOf(settings.sending),
});

const whole = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN);

/** With a fraction: other programs may have set 12.5 seconds. */
const amount = (text: string): number =>
  /^\d{1,6}([.,]\d{1,20})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;

const outside = (value: number, least: number, most: number): boolean =>
  Number.isNaN(value) || value < least || value > most;

const hostProblem = (host: string): string | undefined => {
  if (host === '') return 'Type the proxy’s host name or address, for example proxy.example.com.';
  if (/^[a-z0-9]+:\/\//i.test(host)) return 'Leave out the protocol: it is chosen beside the host.';
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host))
    return host.startsWith('[') ? undefined : `Put an IPv6 address in brackets: [${host}].`;
  if (/:\d*$/.test(host)) return 'Leave out the port: it has its own field.';
  if (/[/@]/.test(host)) return 'Type only the host, without path, user or password.';
  if (!/^[0-9a-z._-]+$/i.test(host)) return 'A host name has letters, digits, dots and dashes only.';
  return host.length > 253 ? 'The host name is longer than a host name can be.' : undefined;
};

const proxyProblems = (draft: SettingsDraft): SettingsProblems => {
  const host = hostProblem(draft.proxyHost.trim());
  const user = draft.proxyUsername.trim();
  return {
    ...(host === undefined ? {} : { proxyHost: host }),
    ...(outside(whole(draft.proxyPort), 1, 65_535) ? { proxyPort: 'A port is a number from 1 to 65535.' } : {}),
    ...(user === '' && draft.proxyPassword !== ''
      ? { proxyUsername: 'A password needs a user. Type the user, or take the password out.' }
      : {}),
    ...(draft.proxyProtocol === 'socks4' && draft.proxyPassword !== ''
      ? { proxyPassword: 'SOCKS4 knows no passwords. Choose SOCKS5, or take the password out.' }
      : {}),
  };
};

const isAbsolute = (path: string): boolean => /^(\/|[a-z]:[\\/]|\\\\)/i.test(path);

const runningProblems = (draft: SettingsDraft): SettingsProblems => ({
  ...(draft.browser === 'installed' && !isAbsolute(draft.browserPath.trim())
    ? { browserPath: 'Type the whole path of a Chrome, Chromium or Edge, for example /usr/bin/chromium.' }
    : {}),
  ...(draft.memoryLimitOn && outside(whole(draft.memoryLimitMb), 200, 16_000)
    ? { memoryLimitMb: 'A limit is 200 to 16000 MB. An account at rest needs about 150.' }
    : {}),
  ...(outside(amount(draft.startTimeoutSeconds), 10, 600)
    ? { startTimeoutSeconds: 'A start may take 10 to 600 seconds.' }
    : {}),
  ...(outside(amount(draft.syncTimeoutMinutes), 1, 60)
    ? { syncTimeoutMinutes: 'Reading chats may stand still for 1 to 60 minutes.' }
    : {}),
  ...(draft.sleepOn && outside(whole(draft.afterIdleMinutes), 5, 1440)
    ? { afterIdleMinutes: 'Type 5 to 1440 minutes.' }
    : {}),
  ...(draft.sleepOn && outside(whole(draft.lookEveryMinutes), 5, 1440)
    ? { lookEveryMinutes: 'Type 5 to 1440 minutes.' }
    : {}),
});

/** What is wrong with the form, one sentence per field; main knows the rest of the rules. */
export const problemsOf = (draft: SettingsDraft): SettingsProblems => ({
  ...(draft.proxyOn ? proxyProblems(draft) : {}),
  ...runningProblems(draft),
  ...sendingProblemsOf(draft),
});

/** The proxy in the form, as main takes it. Only of a form whose proxy fields have no problem. */
export const proxyOf = (draft: SettingsDraft): ProxyInput => {
  const username = draft.proxyUsername.trim();
  return {
    protocol: draft.proxyProtocol,
    host: draft.proxyHost.trim(),
    port: whole(draft.proxyPort),
    ...(username === '' ? {} : { username }),
    ...(draft.proxyPassword === '' ? {} : { password: draft.proxyPassword }),
  };
};

/** Whether the form holds the account's saved proxy, to which its saved password belongs. */
export const isSavedProxy = (draft: SettingsDraft, { proxy }: AccountSettings): boolean => {
  const typed = proxyOf(draft);
  return (
    proxy !== undefined &&
    typed.password === undefined &&
    typed.protocol === proxy.protocol &&
    typed.host === proxy.host &&
    typed.port === proxy.port &&
    typed.username === proxy.username
  );
};

export const flagsOf = (draft: SettingsDraft): readonly string[] =>
  draft.chromiumFlags
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a form without problems changes of an account: only what differs, so that nothing else is touched. */
export interface SettingsEdit {
  /** Holds from the next start, but for `sending`, which holds at once. */
  readonly settings: AccountSettingsChange | undefined;
  /** Holds at once. */
  readonly autoStart: boolean | undefined;
}

export const editOf = (draft: SettingsDraft, account: Pick<Account, 'settings' | 'autoStart'>): SettingsEdit => {
  const { settings } = account;
  const browser: AccountSettings['browser'] =
    draft.browser === 'builtin' ? { kind: 'builtin' } : { kind: 'installed', path: draft.browserPath.trim() };
  const hibernation = draft.sleepOn
    ? { afterIdleMinutes: whole(draft.afterIdleMinutes), lookEveryMinutes: whole(draft.lookEveryMinutes) }
    : undefined;
  const memoryLimitMb = draft.memoryLimitOn ? whole(draft.memoryLimitMb) : undefined;
  const startTimeoutMs = Math.round(amount(draft.startTimeoutSeconds) * 1000);
  const syncTimeoutMs = Math.round(amount(draft.syncTimeoutMinutes) * 60_000);
  const chromiumFlags = [...flagsOf(draft)];
  const sending = sendingEditOf(draft, settings.sending);
  const change: AccountSettingsChange = {
    ...(draft.proxyOn
      ? isSavedProxy(draft, settings)
        ? {}
        : { proxy: proxyOf(draft) }
      : settings.proxy === undefined
        ? {}
        : { proxy: 'none' }),
    ...(same(browser, settings.browser) ? {} : { browser }),
    ...(draft.restartOnCrash === settings.restartOnCrash ? {} : { restartOnCrash: draft.restartOnCrash }),
    ...(memoryLimitMb === settings.memoryLimitMb ? {} : { memoryLimitMb: memoryLimitMb ?? 'none' }),
    ...(startTimeoutMs === settings.startTimeoutMs ? {} : { startTimeoutMs }),
    ...(syncTimeoutMs === settings.syncTimeoutMs ? {} : { syncTimeoutMs }),
    ...(draft.presence === settings.presence ? {} : { presence: draft.presence }),
    ...(draft.readReceipts === settings.readReceipts ? {} : { readReceipts: draft.readReceipts }),
    ...(same(hibernation, settings.hibernation) ? {} : { hibernation: hibernation ?? 'none' }),
    ...(same(chromiumFlags, settings.chromiumFlags) ? {} : { chromiumFlags }),
    ...(sending === undefined ? {} : { sending }),
  };
  return {
    settings: Object.keys(change).length === 0 ? undefined : change,
    autoStart: draft.autoStart === account.autoStart ? undefined : draft.autoStart,
  };
};

/** Whether anything in the form differs from what is saved. */
export const isEdited = (draft: SettingsDraft, account: Pick<Account, 'settings' | 'autoStart'>): boolean =>
  !same(draft, draftOf(account));
