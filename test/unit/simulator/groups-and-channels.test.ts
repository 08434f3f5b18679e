import { expect, test } from 'vitest';
import { Network } from '../../../electron/simulator/network/network';
import type { Change } from '../../../electron/simulator/network/state';
import { World } from '../../../electron/simulator/network/world';

const SALES = '551140020022';
const ANNA = '4915112345678';
const BRUNO = '351912345678';
const DAY_MS = 86_400_000;

/** A network that keeps its changes in a list, at a time that the test sets. */
function networkAt(startMs: number, past: Iterable<Change> = []) {
  const clock = { ms: startMs };
  const log: Change[] = [];
  const world = new World(
    { append: (change) => log.push(structuredClone(change)), flush: () => {} },
    past,
    () => clock.ms,
  );
  const network = new Network(world, { demo: false });
  return { clock, log, world, network };
}

function peopled() {
  const bench = networkAt(1_760_000_000_000);
  bench.network.ensurePhone(SALES, 'Sales');
  for (const number of [ANNA, BRUNO]) bench.network.setCustomer({ name: number }, number);
  return bench;
}

test('groups and channels are the same after a restart, from the log and from its snapshot', () => {
  const { network, log, world } = peopled();
  const { group } = network.groups.create(SALES, {
    subject: 'Lasting',
    participants: [ANNA],
    membershipApproval: true,
  });
  network.groups.setDescription(group.id, SALES, 'Text', 'D1');
  network.groups.admission.join(group.inviteCode, BRUNO);
  const channel = network.channels.create(ANNA, { name: 'News' });
  network.channels.follow(channel.id, SALES);
  network.channels.post(ANNA, { id: 'P1', chatId: channel.id, type: 'chat', body: 'First' });
  for (const past of [log, [...world.snapshot()]]) {
    const again = networkAt(0, past).world;
    expect(again.groups).toEqual(world.groups);
    expect(again.channels.all()).toEqual(world.channels.all());
  }
  expect(world.groups.get(group.id)?.requests).toMatchObject([{ number: BRUNO, method: 'InviteLink' }]);
});

test('who has left can be added again by others after a day, and comes back by link at once', () => {
  const { network, clock } = peopled();
  const { group } = network.groups.create(SALES, { subject: 'Doors', participants: [ANNA, BRUNO] });
  network.groups.leave(group.id, ANNA);
  network.groups.leave(group.id, BRUNO);
  expect(network.groups.add(group.id, SALES, [ANNA])).toMatchObject([{ code: 408 }]);
  expect(network.groups.admission.join(group.inviteCode, BRUNO).pending).toBe(false);
  clock.ms += DAY_MS;
  expect(network.groups.add(group.id, SALES, [ANNA])).toMatchObject([{ code: 200 }]);
});

test('a private invitation leads in for three days', () => {
  const { network, clock } = peopled();
  const { group } = network.groups.create(SALES, { subject: 'Doors', participants: [] });
  const { admission } = network.groups;
  const first = admission.invite(group.id, SALES, ANNA);
  clock.ms += 3 * DAY_MS;
  expect(() => admission.joinInvited(group.id, ANNA, first.code, SALES)).toThrow('not valid any more');
  const second = admission.invite(group.id, SALES, ANNA);
  admission.joinInvited(group.id, ANNA, second.code, SALES);
  expect(network.groups.get(group.id).participants).toEqual([SALES, ANNA]);
});

test('a group never stays without an admin, and its maker can be neither removed nor demoted', () => {
  const { network } = peopled();
  const { group } = network.groups.create(SALES, { subject: 'Led', participants: [ANNA, BRUNO] });
  network.groups.promote(group.id, SALES, [ANNA]);
  expect(network.groups.remove(group.id, ANNA, [SALES])).toMatchObject([{ code: 406 }]);
  expect(network.groups.demote(group.id, ANNA, [SALES])).toMatchObject([{ code: 406 }]);
  network.groups.leave(group.id, SALES);
  expect(network.groups.get(group.id).admins).toEqual([ANNA]);
  network.groups.leave(group.id, ANNA);
  expect(network.groups.get(group.id).admins).toEqual([BRUNO]);
});

test('a post with an id that the channel knows is there once', () => {
  const { network } = peopled();
  const { id } = network.channels.create(ANNA, { name: 'News' });
  const post = { id: 'P1', chatId: id, type: 'chat', body: 'Once' };
  expect(network.channels.post(ANNA, post)).toEqual(network.channels.post(ANNA, post));
  expect(network.channels.get(id).posts).toHaveLength(1);
  expect(() => network.channels.post(BRUNO, { ...post, id: 'P2' })).toThrow('is not owner or admin');
});
