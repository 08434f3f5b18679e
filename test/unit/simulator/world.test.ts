import { expect, test } from 'vitest';
import { seedDemo } from '../../../electron/simulator/network/demo';
import { Network } from '../../../electron/simulator/network/network';
import { ackOf, type Change } from '../../../electron/simulator/network/state';
import { NO_FILE } from '../../../electron/simulator/network/state-file';
import { World } from '../../../electron/simulator/network/world';

const NOW = Date.UTC(2026, 4, 4, 10);

function demoWorld(): World {
  const world = new World(NO_FILE, [], () => NOW);
  seedDemo(new Network(world, { demo: true }));
  return world;
}

test('a snapshot leads to the same state again', () => {
  const world = demoWorld();
  world.note('linked', { phone: '551140020022', id: 'device' });
  const again = new World(NO_FILE, JSON.parse(JSON.stringify([...world.snapshot()])) as Change[], () => NOW);
  expect([...again.snapshot()]).toEqual([...world.snapshot()]);
  expect(again.ledger).toEqual(world.ledger);
});

test('a file from before groups had admins, limits and a link leads to groups that have them', () => {
  const old = { id: '1@g.us', subject: 'Team', owner: '551140020022', participants: ['551140020022'], creation: 1 };
  const world = new World(NO_FILE, [{ c: 'group', group: old } as unknown as Change], () => NOW);
  const group = world.groups.get('1@g.us');
  expect(group).toMatchObject({ ...old, admins: ['551140020022'], requests: [], announce: false });
  expect(group?.inviteCode).toHaveLength(22);
});

test('the demo day has two phones, a dozen customers each, unread chats and a group, and is the same every time', () => {
  const world = demoWorld();
  expect([...world.phones.values()].map((phone) => [phone.pushname, phone.chats.size])).toEqual([
    ['Sales', 13],
    ['Support', 13],
  ]);
  for (const phone of world.phones.values()) {
    const unread = [...phone.chats.values()].filter((chat) => chat.unreadCount > 0);
    expect(unread.length).toBeGreaterThanOrEqual(3);
  }
  expect([...world.groups.values()].map((group) => group.subject)).toEqual(['Wholesale partners']);
  expect([...demoWorld().snapshot()]).toEqual([...world.snapshot()]);
});

test('no two messages of a seeded chat share a second, and none lies in the future', () => {
  for (const phone of demoWorld().phones.values()) {
    for (const chat of phone.chats.values()) {
      const times = chat.messages.map((message) => message.t);
      expect(new Set(times).size).toBe(times.length);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times.at(-1)).toBeLessThanOrEqual(NOW / 1000);
    }
  }
});

test('a demo that has a past is not seeded again', () => {
  const world = demoWorld();
  const before = [...world.snapshot()];
  seedDemo(new Network(world, { demo: true }));
  expect([...world.snapshot()]).toEqual(before);
});

test('an ack counts the slowest recipient', () => {
  const message = { id: 'A', chatId: '1@g.us', fromMe: true, type: 'chat', body: '', t: 1, to: ['1', '2'] };
  expect(ackOf(message)).toBe(1);
  expect(ackOf({ ...message, receipts: { '1': { deliveredAt: 1, readAt: 2 } } })).toBe(1);
  expect(ackOf({ ...message, receipts: { '1': { deliveredAt: 1, readAt: 2 }, '2': { deliveredAt: 1 } } })).toBe(2);
  const read = { deliveredAt: 1, readAt: 2 };
  expect(ackOf({ ...message, receipts: { '1': read, '2': read } })).toBe(3);
});
