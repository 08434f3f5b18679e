import type { Caller } from '../../application/caller';
import type { EventBus } from '../../application/event-bus';
import { isAbout, mayHear } from '../../application/event-reach';
import type { Clock } from '../../application/ports/clock';
import type { ConsoleEvent } from '../../contract/events';

/** How long events are gathered before they go out together, in ms. */
const gatherMs = 5;
/** Gathered characters that go out at once. */
const mostGathered = 64 * 1024;
const keepAliveMs = 20_000;

/** What a reader sees: whose events, and about what. */
export interface EventsWanted {
  readonly caller: Caller;
  /** Beginnings of event types; none means all. */
  readonly topics: readonly string[];
  /** `<epoch>:<sequence>` of the last event that the reader has seen. */
  readonly lastEventId: string | undefined;
}

/** The events as text for many readers. Each becomes text once; readers who see the same share what goes out. */
export interface EventViews {
  /** The id of the last event so far, whoever may see it. */
  readonly position: string;
  /**
   * The next piece of what was missed since the last id, of about so many characters, and the id to go on from; undefined when
   * the rest is small enough for `join`, or no longer kept.
   */
  missed(
    wanted: EventsWanted & { readonly lastEventId: string },
    characters: number,
  ): { readonly text: string; readonly lastEventId: string } | undefined;
  /**
   * First what was missed since the last id, or the event `gap` when that is no longer kept; then everything as it happens, and
   * now and then a comment that keeps the connection alive. Returns the function that ends it.
   */
  join(wanted: EventsWanted, write: (text: string | Buffer) => void): () => void;
  close(): void;
}

interface View {
  readonly wants: (event: ConsoleEvent) => boolean;
  readonly readers: Set<(text: string | Buffer) => void>;
  gathered: string[];
  weight: number;
}

export const createEventViews = (
  events: Pick<EventBus, 'subscribe' | 'replay' | 'epoch' | 'sequence'>,
  clock: Clock,
): EventViews => {
  const views = new Map<string, View>();
  let callOffFlush: (() => void) | undefined;
  let last: { readonly event: ConsoleEvent; readonly text: string } | undefined;

  const textOf = (event: ConsoleEvent): string => {
    if (last?.event === event) return last.text;
    const { sequence, body, atMs } = event;
    const text = `id: ${events.epoch}:${sequence}\nevent: ${body.type}\ndata: ${JSON.stringify({ atMs, ...body })}\n\n`;
    last = { event, text };
    return text;
  };

  const flush = (view: View): void => {
    if (view.gathered.length === 0) return;
    const text = Buffer.from(view.gathered.join(''), 'utf8');
    view.gathered = [];
    view.weight = 0;
    for (const write of [...view.readers]) write(text);
  };

  const flushAll = (): void => {
    callOffFlush = undefined;
    last = undefined;
    for (const view of views.values()) flush(view);
  };

  const unsubscribe = events.subscribe((event) => {
    for (const view of views.values()) {
      if (!view.wants(event)) continue;
      const text = textOf(event);
      view.gathered.push(text);
      view.weight += text.length;
      if (view.weight > mostGathered) flush(view);
    }
    if (views.size > 0) callOffFlush ??= clock.schedule(gatherMs, flushAll);
  });

  let callOffKeepAlive: () => void;
  const keepAlive = (): void => {
    callOffKeepAlive = clock.schedule(keepAliveMs, () => {
      for (const { readers } of views.values()) for (const write of [...readers]) write(': still here\n\n');
      keepAlive();
    });
  };
  keepAlive();

  const wantsOf =
    ({ caller, topics }: EventsWanted): View['wants'] =>
    (event) =>
      mayHear(caller, event) && (topics.length === 0 || isAbout(topics, event.body.type));

  const viewOf = (wanted: EventsWanted): readonly [string, View] => {
    const { caller, topics } = wanted;
    const key = JSON.stringify([caller.accountIds?.toSorted(), topics.toSorted()]);
    const known = views.get(key);
    if (known !== undefined) return [key, known];
    const view: View = {
      wants: wantsOf(wanted),
      readers: new Set(),
      gathered: [],
      weight: 0,
    };
    views.set(key, view);
    return [key, view];
  };

  const replay = (lastEventId: string) => {
    const [epoch = '', sequence = ''] = lastEventId.split(':');
    return events.replay(/^\d+$/.test(sequence) ? Number(sequence) : -1, epoch);
  };

  const allMissed = (view: View, lastEventId: string): string => {
    const replayed = replay(lastEventId);
    if (!replayed.complete) return `id: ${events.epoch}:${events.sequence}\nevent: gap\ndata: {}\n\n`;
    return replayed.events.filter(view.wants).map(textOf).join('');
  };

  return {
    get position() {
      return `${events.epoch}:${events.sequence}`;
    },
    missed(wanted, characters) {
      const wants = wantsOf(wanted);
      const texts: string[] = [];
      let length = 0;
      for (const event of replay(wanted.lastEventId).events) {
        if (!wants(event)) continue;
        const text = textOf(event);
        texts.push(text);
        length += text.length;
        if (length > characters) return { text: texts.join(''), lastEventId: `${events.epoch}:${event.sequence}` };
      }
      return undefined;
    },
    join(wanted, write) {
      const [key, view] = viewOf(wanted);
      // What has been gathered is for those who are here already; the newcomer gets it as missed, or has not asked for it.
      flush(view);
      if (wanted.lastEventId !== undefined) write(allMissed(view, wanted.lastEventId));
      view.readers.add(write);
      return () => {
        view.readers.delete(write);
        if (view.readers.size === 0 && views.get(key) === view) views.delete(key);
      };
    },
    close() {
      unsubscribe();
      callOffKeepAlive();
      callOffFlush?.();
      views.clear();
    },
  };
};
