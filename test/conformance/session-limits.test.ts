import { expect, test } from 'vitest';
import type { Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import type { LibraryClient } from '../fixtures/library-client';

const NEW_PEOPLE = ['4915100000001', '4915100000002', '4915100000003', '4915100000004'];

interface LimitModules {
  require(name: 'WAWebReachoutTimelockUtils'): {
    readonly REACHOUT_TIMELOCK_IDB_KEY: string;
    isUserReachoutTimelocked(): boolean;
  };
  require(name: 'WAWebIndividualNewChatMessageCappingLimitUtils'): {
    getCappingData(): unknown;
    isUserCapped(): boolean;
  };
  require(name: 'WAWebUserPrefsIndexedDBStorage'): { readonly userPrefsIdb: { get(key: string): unknown } };
}

const timelockOf = (library: LibraryClient) =>
  library.inPage(() => {
    const page = globalThis as unknown as LimitModules;
    const utils = page.require('WAWebReachoutTimelockUtils');
    const stored = page.require('WAWebUserPrefsIndexedDBStorage').userPrefsIdb.get(utils.REACHOUT_TIMELOCK_IDB_KEY);
    return [utils.isUserReachoutTimelocked(), stored] as const;
  });

const cappingOf = (library: LibraryClient) =>
  library.inPage(() => {
    const utils = (globalThis as unknown as LimitModules).require('WAWebIndividualNewChatMessageCappingLimitUtils');
    return [utils.isUserCapped(), utils.getCappingData()] as const;
  });

const finalAck = (library: LibraryClient, sent: Message) =>
  eventually('an ack', () => {
    const acks = library.all('message_ack').filter(([message]) => (message as Message).id.id === sent.id.id);
    const ack = acks.at(-1)?.[1];
    return ack === 3 || ack === -1 ? { ack } : undefined;
  });

describeConformance(
  'limits that WhatsApp states',
  (target) => {
    const bench = target.linkedOnce({
      prepare: async (control) => {
        for (const number of NEW_PEOPLE) await control.createCustomer({ number, name: `New ${number.slice(-1)}` });
        await control.writeAs(ANNA, { phone: PHONE, body: 'I wrote first' });
      },
    });

    test('reach-out timelock: new chats get ack −1 with 463, people who wrote first do not, and the page can be asked', async () => {
      const { timelock } = await bench.control.setTimelock(PHONE, { forMs: 3_600_000 });
      await eventually('the page to know', async () => (await timelockOf(bench.library))[0]);
      expect((await timelockOf(bench.library))[1]).toEqual({
        state: 'VISIBLE',
        enforcement_type: 'DEFAULT',
        time_enforcement_ends: timelock?.endsAt,
      });
      const cold = await bench.client.sendMessage(`${NEW_PEOPLE[0]}@c.us`, 'buy!');
      expect(await finalAck(bench.library, cold)).toEqual({ ack: -1 });
      const warm = await bench.client.sendMessage(ANNA_CHAT, 'answer');
      expect(await finalAck(bench.library, warm)).toEqual({ ack: 3 });
      expect(await bench.control.receivedBy(NEW_PEOPLE[0] ?? '')).toEqual([]);
      await bench.control.advanceClock(3_600_001);
      await eventually('the end', async () => !(await timelockOf(bench.library))[0]);
      const later = await bench.client.sendMessage(`${NEW_PEOPLE[0]}@c.us`, 'good morning');
      expect(await finalAck(bench.library, later)).toEqual({ ack: 3 });
    });

    test('new-chat capping: counts new chats, warns, refuses, and begins again with the next cycle', async () => {
      await bench.control.setCapping(PHONE, { quota: 2, used: 0, cycleMs: 86_400_000 });
      for (const number of NEW_PEOPLE.slice(1, 3)) {
        const sent = await bench.client.sendMessage(`${number}@c.us`, 'first contact');
        expect(await finalAck(bench.library, sent)).toEqual({ ack: 3 });
      }
      await eventually('the page to be capped', async () => (await cappingOf(bench.library))[0]);
      expect((await cappingOf(bench.library))[1]).toMatchObject({
        capping_status: 'CAPPED',
        total_quota: 2,
        used_quota: 2,
      });
      const third = await bench.client.sendMessage(`${NEW_PEOPLE[3]}@c.us`, 'one too many');
      expect(await finalAck(bench.library, third)).toEqual({ ack: -1 });
      await bench.control.advanceClock(86_400_001);
      await eventually('the next cycle', async () => !(await cappingOf(bench.library))[0]);
      expect((await cappingOf(bench.library))[1]).toMatchObject({ capping_status: 'NONE', used_quota: 0 });
      expect((await bench.control.setCapping(PHONE)).capping).toBeUndefined();
    });

    test('new-chat capping: a warning can be set as it is', async () => {
      await bench.control.setCapping(PHONE, { quota: 100, used: 10, status: 'SECOND_WARNING' });
      await eventually('the warning', async () => {
        const [, data] = await cappingOf(bench.library);
        return (data as { capping_status: string } | undefined)?.capping_status === 'SECOND_WARNING';
      });
      await bench.control.setCapping(PHONE);
    });
  },
  { renamed: 'never' },
);
