import type { AccountSettingsChange } from '../contract/entities/account-settings';

/** What each setting of an account is called where a person reads it. */
const names: Readonly<Record<keyof AccountSettingsChange, string>> = {
  proxy: 'proxy',
  browser: 'browser',
  restartOnCrash: 'restart after a crash',
  memoryLimitMb: 'memory limit',
  startTimeoutMs: 'how long a start may take',
  linkTimeoutMs: 'how long codes are shown',
  syncTimeoutMs: 'how long reading chats may stand still',
  presence: 'whether it shows as online',
  readReceipts: 'read receipts',
  hibernation: 'sleep',
  chromiumFlags: 'extra switches of the browser',
  sending: 'pace and limits of sending',
  metadata: 'metadata',
};

/** The settings that a change touches, by name and without their values, for a sentence. */
export const settingsWords = (change: AccountSettingsChange): string =>
  (Object.keys(change) as (keyof AccountSettingsChange)[]).map((key) => names[key]).join(', ');
