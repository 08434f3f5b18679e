import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { openApi, restRoutes } from '../../electron/surfaces/rest';

const description = openApi(
  restRoutes({
    network: 'whatsapp',
    installedBrowser: () => undefined,
    files: { fetch: () => Promise.reject(new Error('nothing is fetched here')) },
  }),
  '0.1.0',
);

it('is OpenAPI 3.1 in the eyes of somebody else', async () => {
  const validator = new Validator();
  const result = await validator.validate(
    JSON.parse(JSON.stringify(description)) as Parameters<typeof validator.validate>[0],
  );
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

it('changes on purpose only: docs/openapi.json is what programs were built against (vitest -u writes it anew)', async () => {
  await expect(`${JSON.stringify(description, undefined, 2)}\n`).toMatchFileSnapshot('../../docs/openapi.json');
});
