import type { ServerResponse } from 'node:http';
import type { Caller } from '../../application/caller';
import type { EventBus } from '../../application/event-bus';
import type { ConsoleEvent } from '../../contract/events';
import { isWanted, mayHear } from './event-view';

const keepAliveMs = 20_000;
/** Bytes that may wait for one reader. One that reads slower is cut; it resumes after its last id and harms nobody else. */
const mostWaiting = 1024 * 1024;

export interface EventStreamRequest {
  readonly caller: Caller;
  readonly topics: readonly string[];
  /** `<epoch>:<sequence>` of the last event that the client has seen. */
  readonly lastEventId: string | undefined;
}

const frame = ({ sequence, body, atMs }: ConsoleEvent, epoch: string): string =>
  `id: ${epoch}:${sequence}\nevent: ${body.type}\ndata: ${JSON.stringify({ atMs, ...body })}\n\n`;

/**
 * Server-sent events. After `Last-Event-ID` what was missed comes first; where it is no longer kept, one event `gap` says so:
 * the client then reads the state anew. Returns the function that ends the stream.
 */
export const streamEvents = (
  events: Pick<EventBus, 'subscribe' | 'replay' | 'epoch' | 'sequence'>,
  response: ServerResponse,
  { caller, topics, lastEventId }: EventStreamRequest,
): (() => void) => {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  const write = (text: string): void => {
    response.write(text);
    if (response.writableLength > mostWaiting) response.destroy();
  };
  const tell = (event: ConsoleEvent): void => {
    if (mayHear(caller, event) && isWanted(topics, event)) write(frame(event, events.epoch));
  };
  write(': the events of Switchboard\nretry: 1000\n\n');
  if (lastEventId !== undefined) {
    const [epoch, sequence] = lastEventId.split(':');
    const missed = events.replay(/^\d+$/.test(sequence ?? '') ? Number(sequence) : -1, epoch ?? '');
    if (missed.complete) for (const event of missed.events) tell(event);
    else write(`id: ${events.epoch}:${events.sequence}\nevent: gap\ndata: {}\n\n`);
  }
  const unsubscribe = events.subscribe(tell);
  const keepAlive = setInterval(() => write(': still here\n\n'), keepAliveMs);
  const end = (): void => {
    unsubscribe();
    clearInterval(keepAlive);
    response.end();
  };
  response.once('close', () => {
    unsubscribe();
    clearInterval(keepAlive);
  });
  return end;
};
