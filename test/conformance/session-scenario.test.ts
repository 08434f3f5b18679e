import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Message } from 'whatsapp-web.js';
import { startPracticeNetwork } from '../../electron/simulator/network/start';
import { ANNA, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import { builtPracticePage } from '../fixtures/library-client';

describeConformance(
  'scenarios',
  (target) => {
    const bench = target.perTest();

    test('a scenario scans, waits for what happens, writes and breaks, all by itself', async () => {
      await bench.control.startScenario([
        { note: 'link the first page that shows a code', when: { page: 'unpaired' } },
        { call: 'POST scans', body: { qr: '$qr', phone: PHONE } },
        {
          when: { page: 'linked', phone: PHONE },
          afterMs: 600,
          call: `POST customers/${ANNA}/messages`,
          body: { phone: PHONE, body: 'how much?' },
          times: 3,
          everyMs: 50,
        },
        {
          when: { ledger: 'sent', phone: PHONE, text: '20 euros' },
          call: 'POST faults',
          body: { name: 'socket-down', phone: PHONE, forMs: 300 },
        },
        { when: { ledger: 'read', customer: ANNA } },
      ]);
      const library = bench.newClient();
      library.client.on('message', (message: Message) => void message.reply('20 euros').catch(() => undefined));
      await library.start();
      await library.until('ready');
      await library.until('change_state', ([state]) => state === 'TIMEOUT');
      await eventually('the end', async () => (await bench.control.scenarios())[0]?.state === 'done');
      expect(library.all('message')).toHaveLength(3);
      expect(await bench.control.scenarios()).toEqual([{ id: 'scenario-1', state: 'done', done: 5, steps: 5 }]);
    });

    test('a scenario file begins with the network; network time drives its steps', async () => {
      mkdirSync(bench.folder, { recursive: true });
      const file = join(bench.folder, 'shop.jsonl');
      writeFileSync(
        file,
        [
          '# a phone, and a fault an hour later',
          '{"call": "POST phones", "body": {"number": "4915100000009"}}',
          '',
          '{"atMs": 3600000, "call": "POST faults", "body": {"name": "acks-lost"}}',
        ].join('\n'),
      );
      const network = await startPracticeNetwork({ pageFile: builtPracticePage, token: 't', scenarioFile: file });
      try {
        await eventually('the phone', () => network.network.world.phones.has('4915100000009'));
        expect(network.network.faults.list()).toEqual([]);
        network.network.world.clock.advance(3_600_001);
        await eventually('the fault', () => network.network.faults.list().length === 1);
      } finally {
        await network.stop();
      }
    });

    test('a step that fails ends the scenario with a sentence', async () => {
      await bench.control.startScenario([{ call: 'POST phones/4915100000008/kick' }, { call: 'POST linking/refresh' }]);
      await eventually('the end', async () => (await bench.control.scenarios())[0]?.state === 'failed');
      expect((await bench.control.scenarios())[0]).toMatchObject({
        done: 0,
        error: 'step at 1 (POST phones/4915100000008/kick): There is no phone 4915100000008',
      });
    });

    test('a scenario can be stopped while it waits', async () => {
      const { id } = await bench.control.startScenario([{ when: { ledger: 'linked' } }]);
      await bench.control.stopScenario(id);
      expect((await bench.control.scenarios())[0]?.state).toBe('stopped');
    });
  },
  { renamed: 'never' },
);
