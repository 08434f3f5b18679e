import { type Gate, gateSchema, type StatedLimits, statedLimitsSchema } from '../../contract/entities/send';
import type { ProfileMark } from '../../domain/sending/profile-epoch';
import type { SavedTrustedTime } from '../../domain/sending/trusted-time';

export type Hold = NonNullable<Gate['paused']>;

/** What is kept on disk of an account's gate. */
export interface GateFacts {
  readonly trustedTime?: SavedTrustedTime;
  /** When the account was added, in trusted time. */
  readonly accountSinceTrustedMs?: number;
  readonly hold?: Hold;
  readonly stated?: StatedLimits;
  readonly profileMark?: ProfileMark;
}

export type GateFactName = keyof GateFacts;

const read = (text: string | undefined): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const isMoment = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const trustedTimeIn = (value: unknown): SavedTrustedTime | undefined => {
  const { trustedMs, wallMs } = fieldsOf(value);
  return isMoment(trustedMs) && isMoment(wallMs) ? { trustedMs, wallMs } : undefined;
};

const profileMarkIn = (value: unknown): ProfileMark | undefined => {
  const { epoch, launches } = fieldsOf(value);
  return typeof epoch === 'string' && isMoment(launches) ? { epoch, launches } : undefined;
};

/** Facts as the store keeps them, JSON by name. One that makes no sense counts as never written. */
export const readGateFacts = (stored: Readonly<Record<string, string>>): GateFacts => {
  const trustedTime = trustedTimeIn(read(stored['trustedTime']));
  const since = read(stored['accountSinceTrustedMs']);
  const hold = gateSchema.shape.paused.safeParse(read(stored['hold'])).data;
  const stated = statedLimitsSchema.safeParse(read(stored['stated'])).data;
  const profileMark = profileMarkIn(read(stored['profileMark']));
  return {
    ...(trustedTime === undefined ? {} : { trustedTime }),
    ...(isMoment(since) ? { accountSinceTrustedMs: since } : {}),
    ...(hold === undefined ? {} : { hold }),
    ...(stated === undefined ? {} : { stated }),
    ...(profileMark === undefined ? {} : { profileMark }),
  };
};

/** Facts as the store keeps them; undefined takes one away. */
export const writtenGateFacts = (
  facts: Partial<Record<GateFactName, unknown>>,
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, value === undefined ? undefined : JSON.stringify(value)]),
  );
