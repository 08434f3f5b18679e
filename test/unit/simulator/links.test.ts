import { expect, test } from 'vitest';
import { findLink, findLinks } from '../../../electron/simulator/page/messages/links';

test('links are found in a text without the punctuation behind them', () => {
  const found = findLinks('See https://example.com/a?b=1. Or (www.example.org/x)!');
  expect(found.map(({ href }) => href)).toEqual(['https://example.com/a?b=1', 'http://www.example.org/x']);
});

test('anything that is no text has no links', () => {
  for (const value of [undefined, null, '', 7, {}]) {
    expect(findLinks(value)).toEqual([]);
    expect(findLink(value)).toBeNull();
  }
});

test('foreign letters in a host name are marked as suspicious', () => {
  expect(findLink('https://exаmple.com')?.suspiciousCharacters.size).toBe(1);
  expect(findLink('https://example.com/ä')?.suspiciousCharacters.size).toBe(0);
});

test('a megabyte of text without a link is searched within a moment', () => {
  const started = performance.now();
  findLinks('www.'.repeat(60_000) + 'a'.repeat(800_000));
  expect(performance.now() - started).toBeLessThan(1000);
});
