import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ControlServer } from './control-server';
import { seedDemo } from './demo';
import { Network } from './network';
import { NO_FILE, StateFile } from './state-file';
import { WireServer } from './wire-server';
import { World } from './world';

export interface StartOptions {
  /** The built stand-in page. */
  readonly pageFile: string;
  /** What control calls have to carry. */
  readonly token: string;
  /** Keeps everything over restarts; without it the network begins anew each time. */
  readonly stateFile?: string;
  readonly demo?: boolean;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface RunningNetwork {
  readonly port: number;
  readonly network: Network;
  /** Resolves when the network has stopped, by this call or by a control call. */
  stop(): Promise<void>;
  readonly stopped: Promise<void>;
}

const SETTINGS_PLACE = '<!-- settings -->';

/** Starts the practice network on loopback. */
export async function startPracticeNetwork(options: StartOptions): Promise<RunningNetwork> {
  const page = readPage(options.pageFile);
  const file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
  const world = new World(file ?? NO_FILE, file?.read());
  file?.rewrite(world.snapshot());
  const network = new Network(world, { demo: options.demo === true });
  if (options.demo === true) seedDemo(network);
  const wire = new WireServer(network);
  const control = new ControlServer(network, options.token);

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!isOurs(request.headers.host, port)) {
      response.writeHead(403).end('The practice network answers on 127.0.0.1 only');
    } else if (url.pathname.startsWith('/control/')) {
      void control.handle(request, response, url);
    } else if (request.method === 'GET' && /^\/page\/[\w.-]+\.html$/.test(url.pathname)) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(
        page.replace(SETTINGS_PLACE, () => `<script>window.__practice = ${JSON.stringify({ port })};</script>`),
      );
    } else {
      response.writeHead(404).end('Nothing here');
    }
  });
  server.on('upgrade', (request, socket, head) => {
    const allowed = isOurs(request.headers.host, port) && request.url?.split('?')[0] === '/wire';
    if (allowed) wire.upgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const port = (server.address() as AddressInfo).port;

  let finish: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let stopping = false;
  const stop = () => {
    if (!stopping) {
      stopping = true;
      network.stop();
      wire.stop();
      file?.close();
      server.close(() => finish());
      server.closeAllConnections();
    }
    return stopped;
  };
  network.start(() => void stop());
  return { port, network, stop, stopped };
}

function readPage(path: string): string {
  const page = readFileSync(path, 'utf8');
  if (!page.includes(SETTINGS_PLACE)) throw new Error(`${path} is not the practice page: it has no place for settings`);
  return page;
}

/** A name that points here from elsewhere is how a web page reaches into the machine. */
function isOurs(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}
