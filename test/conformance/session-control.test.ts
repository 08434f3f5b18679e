import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { PracticeControl } from '../fakes/practice-control';
import { describeConformance, PHONE } from '../fixtures/conformance';

interface RawCall {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describeConformance(
  'the control interface',
  (target) => {
    const bench = target.linkedOnce();
    const bearer = 'Bearer token-of-the-conformance-tests';
    const json = { authorization: bearer, 'content-type': 'application/json' };

    /** Without any of the headers that `fetch` adds by itself. */
    const call = ({ method = 'GET', path = 'status', body, headers = {} }: RawCall) =>
      new Promise<{ readonly status: number; readonly error: string }>((resolve, reject) => {
        const sent = httpRequest(
          { host: '127.0.0.1', port: bench.network.port, path: `/control/${path}`, method, headers: { ...headers } },
          (response) => {
            let text = '';
            response.on('data', (part: Buffer) => (text += part.toString()));
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                error: (JSON.parse(text) as { error?: string }).error ?? '',
              }),
            );
          },
        );
        sent.once('error', reject);
        if (body === '') sent.flushHeaders();
        else sent.end(body);
      });

    test('401 without the token, and with another one', async () => {
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic dGVzdA==' }]) {
        expect(await call({ headers })).toMatchObject({
          status: 401,
          error: expect.stringContaining('token') as string,
        });
      }
      await expect(new PracticeControl({ port: bench.network.port, token: 'wrong' }).phones()).rejects.toThrow('401');
    });

    test('403 for web pages and for names that point here from elsewhere', async () => {
      expect(await call({ headers: { authorization: bearer, origin: 'https://web.whatsapp.com' } })).toMatchObject({
        status: 403,
      });
      const foreign = await fetch(`http://127.0.0.1:${bench.network.port}/control/status`, {
        headers: { authorization: bearer },
      });
      expect(foreign.status).toBe(200);
    });

    test('a real web page on another origin, in this browser, reads nothing and changes nothing', async () => {
      const before = (await bench.control.phones()).length;
      const tries = await bench.library.inPage(
        async ({ port, token, phone }) => {
          const outcomes: string[] = [];
          const attempt = async (name: string, run: () => Promise<Response>) => {
            try {
              const response = await run();
              outcomes.push(`${name}: ${response.type === 'opaque' ? 'opaque' : response.status}`);
            } catch {
              outcomes.push(`${name}: refused`);
            }
          };
          const address = `http://127.0.0.1:${port}/control/phones`;
          const authorization = `Bearer ${token}`;
          const body = JSON.stringify({ number: phone });
          await attempt('get', () => fetch(address, { headers: { authorization } }));
          await attempt('post', () => fetch(address, { method: 'POST', body, headers: { authorization } }));
          await attempt('form', () => fetch(address, { method: 'POST', mode: 'no-cors', body }));
          return outcomes;
        },
        { port: bench.network.port, token: 'token-of-the-conformance-tests', phone: '4915100000077' },
      );
      expect(tries).toEqual(['get: refused', 'post: refused', 'form: opaque']);
      expect((await bench.control.phones()).length).toBe(before);
    });

    test.each([
      ['404', 'GET', 'nothing', undefined, 'There is no control call GET'],
      ['404', 'GET', 'phones/4915100000077', undefined, 'There is no phone 4915100000077'],
      ['404', 'DELETE', 'faults/none', undefined, 'There is no fault none'],
      ['404', 'POST', 'pages/crash', '{"page":"none"}', 'There is no such page connected'],
      ['404', 'POST', 'passkeys', `{"phone":"${PHONE}","ok":true}`, 'No page waits for a passkey there'],
      ['400', 'POST', 'phones', '{"number":"12"}', 'The field "number" has to be a phone number with 6 to 15 digits'],
      ['400', 'POST', 'phones', '[]', 'The body has to be a JSON object'],
      ['400', 'POST', 'phones', '{', 'The body is not JSON'],
      ['400', 'POST', 'phones', '{"phone":"1"}', 'There is no field "phone" here; known are: number, pushname'],
      ['400', 'POST', 'faults', '{"name":"fire"}', 'The field "name" has to be one of socket-down'],
      [
        '400',
        'POST',
        'faults',
        '{"name":"acks-lost","phase":"sync"}',
        'The fault "acks-lost" has no "phase"; it takes "from"',
      ],
      ['400', 'POST', 'faults', '{"name":"stall"}', 'The fault "stall" needs "phase"'],
      ['400', 'POST', 'faults', `{"name":"stall","phase":"load","phone":"${PHONE}"}`, 'takes no "phone"'],
      ['400', 'PUT', 'clock', '{"now":-1}', 'The field "now" has to be a whole number from 0'],
      ['400', 'POST', 'clock/advance', '{}', 'The field "ms" is missing'],
      ['400', 'PUT', 'linking', '{}', 'Give "qrLifetimeMs", "codeLifetimeMs" or both'],
      ['400', 'POST', 'scenarios', '{"steps":[{"call":"POST nothing"}]}', 'there is no control call "POST nothing"'],
      ['400', 'GET', 'phones/%ff', undefined, 'The address is not written correctly'],
      ['409', 'POST', 'customers', `{"number":"${PHONE}","name":"x"}`, 'is a phone of this network already'],
    ])('%s: %s %s with %s', async (status, method, path, body, sentence) => {
      const answer = await call({ method, path, headers: json, ...(body === undefined ? {} : { body }) });
      expect(answer.error).toContain(sentence);
      expect(answer.status).toBe(Number(status));
    });

    test('410 for a code that has expired, 415 for a body that is no JSON, 413 for one that is too big', async () => {
      expect(
        await call({
          method: 'POST',
          path: 'phones',
          headers: { authorization: bearer, 'content-type': 'text/plain' },
          body: '{}',
        }),
      ).toMatchObject({ status: 415, error: expect.stringContaining('application/json') as string });
      // Announced and never sent: the answer comes before the body.
      const big = { ...json, 'content-length': String(65 * 1024 * 1024) };
      expect(await call({ method: 'POST', path: 'phones', headers: big, body: '' })).toMatchObject({
        status: 413,
        error: expect.stringContaining('at most') as string,
      });
      const library = bench.newClient();
      await library.start();
      const qr = await library.qr();
      await bench.control.refreshCodes();
      const expired = await call({ method: 'POST', path: 'scans', headers: json, body: JSON.stringify({ qr }) });
      expect(expired).toMatchObject({ status: 410, error: expect.stringContaining('expired') as string });
      const unknown = await call({ method: 'POST', path: 'scans', headers: json, body: '{"qr":"2@nobody"}' });
      expect(unknown).toMatchObject({ status: 404, error: 'No page shows this code' });
    });
  },
  { renamed: 'never' },
);
