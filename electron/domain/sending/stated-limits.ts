import type { SendLane, StatedLimits } from '../../contract/entities/send';
import { isAutomatic } from './departures';

/** A limit of WhatsApp's that holds a message, and the wall-clock time at which WhatsApp says it ends. */
export interface StatedHold {
  readonly reason: 'whatsapp_timelock' | 'whatsapp_cap';
  readonly untilMs: number;
}

/**
 * What WhatsApp's own limits hold. The timelock (463) stops everything automatic and a person's messages to chats in which
 * the customer never wrote; a used-up quota of new chats stops messages to such chats. An end that has passed holds nothing.
 */
export const statedHolds = (
  stated: StatedLimits | undefined,
  row: { readonly lane: SendLane; readonly isKnownChat: boolean },
  wallMs: number,
): readonly StatedHold[] => {
  const holds: StatedHold[] = [];
  const { timelock, capping } = stated ?? {};
  if (timelock !== undefined && timelock.endsAtMs > wallMs && (isAutomatic(row.lane) || !row.isKnownChat)) {
    holds.push({ reason: 'whatsapp_timelock', untilMs: timelock.endsAtMs });
  }
  if (capping?.status === 'CAPPED' && capping.cycleEndsAtMs > wallMs && !row.isKnownChat) {
    holds.push({ reason: 'whatsapp_cap', untilMs: capping.cycleEndsAtMs });
  }
  return holds;
};
