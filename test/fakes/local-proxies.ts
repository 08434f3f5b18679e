import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { localCertificate } from '../fixtures/local-certificate';

/** A proxy or a server on this computer, played by the test. */
export interface LocalServer {
  readonly port: number;
  /** Where connections through it went, as `host:port`. */
  readonly reached: string[];
  /** Refuses what comes from now on, with the proxy still listening. */
  refuse(how: 'login' | 'target' | 'hang' | undefined): void;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

type Refusal = Parameters<LocalServer['refuse']>[0];

const listen = async (
  server: Server,
  reached: string[],
  refuse: LocalServer['refuse'],
  sockets: Set<Duplex>,
): Promise<LocalServer> => {
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reached,
    refuse,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

const join = (one: Duplex, other: Duplex): void => {
  one.pipe(other);
  other.pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
};

/** Answers every request with the address that the caller seems to have. */
export const startEcho = (): Promise<LocalServer> => {
  const reached: string[] = [];
  const server = createHttpServer((request, response) => {
    reached.push(request.url ?? '');
    response.end(JSON.stringify({ ip: request.socket.remoteAddress }));
  });
  return listen(server, reached, () => undefined, new Set());
};

/** An HTTP proxy that knows CONNECT, spoken to in the open or over TLS. */
export const startHttpProxy = (login?: Login, over: 'tcp' | 'tls' = 'tcp'): Promise<LocalServer> => {
  const reached: string[] = [];
  const sockets = new Set<Duplex>();
  let refusal: Refusal;
  const expected =
    login === undefined ? undefined : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const server = over === 'tcp' ? createHttpServer() : createHttpsServer(localCertificate);
  server.on('request', (_request, response) => void response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    if (refusal === 'hang') return;
    if (refusal === 'target') return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    if (refusal === 'login' || (expected !== undefined && request.headers['proxy-authorization'] !== expected)) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
    }
    const target = request.url ?? '';
    reached.push(target);
    const [host = '', port = ''] = target.split(':');
    const outward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      join(socket, outward);
    });
    outward.on('error', () => void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const refuse: LocalServer['refuse'] = (how) => {
    refusal = how;
  };
  return listen(server, reached, refuse, sockets);
};

/** Reads exactly so many bytes. */
const take = async (socket: Socket, length: number): Promise<Buffer> => {
  for (;;) {
    const bytes = socket.read(length) as Buffer | null;
    if (bytes !== null) return bytes;
    if (socket.destroyed) throw new Error('the other side is gone');
    await new Promise<void>((resolve) => {
      socket.once('readable', resolve);
      socket.once('close', () => resolve());
    });
  }
};

/** A SOCKS proxy of version 5 (RFC 1928, 1929) or 4a. It resolves names itself: `localhost` and addresses. */
export const startSocksProxy = (version: 4 | 5, login?: Login): Promise<LocalServer> => {
  const reached: string[] = [];
  const sockets = new Set<Duplex>();
  let refusal: Refusal;

  const open = (socket: Socket, host: string, port: number, answer: { readonly yes: Buffer; readonly no: Buffer }) => {
    if (refusal === 'target') return void socket.end(answer.no);
    reached.push(`${host}:${port}`);
    const outward = connect(port, host, () => {
      socket.write(answer.yes);
      join(socket, outward);
    });
    outward.on('error', () => void socket.end(answer.no));
  };

  const logIn = async (socket: Socket): Promise<boolean> => {
    socket.write(Buffer.from([5, 2]));
    const [, nameLength = 0] = await take(socket, 2);
    const username = String(await take(socket, nameLength));
    const [passwordLength = 0] = await take(socket, 1);
    const password = String(await take(socket, passwordLength));
    const isRight = refusal !== 'login' && username === login?.username && password === login.password;
    socket.write(Buffer.from([1, isRight ? 0 : 1]));
    return isRight;
  };

  const serve5 = async (socket: Socket): Promise<void> => {
    const [, methodCount = 0] = await take(socket, 2);
    const methods = await take(socket, methodCount);
    if (refusal === 'hang') return;
    if (login === undefined) socket.write(Buffer.from([5, 0]));
    else if (!methods.includes(2)) return void socket.end(Buffer.from([5, 0xff]));
    else if (!(await logIn(socket))) return void socket.end();
    const [, , , kind = 0] = await take(socket, 4);
    const host =
      kind === 1 ? [...(await take(socket, 4))].join('.') : String(await take(socket, (await take(socket, 1))[0] ?? 0));
    const port = (await take(socket, 2)).readUInt16BE();
    const answer = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
    open(socket, host, port, { yes: answer(0), no: answer(4) });
  };

  const takeText = async (socket: Socket): Promise<string> => {
    let text = '';
    for (let byte = await take(socket, 1); byte[0] !== 0; byte = await take(socket, 1)) text += String(byte);
    return text;
  };

  const serve4 = async (socket: Socket): Promise<void> => {
    const head = await take(socket, 8);
    await takeText(socket);
    const address = [...head.subarray(4, 8)];
    // 4a: an address of 0.0.0.x says that a name follows.
    const isName = address[0] === 0 && address[1] === 0 && address[2] === 0;
    const host = isName ? await takeText(socket) : address.join('.');
    if (refusal === 'hang') return;
    const answer = (code: number): Buffer => Buffer.from([0, code, 0, 0, 0, 0, 0, 0]);
    open(socket, host, head.readUInt16BE(2), { yes: answer(0x5a), no: answer(0x5b) });
  };

  const server = createServer((socket) => {
    (version === 5 ? serve5(socket) : serve4(socket)).catch(() => socket.destroy());
  });
  const refuse: LocalServer['refuse'] = (how) => {
    refusal = how;
  };
  return listen(server, reached, refuse, sockets);
};
