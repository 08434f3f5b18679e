import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../electron/domain/base64';
import { exitAddressIn } from '../../../electron/domain/exit-address';
import { roomForAccounts } from '../../../electron/domain/room-for-accounts';

describe('the room for more accounts', () => {
  it('leaves some memory to everybody else', () => expect(roomForAccounts(1_000, [], 100)).toBe(0));
  it('counts what accounts cost here, by the dearest of them', () => {
    expect(roomForAccounts(1_024 + 3_000, [300, 300, 1], 100)).toBe(10);
    expect(roomForAccounts(1_024 + 1_600, [1, 2], 100)).toBe(10);
  });
  it('is never more than the console takes', () => expect(roomForAccounts(64_000, [200], 3)).toBe(3));
});

describe('the exit address', () => {
  it.each([
    ['203.0.113.7\n', '203.0.113.7'],
    ['{"ip":"203.0.113.7"}', '203.0.113.7'],
    ['Current IP: 203.0.113.7', '203.0.113.7'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['{"ip":"2001:db8:0:1::1"}', '2001:db8:0:1::1'],
  ])('is found in %j', (answer, address) => expect(exitAddressIn(answer)).toBe(address));
  it.each(['', '<html>Sign in</html>', '999.1.1.1', 'version 1.2.3'])('is not made up from %j', (answer) =>
    expect(exitAddressIn(answer)).toBeUndefined(),
  );
});

describe('base64', () => {
  it('is what everybody else writes, for every length', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });
});
