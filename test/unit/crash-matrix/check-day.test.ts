import { describe, expect, it } from 'vitest';
import { checkDay, type Day, type DayMessage } from '../../fixtures/random-days/check-day';

const toldOf = (...states: readonly string[]) => states.map((state, place) => ({ state, atMs: 1_000 + place * 100 }));
const messageOf = (change: Partial<DayMessage> = {}): DayMessage => ({
  key: 'message 1',
  messageId: '3EB01',
  to: 'ana',
  policy: 'never_twice',
  told: toldOf('queued', 'claimed', 'handed', 'sent'),
  state: 'sent',
  listed: false,
  ...change,
});
const sent = { seq: 1, kind: 'sent', id: '3EB01', body: 'message 1' };
const shown = { seq: 2, kind: 'delivered', customer: '5521', id: '3EB01', body: 'message 1' };
const dayOf = (message: Partial<DayMessage>, change: Partial<Day> = {}): Day => ({
  messages: [messageOf(message)],
  ledger: [sent, shown],
  pauses: [],
  optOuts: [],
  optedOut: 'bruno',
  ...change,
});
const nothingLeft = { ledger: [] };
const failed = { told: toldOf('queued', 'claimed', 'failed'), state: 'failed', listed: true } as const;

describe('the checker of random days', () => {
  it('has nothing against a day on which the truth was told', () => {
    expect(checkDay(dayOf({}))).toEqual([]);
    expect(checkDay(dayOf(failed, nothingLeft))).toEqual([]);
    expect(checkDay(dayOf({ told: toldOf('queued', 'cancelled'), state: 'cancelled' }, nothingLeft))).toEqual([]);
    expect(checkDay(dayOf({ told: toldOf('queued', 'claimed', 'failed', 'queued', 'claimed', 'sent') }))).toEqual([]);
  });

  it.each<readonly [string, Partial<DayMessage>, Partial<Day>]>([
    ['taken twice', {}, { ledger: [sent, { ...sent, seq: 3 }, shown] }],
    ['left under the id', {}, { ledger: [{ ...sent, id: '3EB02' }] }],
    ['shown twice', {}, { ledger: [sent, shown, { ...shown, seq: 3 }] }],
    ['called sent', {}, nothingLeft],
    ['was cancelled', { told: toldOf('queued', 'cancelled'), state: 'cancelled' }, {}],
    ['called failed and is', failed, {}],
    ['without another attempt', { told: toldOf('queued', 'failed', 'sent') }, {}],
    ['no end', { told: toldOf('queued', 'claimed'), state: 'claimed' }, {}],
    ['not shown as uncertain', { told: toldOf('queued'), state: 'queued' }, nothingLeft],
    ['not on the list', { ...failed, listed: false }, nothingLeft],
    [
      'is lost',
      { told: toldOf('queued', 'unknown'), state: 'unknown', listed: true, policy: 'never_lost' },
      nothingLeft,
    ],
    ['went to nobody', { to: 'nobody' }, {}],
    ['was paused', {}, { pauses: [{ fromMs: 1_050, toMs: 1_150 }] }],
    ['not to be contacted', { to: 'bruno' }, { optOuts: [{ fromMs: 1_050, toMs: 1_150 }] }],
  ])('finds what is wrong: %s', (words, message, day) => {
    const expected = words === 'taken twice' ? 'was taken 2 times' : words;
    expect(checkDay(dayOf(message, day)).join('\n')).toContain(expected);
  });

  it('lets messages leave before and after a hold, and others than the one who asked not to be written to', () => {
    const stretch = [{ fromMs: 1_150, toMs: 1_400 }];
    expect(checkDay(dayOf({}, { pauses: stretch }))).toEqual([]);
    expect(checkDay(dayOf({}, { optOuts: [{ fromMs: 0, toMs: 9_999 }] }))).toEqual([]);
  });
});
