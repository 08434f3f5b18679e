import { describe, expect, it } from 'vitest';
import {
  type SendingSettings,
  sendingSettingsChangeSchema,
  sendingSettingsSchema,
} from '../../../electron/contract/entities/sending-settings';
import {
  ownTimeZone,
  type SendingDraft,
  sendingDraftOf,
  sendingEditOf,
  sendingProblemsOf,
} from '../../../renderer/features/account-settings/sending-draft';

const settings = (changes: Partial<SendingSettings> = {}): SendingSettings => sendingSettingsSchema.parse(changes);
const draft = (changes: Partial<SendingDraft> = {}): SendingDraft => ({ ...sendingDraftOf(settings()), ...changes });

const full = settings({
  apiPace: { minMs: 1_500, maxMs: 2_250 },
  perHour: 30,
  perDay: 200,
  quietHours: { from: '22:00', to: '07:30', timeZone: 'America/Sao_Paulo', holdPeople: true },
  warmUp: { days: 10, firstDay: 15 },
  onlyKnownChats: true,
  stopOnFailures: false,
});

describe('form of what may leave an account', () => {
  it('changes nothing when nothing was typed', () => {
    for (const saved of [settings(), full]) {
      expect(sendingEditOf(sendingDraftOf(saved), saved)).toBeUndefined();
      expect(sendingProblemsOf(sendingDraftOf(saved))).toEqual({});
    }
  });

  it('sends only what differs, in a form that the contract takes', () => {
    const change = sendingEditOf(
      draft({ apiMinSeconds: '0,5', capsOn: true, perHour: '', perDay: '90', quietOn: true, onlyKnownChats: true }),
      settings(),
    );
    expect(change).toEqual({
      apiPace: { minMs: 500, maxMs: 3_000 },
      perDay: 90,
      quietHours: { from: '21:00', to: '08:00', timeZone: ownTimeZone(), holdPeople: false },
      onlyKnownChats: true,
    });
    expect(sendingSettingsChangeSchema.parse(change)).toEqual(change);
  });

  it('takes away what was switched off or emptied', () => {
    const off = { ...sendingDraftOf(full), capsOn: false, quietOn: false, warmUpOn: false };
    expect(sendingEditOf(off, full)).toEqual({ perHour: 'none', perDay: 'none', quietHours: 'none', warmUp: 'none' });
    expect(sendingEditOf({ ...sendingDraftOf(full), perHour: ' ' }, full)).toEqual({ perHour: 'none' });
  });

  it('offers the time zone of this computer, and keeps one that was chosen', () => {
    expect(draft().quietTimeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(sendingDraftOf(full).quietTimeZone).toBe('America/Sao_Paulo');
  });

  it('names every field that cannot be, and only those that are switched on', () => {
    const wrong = {
      perHour: '0',
      perDay: 'many',
      quietFrom: '24:00',
      quietTo: '',
      warmUpDays: '61',
      warmUpFirstDay: '0',
    };
    expect(sendingProblemsOf(draft(wrong))).toEqual({});
    const on = { capsOn: true, quietOn: true, warmUpOn: true };
    expect(Object.keys(sendingProblemsOf(draft({ ...wrong, ...on }))).sort()).toEqual(Object.keys(wrong).sort());
  });

  it('refuses a longest gap under the shortest, hours without an end, and caps that cap nothing', () => {
    expect(sendingProblemsOf(draft({ bulkMinSeconds: '20', bulkMaxSeconds: '8' })).bulkMaxSeconds).toMatch(/shorter/);
    expect(sendingProblemsOf(draft({ apiMaxSeconds: '3601' })).apiMaxSeconds).toMatch(/3600/);
    expect(sendingProblemsOf(draft({ quietOn: true, quietFrom: '08:00', quietTo: '08:00' })).quietTo).toMatch(/differ/);
    expect(sendingProblemsOf(draft({ capsOn: true, perHour: '', perDay: '' })).perHour).toMatch(/cap/);
  });
});
