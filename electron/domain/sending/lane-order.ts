import type { SendLane } from '../../contract/entities/send';
import type { ChatId } from '../../contract/ids';
import type { GateRow, GateVerdict } from './gate';

/** A queued row as far as its turn goes. */
export interface LineRow {
  readonly chatId: ChatId;
  readonly lane: SendLane;
  /** Grows in order of acceptance. */
  readonly order: number;
}

const turns: Readonly<Record<SendLane, number>> = { person: 0, api: 1, bulk: 2 };

const isBefore = (row: LineRow, other: LineRow): boolean =>
  row.lane === other.lane ? row.order < other.order : turns[row.lane] < turns[other.lane];

/**
 * The queued row whose turn it is: people first, then programs, then bulk sends; within a lane, and so within each of its
 * chats, in order of acceptance. Rows of held chats (an earlier message to them is not confirmed) let others pass.
 */
export const nextInLine = <Row extends LineRow>(
  rows: readonly Row[],
  isHeldChat: (chatId: ChatId) => boolean,
): Row | undefined => {
  let next: Row | undefined;
  for (const row of rows) {
    if ((next === undefined || isBefore(row, next)) && !isHeldChat(row.chatId)) next = row;
  }
  return next;
};

/** So many messages of an account are claimed together at most: a kill leaves no more to look up. */
export const largestVolley = 8;

/** The row to send now, or else the first in line with what holds it and when to ask again for any of them. */
export interface Turn<Row> {
  readonly row: Row;
  readonly verdict: GateVerdict;
  /** Soonest moment at which a row may leave; absent: only a change from outside lets one go, or `row` goes now. */
  readonly inMs?: number;
}

/**
 * Whose turn it is behind the gate. A row that is held because of its chat or its lane lets others pass; one that only
 * waits for its pace does not, otherwise a lane with a shorter gap would keep it waiting for ever. Undefined: nothing
 * is queued, or only to held chats.
 *
 * @param ask The gate. Rows that differ neither in lane nor in knowing the chat are asked for once.
 */
export const nextTurn = <Row extends LineRow & Pick<GateRow, 'isKnownChat'>>(
  rows: readonly Row[],
  isHeldChat: (chatId: ChatId) => boolean,
  ask: (row: Row) => GateVerdict,
): Turn<Row> | undefined => {
  let waiting: Turn<Row> | undefined;
  let left = rows;
  for (let row = nextInLine(left, isHeldChat); row !== undefined; row = nextInLine(left, isHeldChat)) {
    const verdict = ask(row);
    if (verdict.open) return { row: firstOfChat(rows, row), verdict };
    const soonestMs = Math.min(waiting?.inMs ?? Number.POSITIVE_INFINITY, verdict.inMs ?? Number.POSITIVE_INFINITY);
    const { lane, isKnownChat } = row;
    waiting = {
      row: waiting?.row ?? row,
      verdict: waiting?.verdict ?? verdict,
      ...(soonestMs === Number.POSITIVE_INFINITY ? {} : { inMs: soonestMs }),
    };
    if (verdict.reason === 'pace') return waiting;
    left = left.filter((one) => one.lane !== lane || one.isKnownChat !== isKnownChat);
  }
  return waiting;
};

/**
 * The row whose turn it is, and those whose turns come right after it and that may be claimed together with it: each in a chat
 * of its own, because a later message to a chat waits until WhatsApp has the earlier one.
 *
 * @param askAfter The gate, as it answers once these have left.
 * @param mayShare Whether a row may be claimed together with others.
 */
export const volleyFrom = <Row extends LineRow & Pick<GateRow, 'isKnownChat'>>(
  first: Row,
  rows: readonly Row[],
  isHeldChat: (chatId: ChatId) => boolean,
  askAfter: (volley: readonly Row[]) => (row: Row) => GateVerdict,
  mayShare: (row: Row) => boolean,
): readonly Row[] => {
  const volley = [first];
  const chats = new Set([first.chatId]);
  for (let last = first; mayShare(last) && volley.length < largestVolley; ) {
    const turn = nextTurn(rows, (chatId) => chats.has(chatId) || isHeldChat(chatId), askAfter(volley));
    if (turn?.verdict.open !== true || !mayShare(turn.row)) break;
    last = turn.row;
    volley.push(last);
    chats.add(last.chatId);
  }
  return volley;
};

/** A customer who wrote meanwhile makes later rows known first; order within the chat stays. */
const firstOfChat = <Row extends LineRow>(rows: readonly Row[], row: Row): Row =>
  rows.reduce(
    (first, one) => (one.chatId === row.chatId && one.lane === row.lane && one.order < first.order ? one : first),
    row,
  );
