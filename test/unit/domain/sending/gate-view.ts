import type { SendLane } from '../../../../electron/contract/entities/send';
import { sendingSettingsSchema } from '../../../../electron/contract/entities/sending-settings';
import { type MessageId, messageIdSchema } from '../../../../electron/contract/ids';
import { type Departure, dayMs } from '../../../../electron/domain/sending/departures';
import type { GateView } from '../../../../electron/domain/sending/gate';

/** Trusted time and wall clock of the views differ, so that a mix-up of the two shows. */
export const trustedMs = 10_000_000_000;
export const wallMs = Date.UTC(2026, 5, 3, 12);

export const messageId = (number: number): MessageId =>
  messageIdSchema.parse(`3EB0${String(number).padStart(18, '0')}`);

/** Departures so many ms ago, oldest first. */
export const departed = (lane: SendLane, ...agesMs: readonly number[]): readonly Departure[] =>
  [...agesMs]
    .sort((one, other) => other - one)
    .map((ageMs, index) => ({ messageId: messageId(index), trustedMs: trustedMs - ageMs, lane }));

/** An account that has been open for a day, with nothing that would hold a message but its pace. */
export const gateView = (
  changes: Omit<Partial<GateView>, 'settings'> & { readonly settings?: object } = {},
): GateView => {
  const { settings = {}, ...rest } = changes;
  return {
    wallMs,
    trustedMs,
    unbrokenSinceMs: trustedMs - dayMs,
    accountSinceTrustedMs: trustedMs - 100 * dayMs,
    departures: [],
    gaps: { api: 2_000, bulk: 10_000 },
    stated: undefined,
    hold: undefined,
    ...rest,
    settings: sendingSettingsSchema.parse(settings),
  };
};
