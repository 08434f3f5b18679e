import { afterEach, describe, expect, it } from 'vitest';
import { type ExampleLanguage, hasPython, type RunningProgram, runExample } from '../fixtures/example-programs';
import { type ScriptedAnswer, type ScriptedApi, startScriptedApi } from '../fixtures/scripted-api';

const python = hasPython();
let api: ScriptedApi | undefined;
let program: RunningProgram | undefined;
afterEach(async () => {
  await program?.end();
  await api?.close();
}, 60_000);

const failure = (status: number, code: string, details?: unknown, retryAfter?: number): ScriptedAnswer => ({
  status,
  body: { success: false, error: { code, message: `${code} in words`, details } },
  ...(retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } }),
});
const success = (data: unknown): ScriptedAnswer => ({ body: { success: true, data } });
const session = (accountId: string, status: object) => ({ accountId, generation: 1, status });
const failed = (accountId: string, code: string) =>
  session(accountId, { state: 'failed', sinceMs: 1, error: { code, message: `${code} in words` } });
const frame = (number: number, value: object) =>
  `id: run:${number}\nevent: session.changed\ndata: ${JSON.stringify({ type: 'session.changed', session: value })}\n\n`;

const testsIn = (language: ExampleLanguage): void => {
  const restart = 'POST /sessions/shop/restart';

  it('a restart is tried again when the API asks for patience, and one of unknown effect only after a look', async () => {
    api = await startScriptedApi({
      'GET /events': [{ stream: ': hello\nretry: 1000\n\nid: run:1\n\n' }],
      'GET /snapshot': [success({ sessions: [failed('shop', 'SESSION_CRASHED'), failed('lost', 'SESSION_BANNED')] })],
      [restart]: [
        failure(429, 'RATE_LIMITED', undefined, 1),
        failure(503, 'STORE_UNAVAILABLE', undefined, 1),
        { drop: true },
      ],
      'GET /sessions/shop/status': [success({ status: 'initializing' })],
    });
    program = runExample(language, 'keep-running', [], { address: api.address, key: 'sb_key' });
    await program.says(/shop: NO_ANSWER/);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(api.calls).toEqual(['GET /events', 'GET /snapshot', restart, restart, restart, 'GET /sessions/shop/status']);
    expect(program.lines.filter((line) => line.includes('lost:')).map((line) => line.split('lost: ')[1])).toEqual([
      'failed with SESSION_BANNED: SESSION_BANNED in words',
      'waits for a person',
    ]);
  }, 60_000);

  it('a message that may have left is looked up and not sent again; a conflict is left to whoever is at it', async () => {
    const chat = '5511977770001@c.us';
    api = await startScriptedApi({
      'GET /events': [{ stream: frame(2, session('shop', { state: 'ready', sinceMs: 2 })) }],
      'GET /snapshot': [success({ sessions: [failed('shop', 'SESSION_TIMEOUT'), failed('busy', 'PROFILE_IN_USE')] })],
      'POST /sessions/busy/restart': [failure(409, 'PROFILE_IN_USE')],
      'GET /sessions/busy/status': [success({ status: 'initializing' })],
      'POST /sessions/shop/send-text': [
        failure(502, 'SEND_UNCONFIRMED', { messageId: '3EB0AA', chatId: chat, effect: 'unknown' }),
      ],
      [`GET /sessions/shop/chats/${encodeURIComponent(chat)}/sends/3EB0AA`]: [success({ send: { state: 'unknown' } })],
    });
    program = runExample(language, 'keep-running', ['5511977770001'], { address: api.address, key: 'sb_key' });
    await program.says(/shop: its message is unknown; it is not sent again/);
    await program.says(/busy: PROFILE_IN_USE/);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(api.calls.filter((call) => call.includes('send-text'))).toEqual([
      'POST /sessions/shop/send-text back-shop-2',
    ]);
    expect(api.calls.filter((call) => call.includes('restart'))).toEqual(['POST /sessions/busy/restart']);
  }, 60_000);

  it('an event stream that is cut goes on after the last event, and a call without an answer is repeated only under a key', async () => {
    api = await startScriptedApi({
      'GET /events': [{ drop: true }, failure(503, 'UNAVAILABLE'), { stream: ': hello\n\nid: run:7\n\n' }],
      'GET /snapshot': [success({ sessions: [] })],
      'POST /sessions/shop/start': [success({})],
      'GET /sessions/shop/status': [success({ status: 'ready' })],
      'POST /sessions/shop/send-text': [
        { drop: true },
        success({ messageId: '3EB0AA', chatId: 'x@c.us', status: 'sent' }),
      ],
      'POST /sessions/shop/stop': [{ drop: true }],
    });
    program = runExample(language, 'keep-running', [], { address: api.address, key: 'sb_key' });
    const { calls } = api;
    await expect
      .poll(() => calls, { timeout: 30_000 })
      .toEqual(['GET /events', 'GET /events', 'GET /events', 'GET /snapshot']);
    await program.end();
    program = runExample(language, 'start-send-stop', ['shop', '5511977770001', 'Hello', 'order-1'], {
      address: api.address,
      key: 'sb_key',
    });
    expect(await program.ended()).toBe(1);
    expect(calls.filter((call) => call.startsWith('POST'))).toEqual([
      'POST /sessions/shop/start',
      'POST /sessions/shop/send-text order-1',
      'POST /sessions/shop/send-text order-1',
      'POST /sessions/shop/stop',
    ]);
  }, 60_000);
};

describe('in Node', () => {
  testsIn('Node');
});
// Where there is no Python 3.9 or newer, these are told as skipped.
describe.skipIf(!python)('in Python', () => {
  testsIn('Python');
});
