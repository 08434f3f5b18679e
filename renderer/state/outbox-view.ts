import type { Send, SendState } from '../../electron/contract/entities/send';
import type { AccountId } from '../../electron/contract/ids';
import { keyOfSend, type SendKey } from './keys';

/** Which rows of an outbox are on show; the same names as in `sends.list`. */
export type OutboxFilter = 'waiting' | 'attention' | 'done' | 'all';

/** The outbox on the screen, as far as it has been read. */
export interface OutboxView {
  readonly accountId: AccountId;
  readonly filter: OutboxFilter;
  /** Newest first. */
  readonly keys: readonly SendKey[];
  /** Where the next page starts; undefined when everything has been read. */
  readonly nextCursor: string | undefined;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly loadingMore: boolean;
  readonly error: string | undefined;
  /** Rows that events changed while a page was on its way. */
  readonly arrived: readonly SendKey[];
}

type Sends = Readonly<Record<SendKey, Send>>;

export const newOutboxView = (accountId: AccountId, filter: OutboxFilter): OutboxView => ({
  accountId,
  filter,
  keys: [],
  nextCursor: undefined,
  phase: 'loading',
  loadingMore: false,
  error: undefined,
  arrived: [],
});

const waiting: readonly SendState[] = ['queued', 'claimed', 'handed'];
const attention: readonly SendState[] = ['failed', 'unknown', 'stuck'];

/** Whether nothing is settled about a row yet. */
export const isUnderWay = (state: SendState): boolean => waiting.includes(state);

/** Whether a person should look at a row. */
export const needsLook = (state: SendState): boolean => attention.includes(state);

/** Where a row belongs besides "all". */
const filterOf = (state: SendState): OutboxFilter => {
  if (isUnderWay(state)) return 'waiting';
  return needsLook(state) ? 'attention' : 'done';
};

const belongs = (view: OutboxView, send: Send): boolean =>
  send.accountId === view.accountId && (view.filter === 'all' || filterOf(send.state) === view.filter);

const placeOf = (keys: readonly SendKey[], sends: Sends, send: Send): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sends[keys[middle] as SendKey];
    if (other !== undefined && other.order > send.order) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The view after events changed some rows. `sends` already holds the new values. The same object when nothing moved. */
export const withChangedSends = (view: OutboxView, sends: Sends, changed: readonly Send[]): OutboxView => {
  const mine = changed.filter((send) => send.accountId === view.accountId);
  if (mine.length === 0) return view;
  const known = new Set(view.keys);
  const leaving = new Set(mine.filter((send) => !belongs(view, send)).map(keyOfSend));
  const keys = [...leaving].some((key) => known.has(key))
    ? view.keys.filter((key) => !leaving.has(key))
    : [...view.keys];
  let moved = keys.length !== view.keys.length;
  for (const send of mine) {
    const key = keyOfSend(send);
    if (known.has(key) || !belongs(view, send)) continue;
    const place = placeOf(keys, sends, send);
    // Below what has been read so far it will come with its own page.
    if (place === keys.length && view.nextCursor !== undefined) continue;
    keys.splice(place, 0, key);
    known.add(key);
    moved = true;
  }
  const reading = view.phase === 'loading' || view.loadingMore;
  if (!moved && !reading) return view;
  return {
    ...view,
    keys: moved ? keys : view.keys,
    arrived: reading ? [...view.arrived, ...mine.map(keyOfSend)] : view.arrived,
  };
};

/** The view with a page read from main. `sends` already holds the newest value of each row. */
export const withOutboxPage = (
  view: OutboxView,
  sends: Sends,
  page: { readonly keys: readonly SendKey[]; readonly nextCursor: string | undefined; readonly first: boolean },
): OutboxView => {
  const merged = new Set([...(page.first ? [] : view.keys), ...page.keys, ...view.arrived]);
  const rows = [...merged].flatMap((key) => sends[key] ?? []).filter((send) => belongs(view, send));
  const oldest = page.keys
    .map((key) => sends[key]?.order ?? 0)
    .reduce((least, order) => Math.min(least, order), Infinity);
  const keys = rows
    .filter((send) => page.nextCursor === undefined || page.keys.length === 0 || send.order >= oldest)
    .sort((a, b) => b.order - a.order)
    .map(keyOfSend);
  return {
    ...view,
    keys,
    nextCursor: page.nextCursor,
    phase: 'ready',
    loadingMore: false,
    error: undefined,
    arrived: [],
  };
};

/**
 * How many queued rows go before each queued one: people first, then programs, then bulk, each in order. Only of a list that
 * has been read to its end, as nobody knows what else waits.
 */
export const countAhead = (view: OutboxView, sends: Sends): ReadonlyMap<SendKey, number> => {
  const ahead = new Map<SendKey, number>();
  if (view.phase !== 'ready' || view.nextCursor !== undefined || view.filter === 'attention' || view.filter === 'done')
    return ahead;
  const lanes: Record<Send['lane'], SendKey[]> = { person: [], api: [], bulk: [] };
  for (const key of view.keys.toReversed()) {
    const send = sends[key];
    if (send?.state === 'queued') lanes[send.lane].push(key);
  }
  let before = 0;
  for (const lane of [lanes.person, lanes.api, lanes.bulk]) for (const key of lane) ahead.set(key, before++);
  return ahead;
};
