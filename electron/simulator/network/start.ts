import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Build, buildOf, isVersion, PAGE_VERSION, versionOf } from '../builds';
import { knowsCall, performCall } from './control/routes';
import { ControlServer } from './control-server';
import { seedDemo } from './demo';
import { Network } from './network';
import { readScenario, type ScenarioStep } from './scenario/scenario-steps';
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
  /** Which build of WhatsApp Web every page is; absent: the one that the version in its address means. */
  readonly build?: Build;
  /** A scenario file: JSON lines or a JSON array, see docs/simulator.md. It begins when the network does. */
  readonly scenarioFile?: string;
  /**
   * A folder into which the page is written under the version that whatsapp-web.js asks for by default, with everything in it
   * that it needs to find this network. Removed at the end, so that no later program takes it for WhatsApp's own.
   */
  readonly cacheFolder?: string;
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
/** In every page that this network has served or written. */
const PRACTICE_MARK = 'window.__practice = ';

/** Starts the practice network on loopback. */
export async function startPracticeNetwork(options: StartOptions): Promise<RunningNetwork> {
  const page = readPage(options.pageFile);
  const file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
  const world = new World(file ?? NO_FILE, file?.read());
  file?.rewrite(world.snapshot());
  const network = new Network(world, {
    demo: options.demo === true,
    ...(options.stateFile === undefined ? {} : { mediaFolder: `${options.stateFile}.media` }),
  });
  network.builds.forAll = options.build;
  const scenario = options.scenarioFile === undefined ? undefined : readScenarioFile(options.scenarioFile);
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
      response.end(pageFor(page, network, port, url.pathname.slice('/page/'.length, -'.html'.length)));
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

  let cached: { readonly remove: () => void } | undefined;
  try {
    if (options.cacheFolder !== undefined) cached = writeCache(options.cacheFolder, pageFor(page, network, port));
  } catch (error) {
    server.close();
    throw error;
  }

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
      cached?.remove();
      server.close(() => finish());
      server.closeAllConnections();
    }
    return stopped;
  };
  network.start(() => void stop());
  if (scenario !== undefined) network.scenarios.start(scenario, (call, body) => performCall(network, call, body));
  return { port, network, stop, stopped };
}

/** The page with its settings in it: where the network is, and which build of WhatsApp Web it plays. */
function pageFor(page: string, network: Network, port: number, asked = PAGE_VERSION): string {
  const chosen = network.builds.forAll;
  const version = isVersion(asked) && (chosen === undefined || buildOf(asked) === chosen) ? asked : versionOf(chosen);
  const faults = network.faults.list();
  const stalled = faults.some(({ phase }) => phase === 'load') ? { stalled: true } : {};
  const missing = faults.flatMap(({ module }) => module ?? []);
  const settings = { port, version, ...stalled, ...(missing.length === 0 ? {} : { missing }) };
  return page.replace(SETTINGS_PLACE, () => `<script>window.__practice = ${JSON.stringify(settings)};</script>`);
}

function readScenarioFile(path: string): readonly ScenarioStep[] {
  try {
    return readScenario(readFileSync(path, 'utf8'), knowsCall);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The scenario ${path} cannot be used: ${reason}`, { cause: error });
  }
}

/** Writes the page where a script with default options looks for it; another program's page is never removed. */
function writeCache(folder: string, page: string): { readonly remove: () => void } {
  const file = join(folder, `${PAGE_VERSION}.html`);
  if (existsSync(file) && !readFileSync(file, 'utf8').includes(PRACTICE_MARK)) {
    throw new Error(`${file} is not a practice page; give another folder with --cache, or move it away`);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, page);
  return {
    remove: () => {
      if (existsSync(file) && readFileSync(file, 'utf8').includes(PRACTICE_MARK)) rmSync(file);
    },
  };
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
