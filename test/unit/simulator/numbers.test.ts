import { expect, test } from 'vitest';
import {
  ContactModel,
  contactAttributes,
  countryCode,
  formatNumber,
} from '../../../electron/simulator/page/chats/contact-model';
import { createWid } from '../../../electron/simulator/page/core/wid';

test('numbers are written with their country code', () => {
  expect(formatNumber('5511987654321')).toBe('+55 11 98765 4321');
  expect(formatNumber('14155550106')).toBe('+1 415 555 0106');
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
  expect(new ContactModel(contactAttributes(id, { pushname: 'Rafael' })).formattedName).toBe('+55 11 98765 4321');
  expect(new ContactModel(contactAttributes(id, { pushname: 'Rafael', name: 'Rafael S.' })).formattedName).toBe(
    'Rafael S.',
  );
});
