import type { Gate } from '../../../electron/contract/entities/send';
import type { SendingSettings } from '../../../electron/contract/entities/sending-settings';
import { formatNumber, formatUntil } from '../../ui/format-time';

/** One limit: how much of it is used, in words and as a share. */
export interface LimitLine {
  readonly name: string;
  readonly words: string;
  /** 0 to 1; undefined where nothing limits. */
  readonly share: number | undefined;
  /** When it begins anew, or what it means. */
  readonly note: string | undefined;
}

const used = (name: string, count: number, cap: number | undefined, note?: string): LimitLine => ({
  name,
  words: cap === undefined ? formatNumber(count) : `${formatNumber(count)} of ${formatNumber(cap)}`,
  share: cap === undefined ? undefined : cap === 0 ? 1 : count / cap,
  note,
});

/** What this console counts: the last hour and day against their caps, and the warm-up. */
export const ownLimits = (gate: Gate, sending: SendingSettings): readonly LimitLine[] => [
  used('Last hour', gate.lastHour, sending.perHour),
  used('Last 24 hours', gate.lastDay, sending.perDay),
  ...(gate.warmUp === undefined
    ? []
    : [
        used(
          `Warm-up, day ${gate.warmUp.day} of ${gate.warmUp.days}`,
          gate.warmUp.used,
          gate.warmUp.allowed,
          'Automatic messages in 24 hours.',
        ),
      ]),
];

const warnings = {
  NONE: undefined,
  FIRST_WARNING: 'WhatsApp has warned once.',
  SECOND_WARNING: 'WhatsApp has warned twice.',
  CAPPED: 'It is used up: no new chats.',
} as const;

/** What WhatsApp itself has stated and still holds. */
export const statedLimits = ({ stated }: Gate, nowMs: number): readonly LimitLine[] => {
  const { timelock, capping } = stated ?? {};
  return [
    ...(timelock === undefined || timelock.endsAtMs <= nowMs
      ? []
      : [
          {
            name: 'New chats',
            words: `none until ${formatUntil(timelock.endsAtMs, nowMs)}`,
            share: 1,
            note: 'Answers that people type go on. What is automatic waits.',
          },
        ]),
    ...(capping === undefined || capping.cycleEndsAtMs <= nowMs
      ? []
      : [
          used(
            'New chats in this cycle',
            capping.used,
            capping.quota,
            [`Resets at ${formatUntil(capping.cycleEndsAtMs, nowMs)}.`, warnings[capping.status]]
              .filter(Boolean)
              .join(' '),
          ),
        ]),
  ];
};
