import { describe, expect, it } from 'vitest';
import { withLabels } from '../../../electron/domain/account-names';

const labels: Readonly<Record<string, string>> = { 'acc-0f3a': 'Sales', 'acc-0f': 'Support' };
const named = (text: string): string => withLabels(text, (id) => labels[id]);

describe('what a person reads', () => {
  it.each([
    ['Account acc-0f3a could not answer.', 'Account “Sales” could not answer.'],
    ['the login of account acc-0f is used', 'the login of account “Support” is used'],
    ['account acc-0f: its folder cannot be created', 'account “Support”: its folder cannot be created'],
    ['account acc-0f3a and account acc-0f.', 'account “Sales” and account “Support”.'],
  ])('names accounts by their labels: %j', (text, expected) => expect(named(text)).toBe(expected));

  it.each(['an account that sleeps', 'account acc-0f3', 'no account acc-0f3a-old', 'accounts acc-0f3a'])(
    'leaves %j as it is',
    (text) => expect(named(text)).toBe(text),
  );
});
