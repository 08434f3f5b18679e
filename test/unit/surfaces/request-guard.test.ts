import { describe, expect, it } from 'vitest';
import { createRequestGuard } from '../../../electron/surfaces/rest/request-guard';

const guard = createRequestGuard({ hosts: ['0.0.0.0', 'chat.example.com', 'switchboard'], withoutKey: false });
const passes = (headers: Readonly<Record<string, string>>): boolean => {
  try {
    guard(headers);
    return true;
  } catch {
    return false;
  }
};

describe('a server that answers under names of its own', () => {
  it.each([
    'chat.example.com',
    'CHAT.example.com:443',
    'switchboard:8080',
    'localhost:8080',
    '127.0.0.1',
    '[::1]:8080',
    '10.1.2.3',
  ])('answers as %s', (host) => expect(passes({ host })).toBe(true));

  it.each([
    'evil.example',
    'x.chat.example.com',
    'chat.example.com.evil.example',
    'chat.example.com@evil.example',
    'chat.example.com:80:80',
    'chat.example.com.',
    'switchboard/',
    '',
  ])('does not answer as %j', (host) => expect(passes({ host })).toBe(false));

  it('takes a page of its own address, and no page of another', () => {
    const host = 'chat.example.com';
    expect(passes({ host, origin: 'https://chat.example.com' })).toBe(true);
    expect(passes({ host, origin: 'https://chat.example.com:8443' })).toBe(false);
    expect(passes({ host, origin: 'https://switchboard' })).toBe(false);
    expect(passes({ host, origin: 'null' })).toBe(false);
    expect(passes({ host, 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(passes({ host, 'sec-fetch-site': 'same-site' })).toBe(false);
  });
});

it('without names answers to this computer’s own and to addresses in numbers only', () => {
  const plain = createRequestGuard({ hosts: ['127.0.0.1'], withoutKey: false });
  expect(() => plain({ host: 'chat.example.com' })).toThrow('does not answer under that host name');
  expect(() => plain({ host: 'localhost' })).not.toThrow();
  expect(() => plain({})).toThrow('does not answer under that host name');
});

it('is at no address that is nobody’s, unless a person has put it there', () => {
  const plain = createRequestGuard({ hosts: ['127.0.0.1'], withoutKey: false });
  expect(() => plain({ host: '0.0.0.0:8080' })).toThrow('does not answer under that host name');
  expect(() => plain({ host: '[::]:8080' })).toThrow('does not answer under that host name');
  expect(passes({ host: '0.0.0.0:8080' })).toBe(true);
});

it('without keys is only where a browser would say that a foreign page asks', () => {
  const open = createRequestGuard({ hosts: ['127.0.0.1', 'desk.example'], withoutKey: true });
  for (const host of ['127.0.0.1:8080', '127.0.0.2', '[::1]:8080', 'localhost', 'desk.example']) {
    expect(() => open({ host }), host).not.toThrow();
  }
  for (const host of ['[::ffff:127.0.0.1]:8080', '[::ffff:7f00:1]', '0.0.0.0', '[::]', '192.168.1.5', '127.0.0.1.5']) {
    expect(() => open({ host }), host).toThrow('does not answer under that host name');
  }
});
