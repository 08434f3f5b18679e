import { describe, expect, it } from 'vitest';
import {
  checkTruth,
  type LedgerLine,
  type ToldMessage,
  type TruthInput,
} from '../../fixtures/crash-matrix/truth-checker';

const customer = '5521900000010';
const messageOf = (place: number, change: Partial<ToldMessage> = {}): ToldMessage => ({
  key: `message ${place}`,
  accepted: true,
  messageId: `3EB0${place}`,
  chatId: `${customer}@c.us`,
  order: place,
  told: ['queued', 'pending', 'claimed', 'handed', 'sent', 'delivered', 'read'],
  state: 'read',
  listed: false,
  ...change,
});
const left = (place: number, id = `3EB0${place}`): readonly LedgerLine[] => [
  { seq: place * 10, kind: 'sent', id, body: `message ${place}` },
  { seq: place * 10 + 1, kind: 'delivered', customer, id, body: `message ${place}` },
  { seq: place * 10 + 2, kind: 'read', customer, id },
];
const check = (change: Partial<TruthInput>) =>
  checkTruth({ policy: 'never_twice', crashes: 1, messages: [messageOf(1)], ledger: left(1), ...change });
const uncertain = { told: ['queued', 'claimed', 'unknown'], state: 'unknown', listed: true } as const;

describe('the checker of the crash tests', () => {
  it('has nothing against messages that are there once and told so', () => {
    const verdict = check({ messages: [messageOf(1), messageOf(2)], ledger: [...left(1), ...left(2)] });
    expect(verdict.problems).toEqual([]);
    expect(verdict.counts).toMatchObject({ messages: 2, arrived: 2, uncertain: 0 });
  });

  it('finds a message that left under a second id', () => {
    const { counts, problems } = check({ ledger: [...left(1), ...left(1, '3EB0F')] });
    expect(counts.duplicates).toBe(1);
    expect(problems.join()).toContain('2 ids');
  });

  it('finds a message that the network took twice, and one that a phone showed twice', () => {
    expect(
      check({ ledger: [...left(1), { seq: 30, kind: 'sent', id: '3EB01', body: 'message 1' }] }).counts.duplicates,
    ).toBe(1);
    const shownAgain = { seq: 31, kind: 'delivered', customer, id: '3EB01', body: 'message 1' };
    expect(check({ ledger: [...left(1), shownAgain] }).counts.duplicates).toBe(1);
  });

  it('does not take an id that the network dropped for a copy', () => {
    const dropped = { seq: 30, kind: 'duplicate-dropped', id: '3EB01' };
    expect(check({ ledger: [...left(1), dropped] }).problems).toEqual([]);
  });

  it('takes the same text at two members of a group for one message', () => {
    const second = { seq: 12, kind: 'delivered', customer: '5521900000020', id: '3EB01', body: 'message 1' };
    expect(check({ ledger: [...left(1), second] }).problems).toEqual([]);
  });

  it('finds a message that left under another id than its caller was told', () => {
    expect(check({ ledger: left(1, '3EB0F') }).problems.join()).toContain('another id');
  });

  it.each(['sent', 'delivered', 'read', 'played'])('finds one that was called %s and never left', (state) => {
    const verdict = check({ messages: [messageOf(1, { told: ['queued', state], state })], ledger: [] });
    expect(verdict.counts.falseSent).toBe(1);
  });

  it('finds one that was called sent for a moment only', () => {
    const told = ['queued', 'sent', 'unknown'];
    const verdict = check({ messages: [messageOf(1, { ...uncertain, told })], ledger: [] });
    expect(verdict.counts.falseSent).toBe(1);
  });

  it.each(['failed', 'cancelled'])('finds one that was called %s and did leave', (state) => {
    const verdict = check({ messages: [messageOf(1, { told: ['queued', state], state, listed: true })] });
    expect(verdict.counts.falseNotSent).toBe(1);
  });

  it('finds one that is lost under never_lost, however it is shown', () => {
    const verdict = check({ policy: 'never_lost', messages: [messageOf(1, uncertain)], ledger: [] });
    expect(verdict.counts.lost).toBe(1);
  });

  it('allows one uncertain message for each crash under never_twice, and no second', () => {
    expect(check({ messages: [messageOf(1, uncertain)], ledger: [] }).problems).toEqual([]);
    const two = [messageOf(1, uncertain), messageOf(2, uncertain)];
    expect(check({ messages: two, ledger: [] }).counts.lost).toBe(1);
    expect(check({ messages: two, ledger: [], crashes: 2 }).problems).toEqual([]);
    expect(check({ messages: [messageOf(1, uncertain)], ledger: [], crashes: 0 }).counts.lost).toBe(1);
  });

  it('finds an uncertain message that is on no list', () => {
    expect(check({ messages: [messageOf(1, { ...uncertain, listed: false })], ledger: [] }).counts.unlisted).toBe(1);
  });

  it.each(['queued', 'claimed', 'handed'])('finds one that stays %s', (state) => {
    const verdict = check({ messages: [messageOf(1, { told: ['queued'], state })] });
    expect(verdict.counts.unsettled).toBe(1);
  });

  it('finds one that was accepted and that the outbox has forgotten', () => {
    const { state: _, ...gone } = messageOf(1, { told: ['queued'] });
    const verdict = check({ messages: [gone], ledger: [] });
    expect(verdict.counts).toMatchObject({ unsettled: 1, lost: 1, unlisted: 1 });
  });

  it('asks nothing of one that was never accepted, but that it is not there twice', () => {
    const refused: ToldMessage = { key: 'message 1', accepted: false, told: [], listed: false };
    expect(check({ messages: [refused], ledger: [] }).problems).toEqual([]);
    expect(check({ messages: [refused], ledger: [...left(1), ...left(1, '3EB0F')] }).counts.duplicates).toBe(1);
  });

  it('finds messages of one chat that changed places, and lets those of two chats pass each other', () => {
    const ledger = [...left(1), ...left(2).map((line) => ({ ...line, seq: line.seq - 15 }))];
    expect(check({ messages: [messageOf(1), messageOf(2)], ledger }).counts.outOfOrder).toBe(1);
    const elsewhere = messageOf(2, { chatId: '5521900000020@c.us' });
    expect(check({ messages: [messageOf(1), elsewhere], ledger }).problems).toEqual([]);
  });
});
