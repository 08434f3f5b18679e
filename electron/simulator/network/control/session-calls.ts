import type { Misbehaviour } from '../../session-frames';
import { Body } from '../body';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import { type ControlTable, LONGEST_WAIT_MS, phoneOf } from './control-table';

const YEAR_MS = 366 * 86_400_000;
const MONTH_MS = 30 * 86_400_000;
const MOST_MEGABYTES = 4096;
const MEGABYTES_PER_SECOND = 200;
const BUILDS = ['classic', 'renamed'] as const;
const STATUSES = ['NONE', 'FIRST_WARNING', 'SECOND_WARNING', 'CAPPED'] as const;

/** What an account's session goes through: conflicts, limits, builds, broken pages, and the network's clock. */
export const SESSION_CALLS: ControlTable = {
  'POST phones/*/conflict': (network, _call, [number]) => {
    const pages = network.pages.takeOver(phoneOf(network, number).number);
    if (pages === 0) throw new Refusal(404, `The phone ${number} has no page that is connected`);
    return { pages };
  },

  'GET phones/*/limits': (network, _call, [number]) => network.limits.of(phoneOf(network, number).number),
  'PUT phones/*/limits/timelock': (network, call, [number]) => {
    const body = new Body(call.body, ['forMs', 'enforcementType']);
    const phone = phoneOf(network, number).number;
    const enforcementType = body.optionalText('enforcementType') ?? 'DEFAULT';
    network.limits.setTimelock(phone, { forMs: body.amount('forMs', 1, YEAR_MS), enforcementType });
    return network.limits.of(phone);
  },
  'DELETE phones/*/limits/timelock': (network, _call, [number]) => {
    const phone = phoneOf(network, number).number;
    network.limits.setTimelock(phone, undefined);
    return network.limits.of(phone);
  },
  'PUT phones/*/limits/capping': (network, call, [number]) => {
    const body = new Body(call.body, ['quota', 'used', 'status', 'cycleMs']);
    const phone = phoneOf(network, number).number;
    const used = body.optionalAmount('used', 0, 1_000_000);
    network.limits.setCapping(phone, {
      quota: body.amount('quota', 0, 1_000_000),
      cycleMs: body.optionalAmount('cycleMs', 1, YEAR_MS) ?? MONTH_MS,
      ...(used === undefined ? {} : { used }),
      ...(body.has('status') ? { status: body.oneOf('status', STATUSES) } : {}),
    });
    return network.limits.of(phone);
  },
  'DELETE phones/*/limits/capping': (network, _call, [number]) => {
    const phone = phoneOf(network, number).number;
    network.limits.setCapping(phone, undefined);
    return network.limits.of(phone);
  },

  'GET builds': (network) => ({ build: network.builds.forAll ?? 'by-version' }),
  'PUT builds': (network, call) => {
    const build = new Body(call.body, ['build']).oneOf('build', [...BUILDS, 'by-version']);
    network.builds.forAll = build === 'by-version' ? undefined : build;
    return { build };
  },
  'PUT phones/*/build': (network, call, [number]) => {
    const build = new Body(call.body, ['build']).oneOf('build', [...BUILDS, 'by-version']);
    network.builds.set(phoneOf(network, number).number, build === 'by-version' ? undefined : build);
    return { build };
  },

  'POST pages/crash': (network, call) => misbehave(network, new Body(call.body, ['phone', 'page']), { how: 'crash' }),
  'POST pages/hang': (network, call) => {
    const body = new Body(call.body, ['phone', 'page', 'forMs']);
    return misbehave(network, body, { how: 'hang', forMs: body.amount('forMs', 1, LONGEST_WAIT_MS) });
  },
  'POST pages/memory': (network, call) => {
    const body = new Body(call.body, ['phone', 'page', 'megabytes', 'perSecond']);
    const megabytes = body.amount('megabytes', 1, MOST_MEGABYTES);
    const perSecond = body.optionalAmount('perSecond', 1, MOST_MEGABYTES) ?? MEGABYTES_PER_SECOND;
    return misbehave(network, body, { how: 'memory', megabytes, perSecond });
  },
  'DELETE pages/memory': (network, call) =>
    misbehave(network, new Body(call.body, ['phone', 'page']), { how: 'memory-free' }),

  'GET clock': (network) => showClock(network),
  'PUT clock': (network, call) => {
    network.world.clock.set(new Body(call.body, ['now']).amount('now', 0, Number.MAX_SAFE_INTEGER));
    return showClock(network);
  },
  'POST clock/advance': (network, call) => {
    network.world.clock.advance(new Body(call.body, ['ms']).amount('ms', 1, YEAR_MS));
    return showClock(network);
  },
};

function showClock({ world }: Network): { readonly now: number; readonly offsetMs: number } {
  return { now: world.now(), offsetMs: world.clock.offsetMs };
}

/** The page with this id, the pages of this phone, or every page. */
function misbehave(network: Network, body: Body, misbehaviour: Misbehaviour): { readonly pages: number } {
  const phone = body.optionalNumber('phone');
  const page = body.optionalText('page');
  const which = { ...(phone === undefined ? {} : { phone }), ...(page === undefined ? {} : { page }) };
  const linked = network.pages.misbehave(which, misbehaviour);
  const unlinked = phone === undefined ? network.desk.say(page, { op: 'misbehave', misbehaviour }) : 0;
  if (linked + unlinked === 0) throw new Refusal(404, 'There is no such page connected');
  return { pages: linked + unlinked };
}
