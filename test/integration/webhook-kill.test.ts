import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildEntry } from '../fakes/built-entry';
import { removeTemporaryFolders, temporaryFolder } from '../fakes/temporary-folder';

let entry: string;
let receiver: Server;
let url: string;
/** What the receiver got, in order, attempts that it refused included. */
const got: { readonly id: string; readonly message: string; readonly taken: boolean }[] = [];

beforeAll(async () => {
  entry = await buildEntry('test/fixtures/webhook-teller.ts');
  let count = 0;
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      count += 1;
      const taken = count % 20 !== 0;
      const { data } = JSON.parse(body) as { readonly data: { readonly message: { readonly id: string } } };
      got.push({ id: String(request.headers['webhook-id']), message: data.message.id, taken });
      response.writeHead(taken ? 200 : 500).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const heard = receiver.address();
  url = `http://127.0.0.1:${typeof heard === 'object' ? heard?.port : ''}/hook`;
});
afterAll(() => {
  receiver.close();
  removeTemporaryFolders();
});

/** Lets a console work and kills it after it has said so many messages; answers with all that it had said. */
const work = async (accountsDir: string, mode: 'receive' | 'tell', killAfter: number): Promise<readonly string[]> => {
  const teller = spawn(process.execPath, [entry, accountsDir, url, mode], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(teller, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: teller.stdout })) {
    said.push(line);
    if (said.length === killAfter) teller.kill('SIGKILL');
  }
  await exited;
  return said;
};

it('kill -9 of a console that tells a webhook loses no stored message, and tells one twice only under its own id', async () => {
  const accountsDir = temporaryFolder();
  const stored: string[] = [];
  for (const killAfter of [1, 20, 21, 80, 81]) {
    const said = await work(accountsDir, 'receive', killAfter);
    stored.push(...said.map((line) => line.replace('stored ', '')));
  }
  expect((await work(accountsDir, 'tell', Number.POSITIVE_INFINITY)).at(-1)).toBe('idle');
  expect(stored.length).toBeGreaterThan(200);

  const taken = got.filter((one) => one.taken);
  const idsOf = new Map<string, Set<string>>();
  for (const { id, message } of got) idsOf.set(message, (idsOf.get(message) ?? new Set()).add(id));
  expect(stored.filter((message) => !taken.some((one) => one.message === message))).toEqual([]);
  expect([...idsOf].filter(([, ids]) => ids.size > 1)).toEqual([]);
  // A repetition is what was under way at a kill.
  expect(taken.length - idsOf.size).toBeLessThanOrEqual(6);
  const first = [...new Set(got.map(({ message }) => Number(message.slice(1))))];
  expect(first).toEqual(first.toSorted((one, other) => one - other));
  // Each run of the console has an end of its own for its ids; its clock here runs faster than that of the next one.
  const runs = Map.groupBy(new Set(got.map(({ id }) => id)), (id) => id.slice(-16));
  expect(runs.size).toBeGreaterThan(1);
  for (const ids of runs.values()) expect(ids).toEqual(ids.toSorted());
}, 240_000);
