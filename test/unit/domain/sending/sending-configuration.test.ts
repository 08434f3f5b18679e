import { describe, expect, it } from 'vitest';
import {
  type SendingSettings,
  sendingSettingsChangeSchema,
  sendingSettingsSchema,
} from '../../../../electron/contract/entities/sending-settings';
import { configureSending, sendingForNewAccount } from '../../../../electron/domain/sending/sending-configuration';

const fresh = sendingSettingsSchema.parse({});
const full: SendingSettings = {
  apiPace: { minMs: 1, maxMs: 2 },
  bulkPace: { minMs: 3, maxMs: 4 },
  perHour: 5,
  perDay: 6,
  quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin', holdPeople: true },
  warmUp: { days: 7, firstDay: 8 },
  onlyKnownChats: true,
  stopOnFailures: false,
};

describe('changing how an account sends', () => {
  it('keeps what is left out', () => {
    expect(configureSending(full, {})).toEqual(full);
    expect(configureSending(fresh, {})).toEqual(fresh);
    expect(configureSending(full, { perHour: 50 })).toEqual({ ...full, perHour: 50 });
  });

  it('takes over everything that is given', () => {
    expect(configureSending(fresh, sendingSettingsChangeSchema.parse(full))).toEqual(full);
  });

  it('takes away what is set to none, so that no trace is left of it', () => {
    const change = { perHour: 'none', perDay: 'none', quietHours: 'none', warmUp: 'none' } as const;
    const { apiPace, bulkPace, onlyKnownChats, stopOnFailures } = full;
    expect(Object.entries(configureSending(full, change))).toEqual(
      Object.entries({ apiPace, bulkPace, onlyKnownChats, stopOnFailures }),
    );
  });

  it('gives what the contract accepts', () => {
    expect(sendingSettingsSchema.parse(configureSending(full, { warmUp: 'none' }))).toEqual(
      configureSending(full, { warmUp: 'none' }),
    );
  });
});

describe('a new account', () => {
  it('is warmed up for two weeks on the real network', () => {
    expect(sendingForNewAccount('whatsapp')).toEqual({ ...fresh, warmUp: { days: 14, firstDay: 20 } });
  });

  it('sends freely on the practice network', () => {
    expect(sendingForNewAccount('practice')).toEqual(fresh);
  });
});
