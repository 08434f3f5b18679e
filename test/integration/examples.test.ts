import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeControl } from '../fakes/practice-control';
import { temporaryFolder } from '../fixtures/console-app';
import { eventually } from '../fixtures/eventually';
import {
  type ExampleLanguage,
  hasPython,
  type RunningProgram,
  runExample,
  type ServedSwitchboard,
  startServer,
} from '../fixtures/example-programs';
import { practiceControlIn } from '../fixtures/practice-control-in';
import { readQr } from '../fixtures/read-qr';
import { samplePng } from '../fixtures/sample-media';

/** For one example: starting sessions takes its time on a busy computer. */
const limitMs = 180_000;
const python = hasPython();
const brazil = { id: 'Brazil', phone: '5511955550001' };
const world = { id: 'World', phone: '4915555550002' };
const [ana, bela, carl, dora] = ['5511977770001', '5521977770002', '4915177770003', '351917770004'] as const;

const data = temporaryFolder();
const files = temporaryFolder();
let server: ServedSwitchboard;
let practice: PracticeControl;
const running = new Set<RunningProgram>();

const start = (language: ExampleLanguage, name: string, ...args: readonly string[]): RunningProgram => {
  const program = runExample(language, name, args, server);
  running.add(program);
  return program;
};
const fileWith = (name: string, content: unknown): string => {
  const file = join(files.path, name);
  writeFileSync(file, Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
};
const statusOf = async (session: string) => (await server.call('GET', `/sessions/${session}/status`))['status'];
const untilStatus = (session: string, status: string) =>
  eventually(`${session} to be ${status}`, async () => (await statusOf(session)) === status, 90_000);
/** What a customer's phone shows of this session, in order; a copy would be there twice. */
const shownTo = async (customer: string, { phone }: { readonly phone: string }) =>
  (await practice.receivedBy(customer, phone)).flatMap(({ body, copies }) =>
    Array.from({ length: copies }, () => body),
  );
const untilShown = (customer: string, session: { readonly phone: string }, body: string) =>
  eventually(`${customer} to read ${body}`, async () => (await shownTo(customer, session)).includes(body), 60_000);

beforeAll(async () => {
  server = await startServer(data.path);
}, 150_000);
afterEach(async () => {
  const left = [...running];
  running.clear();
  await Promise.all(left.map((program) => program.end()));
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
  files.remove();
}, 60_000);

/** Runs the example that delivers codes, and scans the second one of it. */
const linkWith = async (language: ExampleLanguage, { id, phone }: { readonly id: string; readonly phone: string }) => {
  const folder = temporaryFolder();
  try {
    const code = join(folder.path, 'code.png');
    const program = start(language, 'qr-delivery', id, folder.path);
    const qrIn = () => (existsSync(code) ? readQr(readFileSync(code)) : undefined);
    const first = await eventually('the first code', qrIn, 120_000);
    practice = practiceControlIn(data.path);
    await practice.setHabits(false);
    await practice.refreshCodes();
    const second = await eventually('the code after it', () => {
      const qr = qrIn();
      return qr === first ? undefined : qr;
    });
    await practice.scan({ qr: second, phone });
    expect(await program.ended(90_000), program.lines.join('\n')).toBe(0);
    expect(program.lines.filter((line) => line.startsWith('A new code is in ')).length).toBeGreaterThanOrEqual(2);
    expect(program.lines.at(-1)).toBe(`Session ${id} is ready.`);
    expect(readdirSync(folder.path)).toEqual([]);
    expect(await statusOf(id)).toBe('ready');
  } finally {
    folder.remove();
  }
};

describe('QR delivery', () => {
  it(
    'in Node writes each code as it comes until a phone has scanned one, and leaves none behind',
    () => linkWith('Node', brazil),
    limitMs,
  );

  // The other examples need the second session, whoever delivers its code.
  it(
    `in ${python ? 'Python' : 'Node'} does so for a second session beside it`,
    async () => {
      await linkWith(python ? 'Python' : 'Node', world);
      for (const [number, name] of [
        [ana, 'Ana'],
        [bela, 'Bela'],
        [carl, 'Carl'],
        [dora, 'Dora'],
      ] as const)
        await practice.createCustomer({ number, name, autoRead: true });
    },
    limitMs,
  );
});

const testsIn = (language: ExampleLanguage): void => {
  it(
    'the echo bot answers each text of a person once, from the number it was sent to, whatever happens to the bot',
    async () => {
      const write = (body: string, customer: string, { phone }: { readonly phone: string }, group?: string) =>
        practice.writeAs(customer, { phone, body: `${body} ${language}`, ...(group === undefined ? {} : { group }) });
      const echo = (body: string) => `Echo: ${body} ${language}`;
      const position = join(files.path, `position-${language}.json`);
      const { id: group } = await practice.createGroup({
        phone: brazil.phone,
        subject: `Team ${language}`,
        participants: [ana, bela],
      });
      const before = Date.now();
      const bot = start(language, 'echo-bot', position);
      await bot.says(/listens/);
      await write('to the group', ana, brazil, group);
      await practice.people.postStatus(ana, { body: `a status ${language}` });
      await practice.writeOnPhone(brazil.phone, { to: ana, body: `my own ${language}` });
      await write('one', ana, brazil);
      await write('two', bela, world);
      await untilShown(ana, brazil, echo('one'));
      await untilShown(bela, world, echo('two'));
      await bot.end();

      // What comes while it is away is answered when it is back; what it had answered is not again.
      await write('three', ana, brazil);
      const back = start(language, 'echo-bot', position);
      await untilShown(ana, brazil, echo('three'));
      await back.end();

      // Nor when it has lost its place in the stream and reads the chats instead.
      await write('four', ana, brazil);
      writeFileSync(position, JSON.stringify({ id: 'an earlier run:5', atMs: before }));
      const lost = start(language, 'echo-bot', position, brazil.id, world.id);
      await untilShown(ana, brazil, echo('four'));
      await write('five', ana, brazil);
      await untilShown(ana, brazil, echo('five'));
      const ours = async (customer: string, session: { readonly phone: string }) =>
        (await shownTo(customer, session)).filter((body) => body.endsWith(language));
      expect(await ours(ana, brazil)).toEqual([`my own ${language}`, ...['one', 'three', 'four', 'five'].map(echo)]);
      expect(await ours(bela, world)).toEqual([echo('two')]);
      expect(await ours(ana, world)).toEqual([]);
      // What the network has from it: nothing for the group, for those who read statuses or for itself.
      const echoes = (await practice.messages.acceptedFrom(brazil.phone)).filter(({ body }) =>
        new RegExp(`^Echo: .* ${language}$`).test(body),
      );
      expect(echoes.map(({ chatId, body }) => `${chatId} ${body}`)).toEqual(
        ['one', 'three', 'four', 'five'].map((body) => `${ana}@c.us ${echo(body)}`),
      );
      await lost.end();
    },
    limitMs,
  );

  it(
    'the router sends from the session in charge or from the one that stands in, and never from a wrong number',
    async () => {
      const numbers = { [brazil.id]: `+${brazil.phone}`, [world.id]: world.phone, Nobody: '5511900000000' };
      const routes = fileWith('routes.json', {
        numbers,
        routes: [
          { prefix: '', sessions: [world.id] },
          { prefix: '55', sessions: [brazil.id] },
          { prefix: '5521', sessions: ['Nobody', brazil.id] },
          { prefix: '351', sessions: [] },
        ],
      });
      const text = `News in ${language}`;
      const messages = fileWith('messages.json', [
        { to: '+55 11 97777-0001', text },
        { to: bela, text },
        { to: `+${carl}`, text },
      ]);
      for (let run = 0; run < 2; run += 1) {
        const program = start(language, 'router', routes, messages, `job-${language}`);
        expect(await program.ended(), program.lines.join('\n')).toBe(0);
        expect(program.lines.map((line) => /<- (\w+)/.exec(line)?.[1])).toEqual([brazil.id, brazil.id, world.id]);
      }
      for (const [customer, session, other] of [
        [ana, brazil, world],
        [bela, brazil, world],
        [carl, world, brazil],
      ] as const) {
        await untilShown(customer, session, text);
        expect((await shownTo(customer, session)).filter((body) => body === text)).toEqual([text]);
        expect(await shownTo(customer, other)).not.toContain(text);
      }
      // The sessions have changed places, or nobody is in charge: nothing leaves.
      const swapped = fileWith('swapped.json', {
        numbers: { ...numbers, [brazil.id]: world.phone },
        routes: [{ prefix: '35191', sessions: [brazil.id] }],
      });
      const toNobody = fileWith('to-nobody.json', [
        { to: dora, text },
        { to: '12025550123', text },
      ]);
      const refused = start(language, 'router', swapped, toNobody, `other-${language}`);
      expect(await refused.ended()).toBe(1);
      expect(refused.lines[0]).toContain(`Brazil has the number ${brazil.phone}, not ${world.phone}`);
      expect(refused.lines[1]).toContain('no route for this number');
      expect((await practice.receivedBy(dora)).map(({ body }) => body)).not.toContain(text);
    },
    limitMs,
  );

  it(
    'the picture is set for every session that can take it, and the report names the one that cannot',
    async () => {
      const broken = `Broken-${language}`;
      await server.call('POST', '/accounts', { id: broken.toLowerCase(), label: broken, network: 'practice' });
      const program = start(language, 'set-pictures', fileWith('logo.png', samplePng(300, 300)));
      expect(await program.ended(90_000), program.lines.join('\n')).toBe(1);
      expect(program.lines).toHaveLength(4);
      expect(program.lines).toContain('Brazil: done');
      expect(program.lines).toContain('World: done');
      expect(program.lines.find((line) => line.startsWith(broken))).toContain('SESSION_NOT_READY');
      expect(program.lines.at(-1)).toBe('2 done, 1 failed.');
      for (const { id, phone } of [brazil, world]) {
        expect((await practice.phone(phone)).hasPicture).toBe(true);
        await server.call('DELETE', `/sessions/${id}/profile/picture`);
      }
      await server.call('DELETE', `/sessions/${broken}`);
    },
    limitMs,
  );

  it(
    'a session that fails is started again after a pause, with the reason, and says itself that it is back',
    async () => {
      const before = (await shownTo(dora, world)).length;
      const watcher = start(language, 'keep-running', dora);
      await watcher.says(/world: ready/);
      await practice.conflict(world.phone);
      await watcher.says(/world: failed with SESSION_CONFLICT: .*in use in another window/);
      await watcher.says(/world: starts again in 2 s/);
      await watcher.says(new RegExp(`world: told ${dora}`), 120_000);
      await untilStatus(world.id, 'ready');
      // It is told when the outbox has taken it; it leaves after that.
      await eventually('Dora to be told', async () => (await shownTo(dora, world)).length > before, 60_000);
      expect((await shownTo(dora, world)).slice(before)).toEqual(['world is back.']);
      expect(watcher.lines.filter((line) => line.includes('brazil'))).toHaveLength(1);
      await watcher.end();
    },
    limitMs,
  );

  it(
    'a session is started for one message and stopped again, and the same order is told once',
    async () => {
      await server.call('POST', `/sessions/${brazil.id}/stop`);
      const text = `Your order is ready (${language})`;
      for (let run = 0; run < 2; run += 1) {
        const program = start(language, 'start-send-stop', brazil.id, `+${ana}`, text, `order-${language}`);
        expect(await program.ended(120_000), program.lines.join('\n')).toBe(0);
        expect(program.lines[0]).toMatch(/^Message \S+ is (sent|delivered|read)\.$/);
        expect(program.lines.at(-1)).toBe(`Session ${brazil.id} is stopped.`);
        expect(await statusOf(brazil.id)).toBe('terminated');
      }
      expect((await shownTo(ana, brazil)).filter((body) => body === text)).toEqual([text]);
      await server.call('POST', `/sessions/${brazil.id}/start`);
      await untilStatus(brazil.id, 'ready');
    },
    limitMs,
  );
};

describe('in Node', () => {
  testsIn('Node');
});
// Where there is no Python 3.9 or newer, these are told as skipped.
describe.skipIf(!python)('in Python', () => {
  testsIn('Python');
});
