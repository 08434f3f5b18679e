import { describe, expect, it } from 'vitest';
import { formatCountdown, formatDuration, formatMemory, formatPercent } from '../../../renderer/ui/format-amount';
import { formatName, formatPhone } from '../../../renderer/ui/format-phone';
import { keyed } from '../../../renderer/ui/keyed';
import { readPhone } from '../../../renderer/ui/read-phone';

describe('phone numbers', () => {
  it('groups numbers for reading and leaves alone what is none', () => {
    expect(formatPhone('+551140020022')).toBe('+55 11 4002 0022');
    expect(formatPhone('14155550123')).toBe('+1 415 555 0123');
    for (const text of ['', 'Marina', '+1', '+00000000000', '120363000000000001@g.us'])
      expect(formatPhone(text)).toBe(text);
  });

  it('groups a name only when it is nothing but a number', () => {
    expect(formatName('+551140020022')).toBe('+55 11 4002 0022');
    expect(formatName('Order 551140020022')).toBe('Order 551140020022');
    expect(formatName('551140020022')).toBe('551140020022');
  });

  it.each(['+55 11 95555-0123', '5511955550123', '0055 (11) 95555.0123'])('reads %j as people type it', (typed) => {
    expect(readPhone(typed)).toMatchObject({ kind: 'number', digits: '5511955550123' });
  });

  it.each([
    ['', /country code/],
    ['11 abc', /Take out “a”/],
    ['0119555', /instead of 0/],
    ['5511', /too short/],
    ['55119555501234567', /too long/],
    ['+999 12345678', /No country code begins with 999/],
  ])('says what is wrong with %j', (typed, sentence) => {
    const reading = readPhone(typed);
    expect(reading.kind === 'problem' ? reading.problem : '').toMatch(sentence);
  });
});

describe('amounts', () => {
  it('are short and keep their unit', () => {
    expect([formatMemory(0), formatMemory(148.3), formatMemory(1536)]).toEqual(['0 MB', '148 MB', '1.5 GB']);
    expect([formatPercent(0), formatPercent(0.42), formatPercent(36.7)]).toEqual(['0 %', '0.4 %', '37 %']);
    expect([18, 412, 48_000, 125_000, 4_800_000].map(formatDuration)).toEqual([
      '18 ms',
      '0.4 s',
      '48 s',
      '2 min 5 s',
      '1 h 20 min',
    ]);
    expect([24, 125].map(formatCountdown)).toEqual(['24 s', '2:05']);
  });
});

describe('keys of a list that grows at its start', () => {
  it('stay with their items, also where two have the same name', () => {
    const keyOf = (items: readonly string[]) => keyed(items, (item) => item).map(({ key }) => key);
    const before = keyOf(['b', 'a', 'a']);
    expect(new Set(before).size).toBe(3);
    expect(keyOf(['a', 'b', 'a', 'a']).slice(1)).toEqual(before);
  });
});
