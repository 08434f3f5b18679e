import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../../electron/main/flags';

const serve = (...argv: string[]) => parseFlags(['electron', '.', '--serve', ...argv]).serve;

describe('the flags of a server', () => {
  it('have the dialect’s defaults', () => {
    expect(serve()).toEqual({
      port: 8_080,
      host: '127.0.0.1',
      allowedHosts: [],
      perMinute: {},
      maxSessions: 10,
      useChrome: false,
      noKey: false,
      practice: false,
      webhookHost: undefined,
    });
    expect(parseFlags(['electron', '.']).serve).toBeUndefined();
  });

  it('take as many names as it answers under', () => {
    expect(serve('--allowed-host=Chat.Example.com', '--allowed-host=switchboard')?.allowedHosts).toEqual([
      'chat.example.com',
      'switchboard',
    ]);
  });

  it.each(['', '*', '*.example.com', 'https://x', 'x:8080', 'x/y', 'x y', '-x', 'x.'])(
    'refuse %j as a name in a sentence',
    (name) => {
      expect(() => serve(`--allowed-host=${name}`)).toThrow(/--allowed-host must be one name/);
    },
  );

  it('set the limits that are given, and leave the others as they are', () => {
    expect(serve('--message-limit=60')?.perMinute).toEqual({ messaging: 60 });
    expect(serve('--session-limit=1', '--call-limit=1000')?.perMinute).toEqual({ creation: 1, other: 1_000 });
    expect(() => serve('--call-limit=0')).toThrow('--call-limit must be 1 to 1000000, as in --call-limit 100');
  });

  it('refuse calls without a key where others can reach it', () => {
    expect(() => serve('--no-key', '--api-host=0.0.0.0')).toThrow(/--no-key works on this computer only/);
  });
});
