import type { ServerResponse } from 'node:http';
import type { EventsWanted, EventViews } from './event-views';
import { protectiveHeaders } from './server';

/** Bytes that may wait for one reader. One that reads slower is cut; it resumes after its last id and harms nobody else. */
const mostWaiting = 1024 * 1024;
/** What was missed goes out in pieces, the next when the reader has taken the one before: about so many characters each. */
const pieceLength = 128 * 1024;
/** For a reader to take a piece, in ms. */
const pieceLimitMs = 60_000;

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
  let leave = (): void => undefined;
  let callOff = (): void => undefined;
  let lastEventId = wanted.lastEventId;
  const goOn = (): void => {
    callOff();
    if (response.destroyed || response.writableEnded) return;
    while (lastEventId !== undefined) {
      const piece = views.missed({ ...wanted, lastEventId }, pieceLength);
      if (piece === undefined) break;
      lastEventId = piece.lastEventId;
      if (response.write(piece.text)) continue;
      const patience = setTimeout(() => response.destroy(), pieceLimitMs);
      callOff = () => clearTimeout(patience);
      response.once('drain', goOn);
      return;
    }
    leave = views.join({ ...wanted, lastEventId }, write);
    // An id without an event: a reader that is cut before its first one resumes here, and misses nothing.
    write(`id: ${views.position}\n\n`);
  };
  goOn();
  const end = (): void => {
    callOff();
    leave();
  };
  response.once('close', end);
  return () => {
    end();
    response.end();
  };
};
