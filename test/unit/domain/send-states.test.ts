import { describe, expect, it } from 'vitest';
import { sendStateSchema } from '../../../electron/contract/entities/send';
import { isConfirmedSend, mayBecome, needsAttention } from '../../../electron/domain/send-states';

const states = sendStateSchema.options;
const confirmed = states.filter(isConfirmedSend);

/** All states that a row can come to from one. */
const reachable = (from: (typeof states)[number]): ReadonlySet<string> => {
  const found = new Set<(typeof states)[number]>();
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const here = state;
    for (const to of states) {
      if (!mayBecome(here, to) || found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
};

describe('the states of a row of the outbox', () => {
  it('are confirmed from ack 1 on and never before', () => {
    expect(confirmed).toEqual(['sent', 'delivered', 'read']);
  });

  it('never go back from what WhatsApp confirmed', () => {
    expect(confirmed.map((state) => [...reachable(state)])).toEqual([['delivered', 'read'], ['read'], []]);
  });

  it.each(states.filter((state) => !isConfirmedSend(state) && state !== 'cancelled'))(
    'believe WhatsApp’s confirmation whatever was thought before (%s)',
    (state) => {
      expect(confirmed.every((to) => mayBecome(state, to))).toBe(true);
    },
  );

  it('are cancelled only before anything was asked of the page', () => {
    expect(states.filter((state) => mayBecome(state, 'cancelled'))).toEqual(['queued']);
    expect([...reachable('cancelled')]).toEqual([]);
  });

  it('become uncertain only when the page may have been asked', () => {
    expect(states.filter((state) => mayBecome(state, 'unknown'))).toEqual(['claimed', 'handed']);
  });

  it('are claimed from the queue alone, so that nothing is sent without its turn', () => {
    expect(states.filter((state) => mayBecome(state, 'claimed'))).toEqual(['queued']);
  });

  it('go back to the queue never by a step from handed: the page has it', () => {
    expect(states.filter((state) => mayBecome(state, 'queued'))).toEqual(['claimed', 'failed', 'unknown', 'stuck']);
  });

  it('ask a person to look exactly where a person may put them away', () => {
    expect(states.filter(needsAttention)).toEqual(states.filter((state) => mayBecome(state, 'dismissed')));
  });
});
