import { type StatedLimits, statedLimitsSchema } from '../contract/entities/send';
import { finiteNumberOf, isRaw, textOf } from './raw-page';

/** Times below are seconds, above milliseconds since 1970: WhatsApp Web writes the one and the other. */
const largestSeconds = 100_000_000_000;
/** A limit whose end the page does not say is looked at again at every full hour. */
const hourMs = 3_600_000;

const timeOf = (value: unknown): number | undefined => {
  const time = finiteNumberOf(typeof value === 'string' && value !== '' ? Number(value) : value);
  if (time === undefined || time <= 0) return undefined;
  const ms = Math.trunc(time < largestSeconds ? time * 1000 : time);
  return Number.isSafeInteger(ms) ? ms : undefined;
};

const countOf = (value: unknown): number | undefined => {
  const count = finiteNumberOf(value);
  return count === undefined ? undefined : Math.max(0, Math.trunc(count));
};

/** WhatsApp's limits as the contract has them. What the page says in other words than known ones is left out. */
export const translateLimits = (value: unknown, nowMs: number): StatedLimits => {
  const { timelock, capping } = isRaw(value) ? value : {};
  const limits: Record<string, unknown> = {};
  if (isRaw(timelock)) {
    const endsAtMs = timeOf(timelock['ends']) ?? (Math.floor(nowMs / hourMs) + 1) * hourMs;
    limits['timelock'] = { endsAtMs, enforcementType: textOf(timelock['enforcementType']) ?? 'DEFAULT' };
  }
  if (isRaw(capping)) {
    const cap = {
      status: capping['status'],
      quota: countOf(capping['quota']),
      used: countOf(capping['used']),
      cycleEndsAtMs: timeOf(capping['cycleEnds']),
    };
    if (statedLimitsSchema.shape.capping.unwrap().safeParse(cap).success) limits['capping'] = cap;
  }
  return statedLimitsSchema.parse(limits);
};
