import type { Account } from '../contract/entities/account';
import type { LogLine, TimelineEntry, Usage } from '../contract/entities/observation';
import type { Session } from '../contract/entities/session';
import type { Settings } from '../contract/entities/settings';
import { redactText } from '../domain/redaction';
import type { ConsoleFacts } from './ports/console-facts';
import type { SecretProtection } from './ports/secrets';

/** What is told about one account. */
export interface AccountReport {
  readonly account: Account;
  readonly session: Session;
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
  /** Newest first. */
  readonly lines: readonly LogLine[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

export interface SupportBundle {
  readonly facts: ConsoleFacts;
  readonly nowMs: number;
  readonly settings: Settings;
  readonly protection: SecretProtection;
  readonly usage: Usage | undefined;
  readonly reports: readonly AccountReport[];
}

const moment = (atMs: number): string => new Date(atMs).toISOString();

const statusWords = ({ status, webVersion, windowShown, generation, lastError }: Session): readonly string[] => [
  `state: ${status.state}${status.sinceMs === 0 ? '' : ` since ${moment(status.sinceMs)}`} (life ${generation})`,
  ...('error' in status ? [`error: ${status.error.code}: ${status.error.message}`] : []),
  ...('missing' in status && status.missing !== undefined ? [`missing pieces: ${status.missing.join(', ')}`] : []),
  ...(lastError === undefined
    ? []
    : [`last error: ${moment(lastError.atMs)} ${lastError.error.code}: ${lastError.error.message}`]),
  `WhatsApp Web: ${webVersion ?? 'not loaded'}; own window ${windowShown ? 'shown' : 'hidden'}`,
];

/** Settings without where the proxy is and who logs in there, and without what programs have noted. */
const settingWords = ({ settings, autoStart, network, createdAtMs }: Account): readonly string[] => {
  const { proxy, browser, metadata, ...rest } = settings;
  return [
    `network: ${network}; added ${moment(createdAtMs)}; starts with the app: ${autoStart ? 'yes' : 'no'}`,
    `proxy: ${proxy === undefined ? 'none' : `${proxy.protocol}${proxy.hasPassword ? ' with password' : ''}`}`,
    `browser: ${browser.kind}`,
    `settings: ${JSON.stringify(rest)}`,
    `metadata: ${Object.keys(metadata).length} entries`,
  ];
};

const accountLines = ({ account, session, timeline, lines, problems }: AccountReport): readonly string[] => [
  '',
  `## ${account.label} (${account.id})`,
  ...statusWords(session),
  ...settingWords(account),
  ...problems.map((problem) => `could not be read: ${problem}`),
  '',
  `### Timeline, newest first (${timeline.length})`,
  ...timeline.map(
    ({ atMs, kind, words, durationMs }) =>
      `${moment(atMs)} ${kind}: ${words}${durationMs === undefined ? '' : ` (${Math.round(durationMs)} ms)`}`,
  ),
  '',
  `### Log, newest first (${lines.length})`,
  ...lines.map(({ atMs, level, message, fields }) => {
    const rest = JSON.stringify(fields);
    return `${moment(atMs)} ${level} ${message}${rest === '{}' ? '' : ` ${rest}`}`;
  }),
];

const usageLines = (usage: Usage | undefined): readonly string[] =>
  usage === undefined
    ? ['usage: could not be measured']
    : [
        `memory: ${Math.round(usage.machine.availableMb)} of ${Math.round(usage.machine.totalMb)} MB available, ${usage.machine.cores} cores, room for ${usage.machine.roomForAccounts} more accounts`,
        `console: ${Math.round(usage.console.memoryMb)} MB in ${usage.console.processes} processes`,
        ...usage.accounts.map(
          ({ accountId, cost }) =>
            `${accountId}: ${Math.round(cost.memoryMb)} MB, ${Math.round(cost.cpuPercent)} % of a core, ${cost.processes} processes`,
        ),
      ];

/** One text to copy, written to be sent to strangers: no secrets, no numbers, no message text. */
export const supportBundleText = (bundle: SupportBundle): string => {
  const { facts, nowMs, settings, protection, usage, reports } = bundle;
  // Versions look like phone numbers, and what they name is public.
  const versions = [
    `# Switchboard ${facts.version}, support bundle of ${moment(nowMs)}`,
    `system: ${facts.system}`,
    ...Object.entries(facts.builtOn).map(([name, version]) => `${name}: ${version}`),
  ];
  const rest = [
    `theme: ${settings.theme}`,
    `secret store: ${protection}`,
    ...usageLines(usage),
    ...reports.flatMap(accountLines),
    '',
  ];
  return [...versions, ...rest.map(redactText)].join('\n');
};
