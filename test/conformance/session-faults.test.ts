import { expect, test } from 'vitest';
import type { Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import type { LibraryClient } from '../fixtures/library-client';

const acksOf = (library: LibraryClient, id: string) =>
  library.all('message_ack').flatMap(([message, ack]) => ((message as Message).id.id === id ? [ack] : []));

const bodiesOf = (library: LibraryClient) => library.all('message').map(([message]) => (message as Message).body);

describeConformance(
  'misbehaviour of a linked session',
  (target) => {
    const bench = target.linkedOnce();

    const quietly = async (run: () => Promise<void>) => {
      await eventually('a connection', async () => {
        const state: string = await bench.client.getState();
        return state === 'CONNECTED';
      });
      bench.library.forget();
      try {
        await run();
      } finally {
        await bench.control.endAllFaults();
      }
    };

    test('acks-held: acks wait until the fault ends', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'acks-held', phone: PHONE, from: 2 });
        const { id } = await bench.client.sendMessage(ANNA_CHAT, 'held');
        await eventually('delivery', async () =>
          (await bench.control.receivedBy(ANNA)).some((one) => one.readAt !== undefined),
        );
        expect(acksOf(bench.library, id.id)).toEqual([1]);
        await bench.control.endAllFaults();
        await eventually('the read ack', () => acksOf(bench.library, id.id).includes(3));
      }));

    test('acks-lost: acks never come, and the message has arrived all the same', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'acks-lost', phone: PHONE });
        const sent = await bench.client.sendMessage(ANNA_CHAT, 'acks lost');
        await eventually('delivery', async () =>
          (await bench.control.receivedBy(ANNA)).some((one) => one.id === sent.id.id && one.readAt !== undefined),
        );
        await bench.control.endAllFaults();
        expect(acksOf(bench.library, sent.id.id)).toEqual([]);
      }));

    test('acks-delayed: acks come late', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'acks-delayed', phone: PHONE, delayMs: 300 });
        const began = Date.now();
        const sent = await bench.client.sendMessage(ANNA_CHAT, 'late');
        await eventually('the first ack', () => acksOf(bench.library, sent.id.id).length > 0);
        expect(Date.now() - began).toBeGreaterThanOrEqual(290);
      }));

    test('acks-duplicated: every ack is told twice', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'acks-duplicated', phone: PHONE });
        const sent = await bench.client.sendMessage(ANNA_CHAT, 'twice');
        await eventually('all acks', () => acksOf(bench.library, sent.id.id).length === 6);
        expect(acksOf(bench.library, sent.id.id)).toEqual([1, 1, 2, 2, 3, 3]);
      }));

    test('acks-reordered: the last ack comes first', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'acks-reordered', phone: PHONE, delayMs: 300 });
        const sent = await bench.client.sendMessage(ANNA_CHAT, 'the other way round');
        await eventually('all acks', () => acksOf(bench.library, sent.id.id).length === 3);
        expect(acksOf(bench.library, sent.id.id)).toEqual([3, 2, 1]);
      }));

    test('sends-refused: ack −1, and nobody gets the message', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'sends-refused', phone: PHONE });
        const sent = await bench.client.sendMessage(ANNA_CHAT, 'refused');
        await eventually('the refusal', () => acksOf(bench.library, sent.id.id).includes(-1));
        expect((await bench.control.receivedBy(ANNA)).map(({ id }) => id)).not.toContain(sent.id.id);
        const ledger = await bench.control.ledger({ phone: PHONE });
        expect(ledger.filter(({ kind }) => kind === 'refused').map(({ id }) => id)).toEqual([sent.id.id]);
      }));

    test('send-throws: sendMessage fails although the message went out', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'send-throws', phone: PHONE });
        // The page has to hear of it first; nothing in it shows that it has.
        await new Promise((resolve) => setTimeout(resolve, 200));
        await expect(bench.client.sendMessage(ANNA_CHAT, 'thrown and delivered')).rejects.toThrow('went out');
        await eventually('delivery', async () =>
          (await bench.control.receivedBy(ANNA)).some(
            ({ body, copies }) => body === 'thrown and delivered' && copies === 1,
          ),
        );
      }));

    test('events-twice: an incoming message is told twice under the same id', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'events-twice', phone: PHONE });
        await bench.control.writeAs(ANNA, { phone: PHONE, body: 'hello hello' });
        await eventually('both', () => bodiesOf(bench.library).length === 2);
        const ids = bench.library.all('message').map(([message]) => (message as Message).id.id);
        expect(new Set(ids).size).toBe(1);
      }));

    test('socket-flapping: the connection breaks again and again, and nothing is lost', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'socket-flapping', phone: PHONE, upMs: 400, downMs: 200 });
        for (let number = 0; number < 10; number += 1) {
          await bench.control.writeAs(ANNA, { phone: PHONE, body: `flap ${number}` });
          await new Promise((resolve) => setTimeout(resolve, 150));
        }
        await eventually(
          'two breaks',
          () => bench.library.all('change_state').filter(([state]) => state === 'TIMEOUT').length > 1,
        );
        await bench.control.endAllFaults();
        await eventually('every message', () => bodiesOf(bench.library).length === 10);
        expect(bodiesOf(bench.library)).toEqual(Array.from({ length: 10 }, (_, number) => `flap ${number}`));
      }));

    test('silent-resume: what was missed while the connection was down is stored without an event', () =>
      quietly(async () => {
        await bench.control.fault({ name: 'silent-resume', phone: PHONE });
        const down = await bench.control.fault({ name: 'socket-down', phone: PHONE });
        await bench.library.until('change_state', ([state]) => state === 'TIMEOUT');
        await bench.control.writeAs(ANNA, { phone: PHONE, body: 'unheard' });
        await bench.control.endFault(down.id);
        await bench.library.until('change_state', ([state]) => state === 'CONNECTED');
        const chat = await bench.client.getChatById(ANNA_CHAT);
        await eventually('the message in the chat', async () =>
          (await chat.fetchMessages({ limit: 20 })).some(({ body }) => body === 'unheard'),
        );
        expect(bodiesOf(bench.library)).toEqual([]);
      }));

    test('POST pages/hang: the page stands still for that long, and goes on', () =>
      quietly(async () => {
        await bench.control.hang({ phone: PHONE }, 700);
        const began = Date.now();
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await bench.client.getState()).toBe('CONNECTED');
        expect(Date.now() - began).toBeGreaterThan(500);
      }));

    test('POST pages/memory: the page eats that much, and gives it back', () =>
      quietly(async () => {
        const used = () =>
          bench.library.inPage(
            () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1024 ** 2,
          );
        await bench.control.eatMemory({ phone: PHONE }, { megabytes: 96, perSecond: 400 });
        const metrics = async () => (await bench.client.pupPage?.metrics())?.JSHeapUsedSize ?? 0;
        await eventually('the page to be fat', async () => (await used()) > 90 || (await metrics()) > 90 * 1024 ** 2);
        await bench.control.freeMemory({ phone: PHONE });
      }));

    test('the clock: messages carry the network’s time, which can be set and advanced', () =>
      quietly(async () => {
        const { now } = await bench.control.clock();
        const tomorrow = now + 86_400_000;
        await bench.control.setClock(tomorrow);
        await bench.control.writeAs(ANNA, { phone: PHONE, body: 'from tomorrow' });
        await bench.library.until('message');
        const [[message]] = bench.library.all('message') as [[Message]];
        expect(Math.abs(message.timestamp * 1000 - tomorrow)).toBeLessThan(5000);
        expect((await bench.control.advanceClock(3_600_000)).offsetMs).toBeGreaterThanOrEqual(90_000_000 - 5000);
        await bench.control.setClock(now);
      }));
  },
  { renamed: 'never' },
);

describeConformance(
  'misbehaviour that ends a session or keeps it from starting',
  (target) => {
    const bench = target.perTest();

    test('scan-refused: the phone says no to every code', async () => {
      await bench.control.fault({ name: 'scan-refused', phone: PHONE });
      const library = bench.newClient();
      await library.start();
      const qr = await library.qr();
      expect(await bench.control.scan({ qr, phone: PHONE })).toEqual({ refused: true });
      await library.until('qr', ([text]) => text !== qr);
    });

    test('banned: the devices are unlinked, and the number cannot link again', async () => {
      const library = await bench.linkedClient();
      library.forget();
      await bench.control.fault({ name: 'banned', phone: PHONE });
      expect(await library.until('disconnected')).toEqual(['LOGOUT']);
      const qr = await library.qr();
      await expect(bench.control.scan({ qr, phone: PHONE })).rejects.toThrow('403');
    });

    test('blocked: a session ends with TOS_BLOCK, and cannot start before the fault ends', async () => {
      const first = await bench.linkedClient(PHONE, { profile: 'blocked' });
      await bench.control.fault({ name: 'blocked', phone: PHONE });
      expect(await first.until('disconnected')).toEqual(['TOS_BLOCK']);
      const second = bench.newClient({ profile: 'blocked' });
      await second.start();
      expect(await second.client.getState()).toBe('TOS_BLOCK');
      expect(second.names()).toEqual([]);
      await bench.control.endAllFaults();
      await second.until('ready');
    });

    test('stall at link: no code is shown before it ends', async () => {
      const stall = await bench.control.fault({ name: 'stall', phase: 'link' });
      const library = bench.newClient();
      const started = library.start();
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect(library.names()).toEqual([]);
      await bench.control.endFault(stall.id);
      await started;
      await library.qr();
    });

    test('stall at sync, stall at ready: a start stands still there, and goes on when it ends', async () => {
      const sync = await bench.control.fault({ name: 'stall', phase: 'sync', phone: PHONE });
      const ready = await bench.control.fault({ name: 'stall', phase: 'ready', phone: PHONE });
      const library = bench.newClient();
      await library.start();
      await bench.control.scan({ qr: await library.qr(), phone: PHONE });
      await library.until('loading_screen');
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(library.all('loading_screen')).toEqual([[40, 'WhatsApp']]);
      await bench.control.endFault(sync.id);
      await library.until('loading_screen', ([percent]) => percent === 100);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(library.names()).not.toContain('authenticated');
      await bench.control.endFault(ready.id);
      await library.until('ready');
    });

    test('POST pages/crash: the renderer is gone, the login is not', async () => {
      const first = await bench.linkedClient(PHONE, { profile: 'crash' });
      const crashed = new Promise((resolve) => first.client.pupPage?.once('error', resolve));
      await bench.control.crash({ phone: PHONE });
      expect(String(await crashed)).toContain('crashed');
      await first.client.pupBrowser?.close();
      const second = bench.newClient({ profile: 'crash' });
      await second.start();
      await second.until('ready');
    });

    test.each([
      ['by default the next page sends what was left pending, under the same id', undefined, [0, 1, 2, 3]],
      ['pending never: what was left pending stays at ack 0 for ever', 'never', []],
      ['pending half: half of it goes out', 'half', [1, 3]],
    ] as const)('%s', async (_name, mode, expected) => {
      await bench.control.addHistory(PHONE, { chat: ANNA, count: 1 });
      const first = await bench.linkedClient(PHONE, { profile: 'pending' });
      const down = await bench.control.fault({ name: 'socket-down', phone: PHONE });
      await first.until('change_state', ([state]) => state === 'TIMEOUT');
      await first.inPage(() => {
        const page = globalThis as unknown as { require(name: string): { newId: () => Promise<string> } };
        let count = 0;
        page.require('WAWebMsgKey').newId = async () => `3EB0A0000000000000000${count++}`;
      });
      const ids = [];
      for (const body of ['0', '1', '2', '3']) {
        const sent = await first.client.sendMessage(ANNA_CHAT, body, { sendSeen: false });
        ids.push(sent.id._serialized);
      }
      first.client.pupBrowser?.process()?.kill('SIGKILL');
      await eventually('the browser to be gone', () => first.client.pupBrowser?.connected === false);
      await bench.control.endFault(down.id);
      if (mode !== undefined) await bench.control.fault({ name: 'pending', phone: PHONE, mode });
      const second = bench.newClient({ profile: 'pending' });
      await second.start();
      await second.until('ready');
      await eventually(
        'what goes out',
        async () => (await bench.control.receivedBy(ANNA)).length === expected.length || expected.length === 0,
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      const received = await bench.control.receivedBy(ANNA);
      expect(received.map(({ body, copies }) => [Number(body), copies])).toEqual(expected.map((body) => [body, 1]));
      const kept = await second.client.getMessageById(ids[0] ?? '');
      const ack: number = kept.ack;
      expect([kept.body, ack === 0]).toEqual(['0', !(expected as readonly number[]).includes(0)]);
    });

    test('a history of 50,000 messages: ready as quickly as ever, and read back as far as one likes', async () => {
      await bench.control.addHistory(PHONE, { chat: ANNA, count: 50_000, days: 400 });
      const library = await bench.linkedClient();
      const chat = await library.client.getChatById(ANNA_CHAT);
      expect(await chat.fetchMessages({ limit: 600 })).toHaveLength(600);
    });
  },
  { renamed: 'never' },
);
