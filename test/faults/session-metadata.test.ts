import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/console-app';
import { type ServedConsole, startServedConsole } from '../fixtures/served-console';

const data = temporaryFolder();
let server: ServedConsole | undefined;
afterAll(async () => {
  await server?.stop();
  data.remove();
}, 120_000);

describe('metadata of a session', () => {
  it('is there again after the console was killed right behind the answer, as it was made and as it was changed', async () => {
    server = await startServedConsole(data.path);
    await server.must('POST', '/accounts', {
      id: 'shop',
      label: 'Shop',
      network: 'practice',
      metadata: { tenant: '4711' },
    });
    await server.kill();
    server = await startServedConsole(data.path);
    expect(await server.must('GET', '/sessions/shop')).toMatchObject({ config: { metadata: { tenant: '4711' } } });
    await server.must('PATCH', '/accounts/shop/settings', { settings: { metadata: { 'owner.name': 'Ação 😀' } } });
    await server.kill();
    server = await startServedConsole(data.path);
    const { config } = await server.must('GET', '/sessions/shop');
    expect(config).toMatchObject({ metadata: { 'owner.name': 'Ação 😀' } });
    expect(JSON.stringify(config)).not.toContain('tenant');
  }, 240_000);
});
