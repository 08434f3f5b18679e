import { describe, expect, it } from 'vitest';
import { findSameLabel, nextFreeColor, nextPosition } from '../../../electron/domain/account-choices';
import { accountId, anAccount } from '../../fakes/entities';

const withColors = (...colors: readonly number[]) => colors.map((color) => ({ color }));

describe('choices for a new account', () => {
  it('takes the first colour that nobody has', () => {
    expect(nextFreeColor([])).toBe(0);
    expect(nextFreeColor(withColors(0, 1, 3))).toBe(2);
  });

  it('shares the least used colour when all are taken', () => {
    expect(nextFreeColor(withColors(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))).toBe(0);
    expect(nextFreeColor(withColors(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1))).toBe(2);
  });

  it('goes to the end of the rail, also after a removal in the middle', () => {
    expect(nextPosition([])).toBe(0);
    expect(nextPosition([{ position: 0 }, { position: 4 }])).toBe(5);
  });

  it.each(['support', ' SUPPORT ', 'Support'])('finds a label that a person would confuse: "%s"', (label) => {
    expect(findSameLabel([anAccount('one')], label)?.id).toBe('one');
  });

  it('compares composed and decomposed letters as equal', () => {
    expect(findSameLabel([anAccount('one', { label: 'Loja S\u00e3o' })], 'loja sa\u0303o')?.id).toBe('one');
  });

  it('does not find the account that is being renamed', () => {
    expect(findSameLabel([anAccount('one')], 'SUPPORT', accountId('one'))).toBeUndefined();
  });
});
