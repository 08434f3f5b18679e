import { expect, it } from 'vitest';
import { parseFlags } from '../../../electron/main/flags';
import { serve } from '../../../electron/main/serve';

it('a server that shall use an installed browser says so at its start when there is none, and does not listen', async () => {
  const flags = parseFlags(['--serve', '--use-chrome', '--no-key']).serve;
  if (flags === undefined) throw new Error('no flags');
  const said: string[] = [];
  let listens = 0;
  const start = (browser: string | undefined) =>
    serve(
      { apiKeys: { isEmpty: false } as never, webhooks: { fromCommandLine: async () => undefined } as never },
      {
        state: {},
        apply: async () => {
          listens += 1;
          return { address: 'http://127.0.0.1:8080' };
        },
        close: async () => undefined,
      },
      flags,
      () => browser,
      (line) => said.push(line),
    );
  await expect(start(undefined)).rejects.toThrow('--use-chrome');
  expect([listens, said]).toEqual([0, []]);
  await start('/usr/bin/chromium');
  expect([listens, said.length]).toEqual([1, 2]);
});
