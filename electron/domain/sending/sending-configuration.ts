import type { AccountNetwork } from '../../contract/entities/account';
import {
  type SendingSettings,
  type SendingSettingsChange,
  sendingSettingsSchema,
  type WarmUp,
} from '../../contract/entities/sending-settings';
import { chosenSetting } from '../chosen-setting';

/** How an account sends after a change: what is left out stays, `'none'` takes away what is optional. */
export const configureSending = (stored: SendingSettings, change: SendingSettingsChange): SendingSettings => {
  const perHour = chosenSetting(stored.perHour, change.perHour);
  const perDay = chosenSetting(stored.perDay, change.perDay);
  const quietHours = chosenSetting(stored.quietHours, change.quietHours);
  const warmUp = chosenSetting(stored.warmUp, change.warmUp);
  return {
    apiPace: change.apiPace ?? stored.apiPace,
    bulkPace: change.bulkPace ?? stored.bulkPace,
    ...(perHour === undefined ? {} : { perHour }),
    ...(perDay === undefined ? {} : { perDay }),
    ...(quietHours === undefined ? {} : { quietHours }),
    ...(warmUp === undefined ? {} : { warmUp }),
    onlyKnownChats: change.onlyKnownChats ?? stored.onlyKnownChats,
    stopOnFailures: change.stopOnFailures ?? stored.stopOnFailures,
  };
};

/** WhatsApp looks hardest at numbers that are new on a device and write a lot: two weeks from 20 messages a day on. */
const newAccountWarmUp: WarmUp = { days: 14, firstDay: 20 };

/** How a new account sends. On the practice network nobody can be blocked, so nothing is warmed up. */
export const sendingForNewAccount = (network: AccountNetwork): SendingSettings =>
  sendingSettingsSchema.parse(network === 'whatsapp' ? { warmUp: newAccountWarmUp } : {});
