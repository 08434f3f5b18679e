import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
beforeAll(async () => {
  desk = await openRestDesk();
});
afterAll(() => desk.close());

const withoutKey = { 'X-API-Key': '' };

/** With a path and headers that fetch would tidy up. */
const rawAsk = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: desk.port, path, headers });
    call.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });

describe('the web console at the address of the API', () => {
  it('is a page that anybody on this computer may load, and that holds nothing', async () => {
    const page = await desk.ask('GET', '/', undefined, withoutKey);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const word of ['Support', 'Sales', desk.secret]) expect(page.text).not.toContain(word);
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect([...page.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('loads only files of its own, and each is there', async () => {
    const page = await desk.ask('GET', '/', undefined, withoutKey);
    const named = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    const files = named.filter((address) => address !== 'data:,');
    expect(files.length).toBeGreaterThanOrEqual(2);
    const styles = await Promise.all(
      files.map(async (file) => {
        expect(file).toMatch(/^\/console\/[\w.-]+$/);
        const answer = await desk.ask('GET', file, undefined, withoutKey);
        expect(answer.status, file).toBe(200);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        return file.endsWith('.css') ? answer.text : '';
      }),
    );
    const fonts = [...styles.join('').matchAll(/url\(([^)]+)\)/g)].map(([, address = '']) => address);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) {
      expect(font).toMatch(/^\/console\/[\w.-]+\.woff2$/);
      expect((await desk.ask('GET', font, undefined, withoutKey)).status, font).toBe(200);
    }
  });

  it('has a policy under which nothing foreign and nothing inline runs, and no page may frame it', async () => {
    const { headers } = await desk.ask('GET', '/', undefined, withoutKey);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('opens no way around the guard: foreign hosts, origins and sites get neither page nor files', async () => {
    const page = await desk.ask('GET', '/', undefined, withoutKey);
    const script = /src="([^"]+)"/.exec(page.text)?.[1] ?? '';
    for (const path of ['/', script]) {
      expect(await rawAsk(path)).toBe(200);
      expect(await rawAsk(path, { Host: 'evil.example' })).toBe(403);
      expect(await rawAsk(path, { Origin: 'https://evil.example' })).toBe(403);
      expect(await rawAsk(path, { 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    }
  });

  it('serves its own files by name and nothing that a path could reach', async () => {
    for (const path of [
      '/console/',
      '/console/index.html',
      '/console/../main/index.js',
      '/console/..%2fmain%2findex.js',
      '/console/%2e%2e/main/index.js',
      '/console//etc/passwd',
      '/console/%00',
      '/index.html',
    ]) {
      const status = await rawAsk(path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
  });

  it('gets nothing out of the API without a key', async () => {
    for (const path of ['/snapshot', '/accounts', '/sessions', '/sessions/support/qr', '/events', '/info']) {
      expect((await desk.ask('GET', `/api/v1${path}`, undefined, withoutKey)).status, path).toBe(401);
    }
  });
});
