import { beforeEach, describe, expect, it } from 'vitest';
import { type SendState, sendStateSchema } from '../../../electron/contract/entities/send';
import { mayBecome } from '../../../electron/domain/send-states';
import { ana, anOwn, messageId } from '../../fakes/entities';
import { aStep, createOutboxDatabase, type OutboxDatabase } from '../../fakes/outbox-database';

const ackMs = 9_000_000;
const nothing = { added: [], updated: [], sends: [], chats: [] };
let { database, queue, take, ack, find, shown, states }: OutboxDatabase = createOutboxDatabase(ackMs);

beforeEach(() => {
  ({ database, queue, take, ack, find, shown, states } = createOutboxDatabase(ackMs));
});

describe('the arrows of a row', () => {
  /** A way from `queued` to each state. */
  const ways: Readonly<Record<SendState, readonly SendState[]>> = {
    queued: [],
    claimed: ['claimed'],
    handed: ['claimed', 'handed'],
    sent: ['claimed', 'handed', 'sent'],
    delivered: ['claimed', 'handed', 'delivered'],
    read: ['claimed', 'handed', 'read'],
    failed: ['failed'],
    unknown: ['claimed', 'unknown'],
    stuck: ['claimed', 'handed', 'stuck'],
    cancelled: ['cancelled'],
    dismissed: ['failed', 'dismissed'],
  };
  const shownAfter: Readonly<Record<SendState, string>> = {
    queued: 'pending',
    claimed: 'pending',
    handed: 'pending',
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    failed: 'failed',
    unknown: 'unknown',
    stuck: 'pending',
    cancelled: '',
    dismissed: '',
  };

  it.each(sendStateSchema.options.flatMap((from) => sendStateSchema.options.map((to) => [from, to] as const)))(
    'from %s to %s are taken or change nothing at all',
    (from, to) => {
      queue('3EB01');
      database.stepSends(ways[from].map((state) => aStep('3EB01', state, { problem: 'before' })));
      const before = { send: find('3EB01'), messages: shown() };
      expect(before.send?.state).toBe(from);
      const departure = { messageId: messageId('3EB01'), trustedMs: 5, lane: 'api' as const };
      const result = take('3EB01', to, { atMs: 4_000_000, problem: 'why', epoch: 'E2', departure });
      if (!mayBecome(from, to)) {
        expect(result).toEqual({ sends: [], messages: [], chats: [], removed: [] });
        expect({ send: find('3EB01'), messages: shown() }).toEqual(before);
        expect(database.listDepartures(0)).toEqual([]);
        return;
      }
      expect(result.sends).toEqual([find('3EB01')]);
      expect(find('3EB01')).toMatchObject({ state: to, changedAtMs: 4_000_000 });
      expect(find('3EB01')?.problem).toBe(['failed', 'unknown', 'stuck'].includes(to) ? 'why' : undefined);
      expect(database.listDepartures(0)).toEqual([departure]);
      const status = shownAfter[to] === '' ? before.messages : [`3EB01 ${shownAfter[to]}`];
      expect(shown()).toEqual(to === 'cancelled' ? [] : status);
    },
  );

  it('tell when and how often the page was asked, and under which profile', () => {
    queue('3EB01');
    take('3EB01', 'claimed', { atMs: 10, epoch: 'E1' });
    take('3EB01', 'queued', { atMs: 20 });
    expect(find('3EB01')).toMatchObject({
      state: 'queued',
      attempt: 1,
      claimedAtMs: 10,
      epoch: 'E1',
      wasHanded: false,
    });
    take('3EB01', 'claimed', { atMs: 30, epoch: 'E2' });
    take('3EB01', 'handed', { atMs: 40 });
    take('3EB01', 'delivered', { atMs: 50 });
    take('3EB01', 'read', { atMs: 60 });
    expect(find('3EB01')).toMatchObject({
      attempt: 2,
      epoch: 'E2',
      claimedAtMs: 30,
      handedAtMs: 40,
      sentAtMs: 50,
      changedAtMs: 60,
      wasHanded: true,
    });
  });

  it('are taken together, and of a row that is not there nothing is said', () => {
    queue('3EB01');
    queue('3EB02');
    take('3EB01', 'claimed');
    const { sends, messages } = database.stepSends([
      aStep('3EB01', 'handed'),
      aStep('NEVER', 'sent'),
      aStep('3EB02', 'claimed'),
      aStep('3EB02', 'failed', { problem: 'no' }),
    ]);
    expect(sends.map((send) => `${send.messageId} ${send.state}`)).toEqual(['3EB01 handed', '3EB02 failed']);
    expect(messages).toMatchObject([{ id: '3EB02', status: 'failed', problem: 'no' }]);
  });

  it('are all taken or none', () => {
    queue('3EB01');
    queue('3EB02');
    expect(() =>
      database.stepSends([aStep('3EB01', 'claimed'), aStep('3EB02', 'claimed', { atMs: Number.NaN })]),
    ).toThrow();
    expect(states()).toEqual(['3EB01 queued', '3EB02 queued']);
    expect(database.countSends()).toEqual({ waiting: 2, underway: 0, attention: 0 });
  });

  it('take a cancelled message out of its conversation, whose last message is the one before', () => {
    queue('3EB01', { timestampMs: 1_000 });
    queue('3EB02', { timestampMs: 2_000 });
    const first = take('3EB02', 'cancelled');
    expect(first.removed).toEqual([{ chatId: ana, messageId: '3EB02' }]);
    expect(first.chats).toMatchObject([{ id: ana, lastMessage: { id: '3EB01' } }]);
    expect(first.messages).toEqual([]);
    const [chat] = take('3EB01', 'cancelled').chats;
    expect(chat).toMatchObject({ id: ana });
    expect(chat).not.toHaveProperty('lastMessage');
    expect(shown()).toEqual([]);
  });

  it('name the chat only where its row in the list is different', () => {
    queue('3EB01', { timestampMs: 1_000 });
    queue('3EB02', { timestampMs: 2_000 });
    expect(take('3EB01', 'failed', { problem: 'no' }).chats).toEqual([]);
    expect(take('3EB02', 'failed', { problem: 'no' }).chats).toMatchObject([
      { lastMessage: { id: '3EB02', status: 'failed' } },
    ]);
  });

  it('never take back what WhatsApp confirmed', () => {
    queue('3EB01');
    take('3EB01', 'failed', { problem: 'no' });
    take('3EB01', 'dismissed');
    ack('3EB01', 'played');
    expect(find('3EB01')?.state).toBe('read');
    expect(shown()).toEqual(['3EB01 played']);
    take('3EB01', 'queued');
    expect(shown()).toEqual(['3EB01 played']);
  });
});

describe('what WhatsApp says of a message', () => {
  beforeEach(() => {
    queue('3EB01');
    take('3EB01', 'claimed', { epoch: 'E1' });
  });

  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
  ] as const)('as %s makes its row %s, by an ack as by the message itself', (status, state) => {
    const changed = ack('3EB01', status);
    expect(changed.sends).toEqual([find('3EB01')]);
    expect(find('3EB01')).toMatchObject({ state, changedAtMs: ackMs, sentAtMs: ackMs, wasHanded: true });
    queue('3EB02');
    take('3EB02', 'claimed');
    const stored = database.saveMessages([anOwn('3EB02', { status, body: 'hello', timestampMs: 2_000_000 })]);
    expect(stored.sends).toEqual([find('3EB02')]);
    expect(stored.updated).toMatchObject([{ id: '3EB02', status }]);
    expect(find('3EB02')).toMatchObject({ state, sentAtMs: ackMs });
  });

  it('as failed makes its row failed, with words', () => {
    expect(ack('3EB01', 'failed', 'WhatsApp said no.')).toMatchObject({
      updated: [{ status: 'failed', problem: 'WhatsApp said no.' }],
      sends: [{ state: 'failed', problem: 'WhatsApp said no.' }],
    });
    queue('3EB02');
    take('3EB02', 'claimed');
    expect(database.saveMessages([anOwn('3EB02', { status: 'failed' })]).sends).toMatchObject([
      { state: 'failed', problem: 'WhatsApp did not accept this message.' },
    ]);
  });

  it('keeps the time of the first confirmation and says nothing twice', () => {
    take('3EB01', 'sent', { atMs: 100 });
    expect(ack('3EB01', 'sent')).toEqual(nothing);
    ack('3EB01', 'read');
    expect(ack('3EB01', 'delivered')).toEqual(nothing);
    expect(ack('3EB01', 'failed', 'why')).toEqual(nothing);
    expect(ack('3EB01', 'played')).toMatchObject({ sends: [] });
    expect(find('3EB01')).toMatchObject({ state: 'read', sentAtMs: 100, changedAtMs: ackMs });
    expect(ack('NEVER', 'sent')).toEqual(nothing);
  });

  it('of one that waits at the page proves that the page has it, without moving its row', () => {
    const seen = anOwn('3EB01', { body: 'hello', timestampMs: 2_000_000 });
    expect(database.saveMessages([seen]).sends).toMatchObject([{ state: 'claimed', wasHanded: true }]);
    expect(database.saveMessages([seen]).sends).toEqual([]);
  });

  it('about many messages is one change that names each chat once, and passes over what is not there', () => {
    queue('3EB02');
    take('3EB02', 'claimed');
    const changed = database.applyStatuses([
      { chatId: ana, messageId: messageId('3EB01'), status: 'sent' },
      { chatId: ana, messageId: messageId('NEVER'), status: 'sent' },
      { chatId: ana, messageId: messageId('3EB02'), status: 'delivered' },
    ]);
    expect(changed.sends).toEqual([find('3EB01'), find('3EB02')]);
    expect(changed.updated.map(({ id, status }) => `${id} ${status}`)).toEqual(['3EB01 sent', '3EB02 delivered']);
    expect(changed.chats).toMatchObject([{ id: ana, lastMessage: { id: '3EB02', status: 'delivered' } }]);
  });

  it('is applied after the messages that came before it, in one change', () => {
    const seen = anOwn('3EB01', { body: 'hello', timestampMs: 2_000_000 });
    const changed = database.saveMessages(
      [seen],
      [{ chatId: ana, messageId: messageId('3EB01'), status: 'delivered' }],
    );
    expect(changed.sends.at(-1)).toEqual(find('3EB01'));
    expect(find('3EB01')).toMatchObject({ state: 'delivered', wasHanded: true });
    expect(changed.updated.at(-1)).toMatchObject({ id: '3EB01', status: 'delivered' });
    expect(changed.chats).toMatchObject([{ lastMessage: { id: '3EB01', status: 'delivered' } }]);
    expect(shown()).toEqual(['3EB01 delivered']);
  });

  it('heals a doubt and a failure', () => {
    take('3EB01', 'unknown', { problem: 'look' });
    expect(ack('3EB01', 'delivered')).toMatchObject({
      sends: [{ state: 'delivered' }],
    });
    expect(find('3EB01')).not.toHaveProperty('problem');
    queue('3EB02');
    take('3EB02', 'failed', { problem: 'no' });
    database.saveMessages([anOwn('3EB02', { status: 'sent' })]);
    expect(find('3EB02')?.state).toBe('sent');
  });

  it('as failed is no news of a message that was queued again since', () => {
    ack('3EB01', 'failed', 'no');
    take('3EB01', 'queued');
    expect(ack('3EB01', 'failed', 'no')).toEqual(nothing);
    database.saveMessages([anOwn('3EB01', { status: 'failed', body: 'hello', timestampMs: 2_000_000 })]);
    expect(states()).toEqual(['3EB01 queued']);
    expect(shown()).toEqual(['3EB01 pending']);
  });

  it('of a message that was sent from the phone has no row to move', () => {
    expect(database.saveMessages([anOwn('PHONE', { status: 'sent' })])).toMatchObject({
      added: [{ id: 'PHONE' }],
      sends: [],
    });
  });
});
