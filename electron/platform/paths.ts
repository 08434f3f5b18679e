import { join } from 'node:path';

/** Where everything of this console lies, from one root. Nothing is written anywhere else. */
export interface DataPaths {
  readonly root: string;
  readonly settingsName: string;
  readonly accounts: string;
  /** Database of what spans accounts, such as the do-not-contact list. */
  readonly console: string;
  /** Secrets that belong to no account, encrypted by the system. */
  readonly secrets: string;
  readonly logs: string;
  /** Empty file that the one console on this folder keeps locked. */
  readonly lock: string;
  /** Appears for a moment when a second copy asks the first to show itself. */
  readonly knock: string;
  /** State of the practice network: its phones and customers, so that practice logins outlive a restart. */
  readonly practiceState: string;
  /** Port and token of the practice network's control interface while it runs; readable by this user only. */
  readonly practiceControl: string;
  /** The console window's own browser data. */
  readonly window: string;
  /** What V8 has compiled of the workers' code. Can be deleted at any time. */
  readonly codeCache: string;
}

export const dataPaths = (root: string): DataPaths => ({
  root,
  settingsName: 'settings',
  accounts: join(root, 'accounts'),
  console: join(root, 'console.db'),
  secrets: join(root, 'secrets.json'),
  logs: join(root, 'logs'),
  lock: join(root, 'lock', 'open'),
  knock: join(root, 'lock', 'knock'),
  practiceState: join(root, 'practice', 'network.json'),
  practiceControl: join(root, 'practice', 'control.json'),
  window: join(root, 'window'),
  codeCache: join(root, 'code-cache'),
});
