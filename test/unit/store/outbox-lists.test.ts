import { beforeEach, describe, expect, it } from 'vitest';
import { mediaIdSchema } from '../../../electron/contract/entities/outgoing';
import { type SendState, sendStateSchema } from '../../../electron/contract/entities/send';
import { createAccountDatabase } from '../../../electron/store/account-database';
import { accountId, ana, anInbound, anOwn, bruno, messageId } from '../../fakes/entities';
import { aStep, createOutboxDatabase, type OutboxDatabase, someMedia } from '../../fakes/outbox-database';

const ackMs = 9_000_000;
let { database, file, queue, take, ack }: OutboxDatabase = createOutboxDatabase(ackMs);

beforeEach(() => {
  ({ database, file, queue, take, ack } = createOutboxDatabase(ackMs));
});

describe('the lists of the outbox', () => {
  const fill = (): void => {
    const ends: readonly SendState[] = [
      'queued',
      'claimed',
      'handed',
      'sent',
      'failed',
      'unknown',
      'stuck',
      'cancelled',
    ];
    const ways: Partial<Readonly<Record<SendState, readonly SendState[]>>> = {
      claimed: ['claimed'],
      handed: ['claimed', 'handed'],
      sent: ['sent'],
      failed: ['failed'],
      unknown: ['claimed', 'unknown'],
      stuck: ['claimed', 'handed', 'stuck'],
      cancelled: ['cancelled'],
    };
    for (let index = 0; index < 48; index += 1) {
      const id = `3EB0${index}`;
      const chat = index % 3 === 0 ? bruno : ana;
      queue(id, { chatId: chat, policy: index % 2 === 0 ? 'never_twice' : 'never_lost' });
      const way = ways[ends[index % ends.length] ?? 'queued'] ?? [];
      database.stepSends(way.map((to) => aStep(id, to, { chatId: chat })));
    }
  };
  const statesOf = {
    all: sendStateSchema.options,
    waiting: ['queued', 'claimed', 'handed'],
    attention: ['failed', 'unknown', 'stuck'],
    done: ['sent', 'delivered', 'read', 'cancelled', 'dismissed'],
  } as const;

  it.each(
    (['all', 'waiting', 'attention', 'done'] as const).flatMap((filter) =>
      [undefined, ana, bruno].map((chat) => [filter, chat] as const),
    ),
  )('show what is %s in %s, newest first, and every page goes on where the last ended', (filter, chat) => {
    fill();
    const everything = database.listSends({ filter: 'all', chatId: undefined, cursor: undefined, limit: 200 }).sends;
    expect(everything).toHaveLength(48);
    const wanted = everything.filter(
      (send) =>
        (statesOf[filter] as readonly string[]).includes(send.state) && (chat === undefined || send.chatId === chat),
    );
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted).toEqual(wanted.toSorted((one, other) => other.order - one.order));
    for (const limit of [1, 4, wanted.length]) {
      const seen: unknown[] = [];
      let cursor: string | undefined;
      do {
        const page = database.listSends({ filter, chatId: chat, cursor, limit });
        expect(page.sends.length).toBeLessThanOrEqual(limit);
        seen.push(...page.sends);
        cursor = page.nextCursor;
        // A page that does not go on must fail here instead of never ending.
      } while (cursor !== undefined && seen.length <= wanted.length);
      expect(seen).toEqual(wanted);
    }
  });

  it('refuse a cursor that they did not give', () => {
    for (const cursor of ['', '!', 'e30', btoa('["messages",1,2]'), btoa('["sends","1 OR 1=1"]')]) {
      expect(() => database.listSends({ filter: 'all', chatId: undefined, cursor, limit: 5 })).toThrow(
        expect.objectContaining({ code: 'VALIDATION_ERROR' }),
      );
    }
  });

  it('are counted, and what is to be gone on with comes in order of acceptance', () => {
    fill();
    expect(database.countSends()).toEqual({ waiting: 6, underway: 12, attention: 18 });
    const open = database.listOpenSends();
    expect(open.map((send) => send.order)).toEqual(
      open.map((send) => send.order).toSorted((one, other) => one - other),
    );
    expect(new Set(open.map((send) => send.state))).toEqual(new Set(['queued', 'claimed', 'handed', 'unknown']));
    // Of the unknown ones only those that must not get lost.
    expect(open.filter((send) => send.state === 'unknown').every((send) => send.policy === 'never_lost')).toBe(true);
    expect(open).toHaveLength(18 + 6);
  });

  it('count what a rolled back commit did not do', () => {
    queue('3EB01');
    expect(() =>
      database.stepSends([aStep('3EB01', 'failed'), aStep('3EB01', 'queued', { atMs: Number.NaN })]),
    ).toThrow();
    expect(database.countSends()).toEqual({ waiting: 1, underway: 0, attention: 0 });
  });

  it('know the files that rows still need', () => {
    const mediaIdOf = (digit: string) => mediaIdSchema.parse(digit.repeat(32));
    const first = mediaIdOf('A');
    const ids = [first, ...['B', 'C', 'D'].map(mediaIdOf)];
    for (const [index, mediaId] of ids.entries()) queue(`3EB0${index}`, { content: someMedia({ mediaId }) });
    queue('3EB09', { content: someMedia({ mediaId: first }) });
    take('3EB00', 'cancelled');
    take('3EB01', 'claimed');
    take('3EB02', 'failed');
    take('3EB03', 'sent');
    expect(database.listNeededMedia().toSorted()).toEqual(ids.slice(0, 3));
  });
});

describe('departures', () => {
  const departures = (since = 0) =>
    database.listDepartures(since).map((one) => `${one.messageId} ${one.trustedMs} ${one.lane}`);
  const depart = (id: string, trustedMs: number): void => {
    queue(id);
    take(id, 'claimed', { departure: { messageId: messageId(id), trustedMs, lane: 'bulk' } });
  };

  it('are counted with the claim, once for one message, and oldest first', () => {
    depart('3EB01', 300.25);
    depart('3EB02', 100);
    take('3EB01', 'queued');
    take('3EB01', 'claimed', { departure: { messageId: messageId('3EB01'), trustedMs: 500, lane: 'bulk' } });
    expect(departures()).toEqual(['3EB02 100 bulk', '3EB01 500 bulk']);
    expect(departures(100.5)).toEqual(['3EB01 500 bulk']);
  });

  it('are forgotten after two days of trusted time', () => {
    const twoDaysMs = 2 * 24 * 60 * 60 * 1000;
    depart('3EB01', 10);
    depart('3EB02', 11);
    depart('3EB03', 11 + twoDaysMs);
    expect(departures()).toEqual(['3EB02 11 bulk', `3EB03 ${11 + twoDaysMs} bulk`]);
  });
});

describe('facts of the gate', () => {
  it('are kept by name until they are taken away', () => {
    expect(database.readGateFacts()).toEqual({});
    database.writeGateFacts({ a: '1', b: '{"x":"😀"}', __proto__x: 'odd' });
    database.writeGateFacts({ a: '2', b: undefined, c: undefined });
    expect(database.readGateFacts()).toEqual({ a: '2', __proto__x: 'odd' });
  });
});

describe('a commit of the outbox', () => {
  it('survives a power cut; what WhatsApp can tell again is written faster', () => {
    let seen: unknown[] = [];
    file.function('note_synchronous', () => {
      seen.push(file.prepare('PRAGMA synchronous').get()?.['synchronous']);
      return 0;
    });
    file.exec('PRAGMA synchronous = NORMAL');
    for (const [name, event] of [
      ['t1', 'INSERT ON main.outbox'],
      ['t2', 'UPDATE ON main.outbox'],
      ['t3', 'INSERT ON main.messages'],
      ['t4', 'INSERT ON main.gate_facts'],
    ]) {
      file.exec(`CREATE TEMP TRIGGER ${name} AFTER ${event} BEGIN SELECT note_synchronous(); END`);
    }
    const levels = (work: () => unknown): readonly unknown[] => {
      seen = [];
      work();
      expect(file.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 1 });
      return [...new Set(seen)];
    };
    const [normal, full] = [[1], [2]];
    expect(levels(() => queue('3EB01'))).toEqual(full);
    expect(levels(() => take('3EB01', 'claimed'))).toEqual(full);
    expect(levels(() => database.writeGateFacts({ a: '1' }))).toEqual(full);
    expect(levels(() => database.saveMessages([anInbound('A1'), anOwn('PHONE', { status: 'sent' })]))).toEqual(normal);
    expect(levels(() => database.saveMessages([anInbound('A2'), anOwn('3EB01', { status: 'sent' })]))).toEqual(full);
    expect(levels(() => ack('3EB01', 'delivered'))).toEqual(full);
    expect(levels(() => ack('PHONE', 'read'))).toEqual([]);
  });
});

describe('an outbox of a hundred thousand rows', () => {
  it('answers from its indexes: nothing reads or sorts the whole of it', () => {
    const plans: { readonly sql: string; readonly detail: string }[] = [];
    const prepare = file.prepare.bind(file);
    const watched = new Proxy(file, {
      get(target, name) {
        if (name === 'prepare') {
          return (sql: string) => {
            plans.push(
              ...prepare(`EXPLAIN QUERY PLAN ${sql}`)
                .all()
                .map((row) => ({ sql, detail: String(row['detail']) })),
            );
            return prepare(sql);
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    createAccountDatabase(watched, accountId('support'), () => ackMs);
    const ofOutbox = plans.filter(({ sql }) => /\b(outbox|departures)\b/.test(sql));
    expect(ofOutbox.length).toBeGreaterThan(8);
    // These two indexes hold nothing but the rows that are wanted.
    const whole = ofOutbox.filter(({ detail }) => /^SCAN (?!.*INDEX outbox_(lost|media)\b)|TEMP B-TREE/.test(detail));
    expect(whole).toEqual([]);
    const details = ofOutbox.map(({ detail }) => detail);
    for (const place of [
      'outbox_by_stage (stage=? AND position<?)',
      'outbox_by_chat (chat_id=? AND stage=? AND position<?)',
    ]) {
      expect(details).toContainEqual(expect.stringContaining(place));
    }
  });
});
