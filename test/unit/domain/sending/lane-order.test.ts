import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendLane } from '../../../../electron/contract/entities/send';
import { type ChatId, chatIdSchema } from '../../../../electron/contract/ids';
import type { GateVerdict } from '../../../../electron/domain/sending/gate';
import { largestVolley, nextInLine, nextTurn, volleyFrom } from '../../../../electron/domain/sending/lane-order';

interface Row {
  readonly chatId: ChatId;
  readonly lane: SendLane;
  readonly order: number;
  readonly isKnownChat: boolean;
}

const chat = (number: number): ChatId => chatIdSchema.parse(`4915112345${number}@c.us`);
const row = (lane: SendLane, order: number, chatNumber: number, isKnownChat = true): Row => ({
  chatId: chat(chatNumber),
  lane,
  order,
  isKnownChat,
});
const nobody = (): boolean => false;
const pass = (): GateVerdict => ({ open: true });
const wait = (reason: 'pace' | 'warm_up' | 'whatsapp_cap' | 'whatsapp_timelock', inMs: number): GateVerdict => ({
  open: false,
  reason,
  untilMs: inMs,
  inMs,
});

const anyRows = fc
  .array(
    fc.record({
      lane: fc.constantFrom<SendLane[]>('person', 'api', 'bulk'),
      chat: fc.nat(4),
      key: fc.nat(),
    }),
    { maxLength: 30 },
  )
  .map((given) =>
    given
      .map(({ lane, chat: number, key }, order) => ({ row: row(lane, order, number, number < 3), key }))
      .sort((one, other) => one.key - other.key)
      .map((one) => one.row),
  );

describe('who is next in line', () => {
  it('is a person before a program before a bulk send, however long those have waited', () => {
    const line = [row('bulk', 1, 1), row('api', 2, 2), row('person', 3, 3)];
    expect(nextInLine(line, nobody)).toBe(line[2]);
    expect(nextInLine(line.slice(0, 2), nobody)).toBe(line[1]);
  });

  it('is the one accepted first within a lane', () => {
    const line = [row('api', 5, 1), row('api', 4, 1), row('api', 6, 1)];
    expect(nextInLine(line, nobody)).toBe(line[1]);
  });

  it('is nobody of a chat with an earlier message in doubt', () => {
    const line = [row('person', 1, 1), row('person', 2, 1), row('bulk', 3, 2)];
    expect(nextInLine(line, (chatId) => chatId === chat(1))).toBe(line[2]);
    expect(nextInLine(line, () => true)).toBeUndefined();
    expect(nextInLine([], nobody)).toBeUndefined();
  });

  it('serves every row once: lanes in turn, and each lane in order of acceptance', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const served: Row[] = [];
        let left: readonly Row[] = rows;
        for (let next = nextInLine(left, nobody); next !== undefined; next = nextInLine(left, nobody)) {
          const taken = next;
          served.push(taken);
          left = left.filter((one) => one !== taken);
        }
        const turns = { person: 0, api: 1, bulk: 2 };
        const expected = [...rows].sort((one, other) => turns[one.lane] - turns[other.lane] || one.order - other.order);
        expect(served).toEqual(expected);
      }),
    );
  });
});

describe('whose turn it is behind the gate', () => {
  it('is the next in line when the gate is open', () => {
    const line = [row('bulk', 1, 1), row('person', 2, 2)];
    expect(nextTurn(line, nobody, pass)).toEqual({ row: line[1], verdict: { open: true } });
    expect(nextTurn([], nobody, pass)).toBeUndefined();
    expect(nextTurn(line, () => true, pass)).toBeUndefined();
  });

  it('passes over those whose chat or lane holds them', () => {
    const line = [row('person', 1, 1, false), row('api', 2, 2, false), row('api', 3, 3)];
    const ask = ({ isKnownChat }: Row): GateVerdict => (isKnownChat ? { open: true } : wait('whatsapp_cap', 60_000));
    expect(nextTurn(line, nobody, ask)?.row).toBe(line[2]);
  });

  it('does not let a lane with a shorter pace pass one that only waits for its own', () => {
    const line = [row('api', 1, 1), row('bulk', 2, 2)];
    const ask = ({ lane }: Row): GateVerdict => (lane === 'api' ? wait('pace', 5_000) : { open: true });
    expect(nextTurn(line, nobody, ask)).toEqual({ row: line[0], verdict: wait('pace', 5_000), inMs: 5_000 });
  });

  it('names what holds the first in line, and asks again when the soonest of all may leave', () => {
    const line = [row('person', 1, 1, false), row('api', 2, 2), row('bulk', 3, 3)];
    const ask = ({ lane }: Row): GateVerdict =>
      lane === 'person' ? { open: false, reason: 'unknown_chat' } : wait('warm_up', lane === 'api' ? 9_000 : 7_000);
    expect(nextTurn(line, nobody, ask)).toEqual({
      row: line[0],
      verdict: { open: false, reason: 'unknown_chat' },
      inMs: 7_000,
    });
  });

  it('says nothing of when to ask again if only a change from outside can help', () => {
    const verdict: GateVerdict = { open: false, reason: 'paused' };
    const line = [row('person', 1, 1)];
    expect(nextTurn(line, nobody, () => verdict)).toEqual({ row: line[0], verdict });
  });

  it('keeps the order in a chat that became known between two of its messages', () => {
    const line = [row('api', 1, 1, false), row('api', 2, 1, true)];
    const ask = ({ isKnownChat }: Row): GateVerdict => (isKnownChat ? { open: true } : wait('whatsapp_cap', 60_000));
    expect(nextTurn(line, nobody, ask)?.row).toBe(line[0]);
  });

  it('asks for each lane and kind of chat at most once, however many wait', () => {
    const line = Array.from({ length: 3_000 }, (_, order) =>
      row((['person', 'api', 'bulk'] as const)[order % 3] ?? 'api', order, order % 7, order % 7 > 3),
    );
    let asked = 0;
    nextTurn(line, nobody, () => {
      asked += 1;
      return wait('whatsapp_timelock', 60_000);
    });
    expect(asked).toBe(6);
  });

  it('never takes a row whose chat has an earlier one in the same lane, nor one of a held chat', () => {
    const verdicts = fc.array(
      fc.constantFrom<GateVerdict[]>({ open: true }, wait('pace', 1), wait('whatsapp_cap', 1)),
      {
        minLength: 6,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(anyRows, verdicts, fc.nat(4), (rows, answers, held) => {
        const ask = ({ lane, isKnownChat }: Row): GateVerdict =>
          answers[['person', 'api', 'bulk'].indexOf(lane) * 2 + (isKnownChat ? 0 : 1)] ?? { open: true };
        const turn = nextTurn(rows, (chatId) => chatId === chat(held), ask);
        if (turn === undefined) {
          expect(rows.every(({ chatId }) => chatId === chat(held))).toBe(true);
          return;
        }
        const { row: taken, verdict } = turn;
        expect(taken.chatId).not.toBe(chat(held));
        expect(verdict).toEqual(ask(taken));
        const isEarlier = (one: Row): boolean =>
          one.chatId === taken.chatId && one.lane === taken.lane && one.order < taken.order;
        expect(rows.some(isEarlier)).toBe(false);
      }),
    );
  });
});

describe('who may be claimed together', () => {
  const all = (): boolean => true;
  const open = () => pass;

  it('are those whose turns come next, one of a chat', () => {
    const line = [row('api', 1, 1), row('api', 2, 1), row('person', 3, 2), row('bulk', 4, 3)];
    const volley = volleyFrom(line[2] as Row, line, nobody, open, all);
    expect(volley).toEqual([line[2], line[0], line[3]]);
  });

  it('ends before one that has to go alone, and such a one takes nobody along', () => {
    const line = [row('api', 1, 1), row('api', 2, 2), row('api', 3, 3)];
    const notSecond = (one: Row): boolean => one !== line[1];
    expect(volleyFrom(line[0] as Row, line, nobody, open, notSecond)).toEqual([line[0]]);
    expect(volleyFrom(line[1] as Row, line, nobody, open, notSecond)).toEqual([line[1]]);
  });

  it('is no more than the gate lets go after each of them', () => {
    const line = [row('api', 1, 1), row('api', 2, 2), row('api', 3, 3)];
    const roomForTwo = (volley: readonly Row[]) => (): GateVerdict =>
      volley.length < 2 ? { open: true } : wait('warm_up', 60_000);
    expect(volleyFrom(line[0] as Row, line, nobody, roomForTwo, all)).toEqual([line[0], line[1]]);
  });

  it('never has two of a chat, one of a held chat, or one before another of its chat and lane', () => {
    const held = fc.nat(4);
    fc.assert(
      fc.property(anyRows, held, (rows, heldNumber) => {
        const isHeld = (chatId: ChatId): boolean => chatId === chat(heldNumber);
        const first = nextTurn(rows, isHeld, pass)?.row;
        if (first === undefined) return;
        const volley = volleyFrom(first, rows, isHeld, open, all);
        expect(volley.length).toBeLessThanOrEqual(largestVolley);
        expect(new Set(volley.map(({ chatId }) => chatId)).size).toBe(volley.length);
        expect(volley.some(({ chatId }) => isHeld(chatId))).toBe(false);
        for (const one of volley) {
          const earlier = rows.filter(
            ({ chatId, lane, order }) => chatId === one.chatId && lane === one.lane && order < one.order,
          );
          expect(earlier).toEqual([]);
        }
      }),
    );
  });
});
