import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId } from '../fakes/entities';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const api = '/api/v1';

beforeAll(async () => {
  desk = await openRestDesk();
});
afterAll(() => desk.close());

describe('metadata of a new session', () => {
  it('that is not a small record of texts is refused by session and field, and no session is made', async () => {
    for (const [metadata, words] of [
      [{ tenant: 4711 }, 'Session Bad: config › metadata › tenant must be text'],
      [{ 'a b': 'x' }, 'Session Bad: config › metadata › a b (its name) must be letters'],
      [['x'], 'Session Bad: config › metadata'],
    ] as const) {
      const { status, body } = await desk.ask('POST', `${api}/sessions`, { sessionId: 'Bad', config: { metadata } });
      expect([status, body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
      expect(body.error.message).toContain(words);
    }
    expect((await desk.ask('GET', `${api}/sessions/bad`)).status).toBe(404);
  });
});

describe('the browser of new sessions', () => {
  const usual = '/usr/bin/google-chrome';
  const open = (path: string | undefined) =>
    openRestDesk({ installedBrowser: () => path }, { browserOfNewAccounts: () => path });
  const browserOf = (chrome: RestDesk, id: string) => chrome.app.accounts.find(accountId(id))?.settings.browser;

  it('is the installed one where the server was started so, by either way to make one, unless the call says otherwise', async () => {
    const chrome = await open(usual);
    const make = (sessionId: string, config: object) =>
      chrome.ask('POST', `${api}/sessions`, { sessionId, waitForQR: false, config });
    await chrome.ask('POST', `${api}/accounts`, { id: 'one', label: 'One', network: 'practice' });
    await make('two', { authTimeout: 90 });
    await make('three', { useChrome: true });
    await make('four', { useChrome: false });
    const installed = { kind: 'installed', path: usual };
    expect(['one', 'two', 'three', 'four'].map((id) => browserOf(chrome, id))).toEqual([
      installed,
      installed,
      installed,
      { kind: 'builtin' },
    ]);
    expect((await chrome.ask('GET', `${api}/sessions/one`)).body.data.config).toMatchObject({ useChrome: true });
    await chrome.close();
  });

  it('that cannot be run is refused by name, and no session is made', async () => {
    const chrome = await open(usual);
    chrome.app.outside.browserProblems.set(usual, 'may not be run by this user');
    for (const [path, body] of [
      ['accounts', { id: 'one', label: 'One', network: 'practice' }],
      ['sessions', { sessionId: 'one' }],
    ] as const) {
      const { status, body: refused } = await chrome.ask('POST', `${api}/${path}`, body);
      expect([status, refused.error.code]).toEqual([400, 'BROWSER_NOT_FOUND']);
      expect(refused.error.message).toMatch(/one: .*google-chrome, which may not be run by this user/i);
    }
    expect(browserOf(chrome, 'one')).toBeUndefined();
    await chrome.close();
  });

  it('is the built-in one otherwise, also when there is no other', async () => {
    await desk.ask('POST', `${api}/accounts`, { id: 'plain', label: 'Plain one', network: 'practice' });
    expect(browserOf(desk, 'plain')).toEqual({ kind: 'builtin' });
    await desk.ask('DELETE', `${api}/accounts/plain`);
    const none = await open(undefined);
    const { body } = await none.ask('POST', `${api}/sessions`, { sessionId: 'one', config: { useChrome: true } });
    expect(body.error.code).toBe('BROWSER_NOT_FOUND');
    await none.ask('POST', `${api}/accounts`, { id: 'two', label: 'Two', network: 'practice' });
    expect(browserOf(none, 'two')).toEqual({ kind: 'builtin' });
    await none.close();
  });
});
