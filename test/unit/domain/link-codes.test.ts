import { expect, it } from 'vitest';
import { accountSettingsSchema } from '../../../electron/contract/entities/account-settings';
import { codesWithin } from '../../../electron/domain/link-codes';

it.each([
  [20_000, 1],
  [60_000, 1],
  [60_001, 2],
  [120_000, 4],
  [accountSettingsSchema.parse({}).linkTimeoutMs, 6],
  [3_600_000, 178],
])('in %i ms %i codes are shown, of which the first lives a minute', (timeoutMs, codes) => {
  expect(codesWithin(timeoutMs)).toBe(codes);
});
