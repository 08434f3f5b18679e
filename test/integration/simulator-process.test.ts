import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PracticeControl } from '../fakes/practice-control';
import { PracticePage } from '../fakes/practice-page';
import { electronBinary, repositoryRoot } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';

const TOKEN = 'token-of-this-test';
const ENTRY = join(repositoryRoot, 'out/main/practice-network.js');
const PHONE = '551140020022';
const ANNA = '4915112345678';

let folder: string;
const children: ChildProcess[] = [];

/** `npm run simulator` without its set-up. */
async function simulator(
  ...flags: readonly string[]
): Promise<{ readonly child: ChildProcess; readonly said: () => string }> {
  const child = spawn(electronBinary, [ENTRY, ...flags], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => {
      said += part.toString();
    });
  }
  await eventually('the simulator to speak', () => said.includes('\n'));
  return { child, said: () => said };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-simulator-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

test('started by itself it prints what a script needs, serves the page and stops when asked', async () => {
  const { child, said } = await simulator('--token', TOKEN, '--demo');
  const port = Number(/remotePath: 'http:\/\/127\.0\.0\.1:(\d+)\/page\/\{version\}\.html'/.exec(said())?.[1]);
  expect(said()).toContain("webVersion: '2.3000.");
  expect(said()).toContain('--disable-features=LocalNetworkAccessChecks');
  const page = await (await fetch(`http://127.0.0.1:${port}/page/2.3000.1.html`)).text();
  expect(page).toContain(`window.__practice = {"port":${port},"version":"2.3000.1"}`);
  expect(page).toContain('<meta charset="utf-8"');
  expect(page).not.toContain('<!-- settings -->');
  const control = new PracticeControl({ port, token: TOKEN });
  expect((await control.phones()).map((phone) => phone.pushname)).toEqual(['Sales', 'Support']);
  const ended = once(child, 'exit');
  await control.shutdown();
  expect(await ended).toEqual([0, null]);
});

test('flags that make no sense end it with a sentence', async () => {
  for (const flags of [['--port', 'x'], ['--nonsense'], ['--page', join(folder, 'missing.html')]]) {
    const { child, said } = await simulator(...flags);
    await eventually('the end', () => child.exitCode !== null);
    expect(child.exitCode).toBe(1);
    expect(said()).toMatch(/^practice network: /);
  }
});

test('killed in the moment after ack 1, it still has the message and the login', async () => {
  const flags = ['--token', TOKEN, '--state', join(folder, 'state')];
  const first = await simulator(...flags);
  const portOf = (said: string) => Number(/127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
  const port = portOf(first.said());
  const control = new PracticeControl({ port, token: TOKEN });
  await control.createCustomer({ number: ANNA, name: 'Anna', deliverAfterMs: 0 });
  const page = await PracticePage.open(port);
  page.hello();
  const { ref } = await page.next('ref');
  const scanned = control.scan({ qr: ref, phone: PHONE });
  const { login } = await page.next('pair');
  page.hello(login);
  await scanned;
  const chatId = `${ANNA}@c.us`;
  await page.request('send', { id: '3EB0AAAA', chatId, type: 'chat', body: 'kept' });
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await page.close();

  const second = await simulator(...flags);
  const again = new PracticeControl({ port: portOf(second.said()), token: TOKEN });
  const back = await PracticePage.open(portOf(second.said()));
  back.hello(login);
  expect((await back.next('sync')).messages).toMatchObject([{ id: '3EB0AAAA', body: 'kept' }]);
  const received = await eventually('delivery', async () => {
    const list = await again.receivedBy(ANNA);
    return list.length > 0 && list;
  });
  expect(received).toMatchObject([{ id: '3EB0AAAA', copies: 1 }]);
  await back.close();
});
