import type {
  AccountProxy,
  AccountSettings,
  AccountSettingsChange,
  ProxyInput,
} from '../contract/entities/account-settings';
import { chosenSetting } from './chosen-setting';
import { configureSending } from './sending/sending-configuration';

/** What a change of settings means for the password in the system's secret store. */
export type ProxyPasswordChange =
  | { readonly kind: 'keep' }
  | { readonly kind: 'set'; readonly password: string }
  | { readonly kind: 'remove' };

export interface Configuration {
  readonly settings: AccountSettings;
  readonly password: ProxyPasswordChange;
}

/** Whether both are one and the same door: only then may a stored password be used for it. */
const isSameProxy = (stored: AccountProxy | undefined, given: ProxyInput): boolean =>
  stored !== undefined &&
  stored.protocol === given.protocol &&
  stored.host.toLowerCase() === given.host.toLowerCase() &&
  stored.port === given.port &&
  stored.username === given.username;

const configureProxy = (
  stored: AccountProxy | undefined,
  given: ProxyInput | 'none' | undefined,
): { readonly proxy: AccountProxy | undefined; readonly password: ProxyPasswordChange } => {
  if (given === undefined) return { proxy: stored, password: { kind: 'keep' } };
  if (given === 'none') return { proxy: undefined, password: { kind: 'remove' } };
  const { password, ...address } = given;
  if (password !== undefined) {
    return { proxy: { ...address, hasPassword: true }, password: { kind: 'set', password } };
  }
  // A password is never handed to another proxy than the one that it was given for.
  if (stored !== undefined && isSameProxy(stored, given)) return { proxy: stored, password: { kind: 'keep' } };
  return { proxy: { ...address, hasPassword: false }, password: { kind: 'remove' } };
};

/**
 * The settings of an account after a change: what is left out stays, `'none'` takes away what is optional. The same proxy
 * without a password keeps the stored one; another proxy starts without.
 */
export const configureAccount = (stored: AccountSettings, change: AccountSettingsChange): Configuration => {
  const { proxy, password } = configureProxy(stored.proxy, change.proxy);
  const memoryLimitMb = chosenSetting(stored.memoryLimitMb, change.memoryLimitMb);
  const hibernation = chosenSetting(stored.hibernation, change.hibernation);
  return {
    password,
    settings: {
      ...(proxy === undefined ? {} : { proxy }),
      browser: change.browser ?? stored.browser,
      restartOnCrash: change.restartOnCrash ?? stored.restartOnCrash,
      ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
      startTimeoutMs: change.startTimeoutMs ?? stored.startTimeoutMs,
      linkTimeoutMs: change.linkTimeoutMs ?? stored.linkTimeoutMs,
      syncTimeoutMs: change.syncTimeoutMs ?? stored.syncTimeoutMs,
      presence: change.presence ?? stored.presence,
      readReceipts: change.readReceipts ?? stored.readReceipts,
      ...(hibernation === undefined ? {} : { hibernation }),
      chromiumFlags: change.chromiumFlags ?? stored.chromiumFlags,
      sending: change.sending === undefined ? stored.sending : configureSending(stored.sending, change.sending),
      metadata: change.metadata ?? stored.metadata,
    },
  };
};
