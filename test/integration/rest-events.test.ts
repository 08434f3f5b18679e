import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { accountId, anAccount, anInbound } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const support = accountId('support');
const sockets: Socket[] = [];
beforeEach(async () => {
  desk = await openRestDesk();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await desk.close();
});

/** Events of about 4 KB each. */
const publish = (count: number): void => {
  const account = anAccount('support', { label: 'x'.repeat(4_000) });
  for (let index = 0; index < count; index += 1) desk.app.events.publish({ type: 'account.updated', account });
};

interface Reader {
  readonly socket: Socket;
  /** Numbers of the events that came, in order. */
  ids(): readonly number[];
  readonly ended: boolean;
}

/** A reader of the stream over a plain connection, so that the test decides when it reads. */
const join = async (lastEventId?: string): Promise<Reader> => {
  const socket = connect({ port: desk.port, host: '127.0.0.1' });
  sockets.push(socket);
  let text = '';
  let ended = false;
  socket.on('data', (part: Buffer) => {
    text += part.toString('latin1');
  });
  socket.on('close', () => {
    ended = true;
  });
  socket.on('error', () => undefined);
  socket.write(
    `GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:${desk.port}\r\nX-API-Key: ${desk.secret}\r\n${
      lastEventId === undefined ? '' : `Last-Event-ID: ${lastEventId}\r\n`
    }\r\n`,
  );
  await eventually('the stream to begin', () => text.includes('the events of Switchboard'));
  return {
    socket,
    ids: () => [...text.matchAll(/id: \w+:(\d+)\r?\n(?:[0-9a-f]+\r\n)?event: account/g)].map(([, id]) => Number(id)),
    get ended() {
      return ended;
    },
  };
};

describe('readers of a session’s WebSocket', () => {
  it('get the code to scan, in order, when their key may read codes, and only word of it otherwise', async () => {
    const listen = async (secret: string) => {
      const socket = new WebSocket(`ws://127.0.0.1:${desk.port}/ws/support`, { headers: { 'X-API-Key': secret } });
      const frames: { event: string; data: Record<string, string> }[] = [];
      socket.on('message', (data) => frames.push(JSON.parse((data as Buffer).toString())));
      await new Promise((resolve) => socket.once('open', resolve));
      return { socket, frames };
    };
    const { secret } = await desk.app.apiKeys.create({ name: 'Only reads', scopes: ['read', 'send'] });
    const [draws, reads] = [await listen(desk.secret), await listen(secret)];
    await new Promise((resolve) => setTimeout(resolve, 100));
    const expiresAtMs = desk.app.clock.nowMs() + 20_000;
    const linking = { state: 'linking', sinceMs: 2_000, maxAttempts: 6, expiresAtMs } as const;
    for (const attempt of [1, 2]) {
      desk.app.sessions.showCode({ accountId: support, qr: `2@code${attempt}`, attempt, maxAttempts: 6, expiresAtMs });
      desk.app.sessions.becomes(support, { ...linking, method: 'qr', attempt });
      // What comes right behind must not overtake the code.
      if (attempt === 2) desk.app.sessions.becomes(support, { state: 'syncing', sinceMs: 3_000, percent: 10 });
      await eventually('the frames', () => [draws, reads].every(({ frames }) => frames.length >= attempt));
    }
    for (const { frames } of [draws, reads]) {
      await eventually('all frames', () => frames.length === 3);
      expect(frames.map(({ event }) => event)).toEqual(['qr', 'qr', 'authenticated']);
    }
    const { body } = await desk.ask('GET', '/api/v1/sessions/support/qr');
    expect(draws.frames.slice(0, 2).map(({ data }) => [data['qr'], Number(data['attempt'])])).toEqual([
      ['2@code1', 1],
      ['2@code2', 2],
    ]);
    expect(draws.frames[1]?.data['qrCode']).toBe(body.data.qrCode);
    expect(draws.frames[1]?.data['expiresAt']).toBe(new Date(expiresAtMs).toISOString());
    expect(reads.frames[0]?.data).toEqual({ attempt: 1, expiresAt: new Date(expiresAtMs).toISOString() });
    expect(JSON.stringify(reads.frames)).not.toContain('2@code');
    draws.socket.close();
    reads.socket.close();
  });

  it('who do not read are cut, and the others miss nothing by it', async () => {
    const open = async (): Promise<WebSocket> => {
      const socket = new WebSocket(`ws://127.0.0.1:${desk.port}/ws/support`, { headers: { 'X-API-Key': desk.secret } });
      await new Promise((resolve) => socket.once('open', resolve));
      return socket;
    };
    const [idle, awake] = [await open(), await open()];
    let [seen, closed] = [0, 0];
    awake.on('message', () => {
      seen += 1;
    });
    idle.on('close', (code) => {
      closed = code;
    });
    idle.pause();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const message = { ...anInbound('M1', { body: 'x'.repeat(4_000) }), accountId: accountId('support'), order: 1 };
    for (let round = 0; round < 40; round += 1) {
      for (let index = 0; index < 100; index += 1) desk.app.events.publish({ type: 'message.added', message });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await eventually('all frames', () => seen === 4_000);
    idle.resume();
    await eventually('the idle one to be cut', () => closed !== 0);
    expect([closed, awake.readyState]).toEqual([1_006, WebSocket.OPEN]);
    awake.terminate();
  });
});

describe('readers of the event stream', () => {
  it('who were away while much happened get all of it in one connection, in order, and go on live', async () => {
    publish(1);
    const before = desk.app.events.sequence;
    const position = `${desk.app.events.epoch}:${before}`;
    publish(3_000);
    const reader = await join(position);
    await eventually('what was missed', () => reader.ids().length >= 3_000 || reader.ended);
    publish(5);
    await eventually('what happens now', () => reader.ids().length >= 3_005 || reader.ended);
    expect(reader.ids()).toEqual(Array.from({ length: 3_005 }, (_, index) => before + 1 + index));
  });

  it('who do not read are cut, and the others miss nothing by it', async () => {
    const idle = await join();
    const awake = await join();
    idle.socket.pause();
    const before = desk.app.events.sequence;
    for (let round = 0; round < 40; round += 1) {
      publish(100);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await eventually('all events', () => awake.ids().length === 4_000);
    expect(awake.ids().at(-1)).toBe(before + 4_000);
    idle.socket.resume();
    await eventually('the idle one to be cut', () => idle.ended);
    expect(awake.ended).toBe(false);
    expect(idle.ids().length).toBeLessThan(4_000);
  });
});
