import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { withoutOptionalPackages } from '../../../electron/worker/optional-packages';

it('loads whatsapp-web.js without what only RemoteAuth needs, and takes nothing away from whoever asks later', async () => {
  const { default: library } = await withoutOptionalPackages(() => import('whatsapp-web.js'));
  const require = createRequire(import.meta.resolve('whatsapp-web.js'));
  const loaded = Object.keys(require.cache);

  expect(loaded.filter((file) => /node_modules\/(archiver|fs-extra|unzipper|whatwg-url)\//.test(file))).toEqual([]);
  expect(loaded.filter((file) => /node_modules\/(whatsapp-web\.js|puppeteer|node-fetch)\//.test(file))).not.toEqual([]);
  expect(library.Client).toBeTypeOf('function');
  // The library's own word for packages that are not there.
  expect(() => new library.RemoteAuth({ store: {} as never, backupSyncIntervalMs: 60_000 })).toThrow(
    /Optional Dependencies/,
  );
  const refused = 'fs-extra';
  expect(require(refused)).toHaveProperty('copy');
});
