import type { ServerResponse } from 'node:http';
import type { EventsWanted, EventViews } from './event-views';
import { protectiveHeaders } from './server';

/** Bytes that may wait for one reader. One that reads slower is cut; it resumes after its last id and harms nobody else. */
const mostWaiting = 1024 * 1024;

/**
 * Server-sent events to one reader. After `Last-Event-ID` what was missed comes first; where it is no longer kept, one event
 * `gap` says so: the client then reads the state anew. Returns the function that ends the stream.
 */
export const streamEvents = (views: EventViews, response: ServerResponse, wanted: EventsWanted): (() => void) => {
  response.writeHead(200, {
    ...protectiveHeaders,
    'Content-Type': 'text/event-stream; charset=utf-8',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  const write = (text: string | Buffer): void => {
    response.write(text);
    if (response.writableLength > mostWaiting) response.destroy();
  };
  write(': the events of Switchboard\nretry: 1000\n\n');
  const leave = views.join(wanted, write);
  // An id without an event: a reader that is cut before its first one resumes here, and misses nothing.
  write(`id: ${views.position}\n\n`);
  response.once('close', leave);
  return () => {
    leave();
    response.end();
  };
};
