import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Build, PAGE_VERSION } from '../builds';
import { secretText } from './random';
import { type RunningNetwork, startPracticeNetwork } from './start';

/** `npm run simulator`: starts the network and prints what a whatsapp-web.js script needs. */
export async function runFromCommandLine(args: readonly string[]): Promise<void> {
  let running: RunningNetwork;
  let token: string;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        token: { type: 'string' },
        state: { type: 'string' },
        page: { type: 'string' },
        build: { type: 'string' },
        scenario: { type: 'string' },
        cache: { type: 'string' },
        demo: { type: 'boolean', default: false },
      },
    });
    token = values.token ?? secretText(18);
    running = await startPracticeNetwork({
      pageFile: values.page ?? builtPage(),
      token,
      demo: values.demo,
      port: portOf(values.port),
      ...(values.state === undefined ? {} : { stateFile: fromHere(values.state) }),
      ...(values.build === undefined ? {} : { build: asBuild(values.build) }),
      ...(values.scenario === undefined ? {} : { scenarioFile: fromHere(values.scenario) }),
      ...(values.cache === undefined ? {} : { cacheFolder: fromHere(values.cache) }),
    });
  } catch (error) {
    process.stderr.write(`practice network: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(instructions(running.port, token));
  const end = () => void running.stop();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  await running.stopped;
}

/** npm runs us in the project's folder; a path was meant where the person stands. */
function fromHere(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

function asBuild(text: string): Build {
  if (text !== 'classic' && text !== 'renamed') throw new Error(`--build has to be classic or renamed, not "${text}"`);
  return text;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port has to be a number from 0 to 65535, not "${text}"`);
  return port;
}

function builtPage(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [
    join(here, '../practice/page.html'),
    join(here, 'practice/page.html'),
    resolve('out/practice/page.html'),
  ];
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new Error('The practice page is not built; run the build, or give it with --page FILE');
  return found;
}

function instructions(port: number, token: string): string {
  return `The practice network runs on 127.0.0.1:${port}. A whatsapp-web.js script talks to it with these options:

new Client({
  webVersion: '${PAGE_VERSION}',
  webVersionCache: { type: 'remote', remotePath: 'http://127.0.0.1:${port}/page/{version}.html', strict: true },
  puppeteer: { args: ['--disable-features=LocalNetworkAccessChecks'] }, // for Chromium
});

Scan its QR text with a practice phone:

curl -X POST http://127.0.0.1:${port}/control/scans \\
  -H 'authorization: Bearer ${token}' -H 'content-type: application/json' -d '{"qr": "<text of the qr event>"}'

Stop with Ctrl+C.
`;
}
