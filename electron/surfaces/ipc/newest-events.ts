import type { ConsoleEvent, EventBody, WindowEvent } from '../../contract/events';

/** The thing whose whole new value an event carries, where a later event of the same thing says all that this one says. */
const thingOf = (body: EventBody): string | undefined => {
  switch (body.type) {
    case 'chat.updated':
      return `chat ${body.chat.accountId} ${body.chat.id}`;
    case 'message.updated':
      return `message ${body.message.accountId} ${body.message.chatId} ${body.message.fromMe} ${body.message.id}`;
    case 'send.updated':
      return `send ${body.send.accountId} ${body.send.chatId} ${body.send.messageId}`;
    default:
      return undefined;
  }
};

/** Without the events of which a later one says everything; each that is left says from which on it stands for them. */
export const newestEvents = (events: readonly ConsoleEvent[]): readonly WindowEvent[] => {
  const said = new Set<string>();
  const kept: ConsoleEvent[] = [];
  for (const event of events.toReversed()) {
    const thing = thingOf(event.body);
    if (thing !== undefined && said.has(thing)) continue;
    if (thing !== undefined) said.add(thing);
    kept.push(event);
  }
  let nextSequence = events[0]?.sequence;
  return kept.toReversed().map((event) => {
    const since = nextSequence;
    nextSequence = event.sequence + 1;
    return since === undefined || since === event.sequence ? event : { ...event, since };
  });
};
