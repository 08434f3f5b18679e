import { describe, expect, it } from 'vitest';
import { settle } from '../../fakes/child-processes';
import { anAccount } from '../../fakes/entities';
import { supervise } from './supervised';

const sales = anAccount('sales', { label: 'Sales' });
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('a profile on which something runs that cannot be ended', () => {
  it('is not opened a second time: the account says who holds it and what to do, and starts once it is free', async () => {
    const world = supervise();
    world.accounts.push(sales);
    world.browsers.held = true;
    world.supervisor.start(sales);
    await settle();
    await pause();
    const { status } = world.supervisor.get(sales.id);
    expect(status).toMatchObject({ state: 'backoff', error: { code: 'PROFILE_IN_USE' } });
    expect(status.state === 'backoff' ? status.error.message : '').toMatch(/“Sales” is held by a process.*End it/);
    expect(world.workers).toEqual([]);
    world.browsers.held = false;
    world.clock.advance(1_000);
    await settle();
    await pause();
    expect(world.workers).toHaveLength(1);
  });
});
