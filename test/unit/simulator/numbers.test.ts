import { expect, test } from 'vitest';
import { lidOf, numberOf } from '../../../electron/simulator/network/ids';
import { ContactModel, contactAttributes } from '../../../electron/simulator/page/chats/contact-model';
import { createWid } from '../../../electron/simulator/page/core/wid';
import { countryCode, formatNumber } from '../../../electron/simulator/page/people/phone-numbers';

test('numbers are written with their country code', () => {
  expect(formatNumber('5511987654321')).toBe('+55 11 98765-4321');
  expect(formatNumber('14155550106')).toBe('+1 415-555-0106');
  expect(formatNumber('442079460018')).toBe('+44 20 7946 0018');
  expect(formatNumber('919876543210')).toBe('+91 98765 43210');
  expect(formatNumber('353871230203')).toBe('+353 87 123 0203');
  expect(formatNumber('999123456789')).toBe('+999 12 345 6789');
});

test('the country code is found in one, two or three digits', () => {
  expect(['14155550106', '79161234567', '442079460018', '353871230203', '5511'].map(countryCode)).toEqual([
    '1',
    '7',
    '44',
    '353',
    '55',
  ]);
});

test('somebody who is not in the address book is titled by number, not by the name they chose', () => {
  const id = createWid('5511987654321@c.us');
  expect(new ContactModel(contactAttributes(id, { pushname: 'Rafael' })).formattedName).toBe('+55 11 98765-4321');
  expect(new ContactModel(contactAttributes(id, { pushname: 'Rafael', name: 'Rafael S.' })).formattedName).toBe(
    'Rafael S.',
  );
});

test('somebody who is met by hidden id is titled by the number where it is known, else by the name they chose', () => {
  const id = createWid('158723940118273@lid');
  const known = contactAttributes(id, { pushname: 'Rafael', otherId: '5511987654321@c.us' });
  expect(new ContactModel(known).formattedName).toBe('+55 11 98765-4321');
  expect(new ContactModel(contactAttributes(id, { pushname: 'Rafael' })).formattedName).toBe('~Rafael');
});

test('a hidden id belongs to one number and leads back to it', () => {
  const numbers = ['4915112345678', '551140020022', '0012345', '999999999999999', '100000', '14155550106'];
  expect(numbers.map((number) => numberOf(lidOf(number)))).toEqual(numbers);
  expect(new Set(numbers.map(lidOf)).size).toBe(numbers.length);
  for (const number of numbers) expect(lidOf(number)).toMatch(/^\d{15,16}@lid$/);
});
