import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRemoteFiles } from '../../../electron/platform/remote-files';

let server: Server;
let address: string;
const files = createRemoteFiles(() => true);

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { Location: '/%zz' }).end();
    else response.writeHead(200, { 'Content-Type': 'image/png' }).end('picture');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('a file from a web address', () => {
  it.each([
    ['/a%20b.png', 'a b.png'],
    ['/%zz', '%zz'],
    ['/%ff%fe.png', '%ff%fe.png'],
    ['/moved', '%zz'],
    ['/a%2f..%2fb.png', 'b.png'],
    ['/a%00b%5C.png', 'a_b_.png'],
  ])('at %s is taken under the name %s, however its address is encoded', async (path, filename) => {
    expect(await files.fetch(`${address}${path}`, 100)).toEqual({
      bytes: Buffer.from('picture'),
      mediaType: 'image/png',
      filename,
    });
  });

  it('is refused when it is larger than told, and never taken from inside', async () => {
    await expect(files.fetch(`${address}/a.png`, 3)).rejects.toMatchObject({ code: 'REMOTE_FILE_REFUSED' });
    await expect(createRemoteFiles().fetch(`${address}/a.png`, 100)).rejects.toMatchObject({
      code: 'REMOTE_FILE_REFUSED',
    });
  });
});
