import type { SendingSettings, SendingSettingsChange } from '../../../electron/contract/entities/sending-settings';

/** The part of the form about what may leave, as it is typed: numbers are still text, and what is off keeps its text. */
export interface SendingDraft {
  readonly apiMinSeconds: string;
  readonly apiMaxSeconds: string;
  readonly bulkMinSeconds: string;
  readonly bulkMaxSeconds: string;
  readonly capsOn: boolean;
  /** Empty: no cap. */
  readonly perHour: string;
  readonly perDay: string;
  readonly quietOn: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly quietTimeZone: string;
  readonly quietHoldsPeople: boolean;
  readonly warmUpOn: boolean;
  readonly warmUpDays: string;
  readonly warmUpFirstDay: string;
  readonly onlyKnownChats: boolean;
  readonly stopOnFailures: boolean;
}

export type SendingProblems = Partial<Record<keyof SendingDraft, string>>;

/** What the form offers where nothing has been set. */
const suggested = { perHour: '60', perDay: '400', from: '21:00', to: '08:00', days: '14', firstDay: '20' } as const;

/** The time zone of this computer. */
export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const secondsOf = (ms: number): string => String(ms / 1000);

export const sendingDraftOf = ({
  apiPace,
  bulkPace,
  perHour,
  perDay,
  quietHours,
  warmUp,
  onlyKnownChats,
  stopOnFailures,
}: SendingSettings): SendingDraft => {
  const capped = perHour !== undefined || perDay !== undefined;
  return {
    apiMinSeconds: secondsOf(apiPace.minMs),
    apiMaxSeconds: secondsOf(apiPace.maxMs),
    bulkMinSeconds: secondsOf(bulkPace.minMs),
    bulkMaxSeconds: secondsOf(bulkPace.maxMs),
    capsOn: capped,
    perHour: perHour === undefined ? (capped ? '' : suggested.perHour) : String(perHour),
    perDay: perDay === undefined ? (capped ? '' : suggested.perDay) : String(perDay),
    quietOn: quietHours !== undefined,
    quietFrom: quietHours?.from ?? suggested.from,
    quietTo: quietHours?.to ?? suggested.to,
    quietTimeZone: quietHours?.timeZone ?? ownTimeZone(),
    quietHoldsPeople: quietHours?.holdPeople ?? false,
    warmUpOn: warmUp !== undefined,
    warmUpDays: String(warmUp?.days ?? suggested.days),
    warmUpFirstDay: String(warmUp?.firstDay ?? suggested.firstDay),
    onlyKnownChats,
    stopOnFailures,
  };
};

const whole = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN);

const milliseconds = (text: string): number =>
  /^\d{1,4}([.,]\d{1,3})?$/.test(text.trim()) ? Math.round(Number(text.trim().replace(',', '.')) * 1000) : Number.NaN;

const outside = (value: number, least: number, most: number): boolean =>
  Number.isNaN(value) || value < least || value > most;

const paceProblems = (
  minSeconds: string,
  maxSeconds: string,
): { readonly min?: string | undefined; readonly max?: string | undefined } => {
  const [min, max] = [milliseconds(minSeconds), milliseconds(maxSeconds)];
  const range = 'Type 0 to 3600 seconds.';
  return {
    min: outside(min, 0, 3_600_000) ? range : undefined,
    max: outside(max, 0, 3_600_000)
      ? range
      : min > max
        ? 'The longest gap must not be shorter than the shortest.'
        : undefined,
  };
};

const capProblem = (text: string): string | undefined =>
  text.trim() !== '' && outside(whole(text), 1, 100_000)
    ? 'A cap is 1 to 100000 messages, or empty for none.'
    : undefined;

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** What is wrong with the fields that are switched on, one sentence each. */
export const sendingProblemsOf = (draft: SendingDraft): SendingProblems => {
  const api = paceProblems(draft.apiMinSeconds, draft.apiMaxSeconds);
  const bulk = paceProblems(draft.bulkMinSeconds, draft.bulkMaxSeconds);
  const time = (text: string): string | undefined =>
    isTime(text) ? undefined : 'Type a time from 00:00 to 23:59, for example 21:30.';
  const sameTime = draft.quietFrom === draft.quietTo ? 'The end must differ from the beginning.' : undefined;
  const found: Readonly<Record<string, string | undefined>> = {
    apiMinSeconds: api.min,
    apiMaxSeconds: api.max,
    bulkMinSeconds: bulk.min,
    bulkMaxSeconds: bulk.max,
    ...(draft.capsOn
      ? {
          perHour:
            draft.perHour.trim() === '' && draft.perDay.trim() === ''
              ? 'Type a cap for an hour or for a day, or switch the caps off.'
              : capProblem(draft.perHour),
          perDay: capProblem(draft.perDay),
        }
      : {}),
    ...(draft.quietOn ? { quietFrom: time(draft.quietFrom), quietTo: time(draft.quietTo) ?? sameTime } : {}),
    ...(draft.warmUpOn
      ? {
          warmUpDays: outside(whole(draft.warmUpDays), 1, 60) ? 'A warm-up takes 1 to 60 days.' : undefined,
          warmUpFirstDay: outside(whole(draft.warmUpFirstDay), 1, 1000)
            ? 'Type 1 to 1000 messages for the first day.'
            : undefined,
        }
      : {}),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a form without problems changes: only what differs, so that nothing else is touched. */
export const sendingEditOf = (draft: SendingDraft, saved: SendingSettings): SendingSettingsChange | undefined => {
  const apiPace = { minMs: milliseconds(draft.apiMinSeconds), maxMs: milliseconds(draft.apiMaxSeconds) };
  const bulkPace = { minMs: milliseconds(draft.bulkMinSeconds), maxMs: milliseconds(draft.bulkMaxSeconds) };
  const capOf = (text: string): number | undefined => (draft.capsOn && text.trim() !== '' ? whole(text) : undefined);
  const perHour = capOf(draft.perHour);
  const perDay = capOf(draft.perDay);
  const quietHours = draft.quietOn
    ? {
        from: draft.quietFrom,
        to: draft.quietTo,
        timeZone: draft.quietTimeZone,
        holdPeople: draft.quietHoldsPeople,
      }
    : undefined;
  const warmUp = draft.warmUpOn ? { days: whole(draft.warmUpDays), firstDay: whole(draft.warmUpFirstDay) } : undefined;
  const quietBefore = saved.quietHours && {
    from: saved.quietHours.from,
    to: saved.quietHours.to,
    timeZone: saved.quietHours.timeZone,
    holdPeople: saved.quietHours.holdPeople,
  };
  const warmUpBefore = saved.warmUp && { days: saved.warmUp.days, firstDay: saved.warmUp.firstDay };
  const change: SendingSettingsChange = {
    ...(apiPace.minMs === saved.apiPace.minMs && apiPace.maxMs === saved.apiPace.maxMs ? {} : { apiPace }),
    ...(bulkPace.minMs === saved.bulkPace.minMs && bulkPace.maxMs === saved.bulkPace.maxMs ? {} : { bulkPace }),
    ...(perHour === saved.perHour ? {} : { perHour: perHour ?? 'none' }),
    ...(perDay === saved.perDay ? {} : { perDay: perDay ?? 'none' }),
    ...(same(quietHours, quietBefore) ? {} : { quietHours: quietHours ?? 'none' }),
    ...(same(warmUp, warmUpBefore) ? {} : { warmUp: warmUp ?? 'none' }),
    ...(draft.onlyKnownChats === saved.onlyKnownChats ? {} : { onlyKnownChats: draft.onlyKnownChats }),
    ...(draft.stopOnFailures === saved.stopOnFailures ? {} : { stopOnFailures: draft.stopOnFailures }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
};
