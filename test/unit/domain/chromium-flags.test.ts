import { describe, expect, it } from 'vitest';
import { chromiumFlagName, chromiumFlagProblem } from '../../../electron/domain/chromium-flags';

describe('switches for an account’s browser', () => {
  it.each(['--lang=pt-BR', '--disable-gpu', '--window-size=1280,800', '--constructor'])(
    'allow %s, which weakens nothing',
    (flag) => expect(chromiumFlagProblem(flag)).toBeUndefined(),
  );

  it.each([
    '--no-sandbox',
    '--NO-SANDBOX',
    '--single-process',
    '--disable-web-security',
    '--ignore-certificate-errors',
    '--remote-debugging-port=9222',
    '--load-extension=/tmp/x',
    '--user-data-dir=/tmp/other',
    '--proxy-server=http://example.com',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--user-agent=Other',
    '--disable-features=IsolateOrigins',
    '--renderer-cmd-prefix=/bin/sh',
    '--js-flags=--allow-natives-syntax',
    '--lang=en\n--no-sandbox',
    '-no-sandbox',
    'no-sandbox',
    '/no-sandbox',
    '--',
    '',
  ])('refuse %j', (flag) => expect(chromiumFlagProblem(flag)).toBeTypeOf('string'));

  it('are named without their value and without what could dress up a sentence', () => {
    expect(chromiumFlagName('--proxy-server=http://me:secret@host')).toBe('--proxy-server');
    expect(chromiumFlagName(`--x\n\u202E${'y'.repeat(400)}`)).toMatch(/^--x\?\?y{1,60}$/);
  });
});
