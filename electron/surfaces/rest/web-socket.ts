import type { WebSocket } from 'ws';
import type { EventBus } from '../../application/event-bus';
import { sessionIdOf } from '../../application/session-ids';
import type { Account } from '../../contract/entities/account';
import type { LinkCode } from '../../contract/entities/session';
import type { ConsoleEvent, EventBody } from '../../contract/events';
import { qrImage } from './qr-image';

/** Bytes that may wait for one reader before it is cut. */
const mostWaiting = 1024 * 1024;
const keepAliveMs = 20_000;

interface Frame {
  readonly event: 'qr' | 'authenticated' | 'ready' | 'message' | 'ack' | 'disconnected';
  readonly data: unknown;
}

/** An event in the dialect's frames; undefined for what the dialect has no frame for. */
const frameOf = (body: EventBody): Frame | undefined => {
  switch (body.type) {
    case 'session.changed': {
      const { status } = body.session;
      switch (status.state) {
        case 'linking':
          // The code itself is a secret: who may read it gets it put in.
          return {
            event: 'qr',
            data: { attempt: status.attempt, expiresAt: new Date(status.expiresAtMs).toISOString() },
          };
        case 'syncing':
          return { event: 'authenticated', data: { percent: status.percent } };
        case 'ready':
          return { event: 'ready', data: { me: status.me } };
        case 'reconnecting':
          return { event: 'disconnected', data: { reason: status.reason } };
        case 'backoff':
        case 'failed':
          return { event: 'disconnected', data: { reason: status.error.message } };
        case 'stopped':
        case 'asleep':
          return { event: 'disconnected', data: { reason: status.state } };
        default:
          return undefined;
      }
    }
    case 'message.added':
      return { event: 'message', data: body.message };
    case 'message.updated':
      return body.message.fromMe
        ? {
            event: 'ack',
            data: { messageId: body.message.id, chatId: body.message.chatId, status: body.message.status },
          }
        : undefined;
    default:
      return undefined;
  }
};

const accountIn = (body: EventBody): string | undefined =>
  'session' in body ? body.session.accountId : 'message' in body ? body.message.accountId : undefined;

/** An event as the text of a frame; undefined for what the dialect has no frame for. Made once for all sockets of a session. */
export type FrameTexts = (event: ConsoleEvent, sessionId: string) => string | undefined;

export const createFrameTexts = (): FrameTexts => {
  let last: { readonly event: ConsoleEvent; readonly sessionId: string; readonly text: string | undefined } | undefined;
  return (event, sessionId) => {
    if (last?.event !== event || last.sessionId !== sessionId) {
      const frame = frameOf(event.body);
      const text =
        frame === undefined ? undefined : JSON.stringify({ event: frame.event, sessionId, data: frame.data });
      last = { event, sessionId, text };
    }
    return last.text;
  };
};

/** A code as those draw it who may: the picture, as `GET …/qr` has it, and the text in it. */
const codeFrameText = ({ qr, attempt, expiresAtMs }: LinkCode, sessionId: string): string => {
  const qrCode = `data:image/png;base64,${qrImage(qr).toString('base64')}`;
  const data = { attempt, expiresAt: new Date(expiresAtMs).toISOString(), qrCode, qr };
  return JSON.stringify({ event: 'qr', sessionId, data });
};

const showsCode = (body: EventBody): boolean =>
  body.type === 'session.changed' && body.session.status.state === 'linking' && body.session.status.method === 'qr';

/**
 * Sends one session's events to a socket until it closes. Returns the function that ends it.
 *
 * @param readCode Reads the code that is on show now, for a reader who may; undefined: the frame comes without it.
 */
export const serveSocket = (
  socket: WebSocket,
  events: Pick<EventBus, 'subscribe'>,
  texts: FrameTexts,
  account: Account,
  readCode: (() => Promise<LinkCode | undefined>) | undefined,
): (() => void) => {
  const sessionId = sessionIdOf(account);
  /** The end of what waits while a code is read: nothing overtakes it. */
  let line: Promise<void> | undefined;
  const send = (text: string): void => {
    socket.send(text);
    if (socket.bufferedAmount > mostWaiting) socket.terminate();
  };
  const sendInTurn = (text: string, read: typeof readCode): void => {
    const turn = (line ?? Promise.resolve())
      .then(async () => {
        const code = await read?.();
        send(code === undefined ? text : codeFrameText(code, sessionId));
      })
      .finally(() => {
        if (line === turn) line = undefined;
      });
    line = turn;
  };
  const unsubscribe = events.subscribe((event) => {
    const { body } = event;
    if (body.type === 'account.removed' && body.accountId === account.id)
      return socket.close(1000, 'the session was deleted');
    if (accountIn(body) !== account.id) return;
    const text = texts(event, sessionId);
    if (text === undefined) return;
    const read = showsCode(body) ? readCode : undefined;
    if (read === undefined && line === undefined) send(text);
    else sendInTurn(text, read);
  });
  let answered = true;
  const keepAlive = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, keepAliveMs);
  socket.on('pong', () => {
    answered = true;
  });
  const stop = (): void => {
    unsubscribe();
    clearInterval(keepAlive);
  };
  socket.on('close', stop);
  socket.on('error', stop);
  return () => socket.close(1001, 'Switchboard ends');
};
