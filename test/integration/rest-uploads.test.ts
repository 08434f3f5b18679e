import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../electron/contract/limits';
import { accountId, ana, anObservedChat } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const support = accountId('support');
const api = '/api/v1';
const session = `${api}/sessions/Support`;

beforeAll(async () => {
  desk = await openRestDesk({ bodyTimeoutMs: 500 });
  await desk.app.store.upsertChats(support, [anObservedChat()]);
});
// Whatever a call came to, what it has not made a file of is gone.
afterEach(() => {
  if (desk.app.media.received.length > 0) throw new Error('received bytes were left over');
});
afterAll(() => desk.close());

const picture = Buffer.from('a picture of the shop');
const aFile = (bytes: Uint8Array<ArrayBuffer> = new Uint8Array(picture), type = 'image/jpeg'): Blob =>
  new Blob([bytes], { type });
const aForm = (fields: Readonly<Record<string, string>>, ...files: readonly (readonly [Blob, string])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [file, name] of files) form.append('file', file, name);
  return form;
};
const waitingSends = async () => (await desk.ask('GET', `${session}/sends?filter=waiting`)).body.data.sends;
const cancelAll = async (): Promise<void> => {
  for (const { chatId, messageId } of await waitingSends()) {
    await desk.ask('POST', `${session}/chats/${chatId}/sends/${messageId}/cancel`, {});
  }
  await desk.app.settled();
};

describe('a form', () => {
  it('hands a file over byte for byte, under the name and type that it has', async () => {
    const { status, body } = await desk.post(`${session}/uploads`, aForm({}, [aFile(), 'Ação 😀.jpg']));
    expect(status).toBe(201);
    expect(body.data.upload).toMatchObject({ filename: 'Ação 😀.jpg', mimetype: 'image/jpeg', size: picture.length });
    expect(Buffer.from(desk.app.media.files.get(body.data.upload.mediaId)?.bytes ?? [])).toEqual(picture);
  });

  it('may name and type the file itself, and a file without a type is what its name says', async () => {
    const named = await desk.post(
      `${session}/uploads`,
      aForm({ filename: 'b.png', mimetype: 'image/png' }, [aFile(), '../a.jpg']),
    );
    expect(named.body.data.upload).toMatchObject({ filename: 'b.png', mimetype: 'image/png' });
    const untyped = await desk.post(
      `${session}/uploads`,
      aForm({}, [aFile(undefined, 'application/octet-stream'), 'C:\\x\\c.JPEG']),
    );
    expect(untyped.body.data.upload).toMatchObject({ filename: 'c.JPEG', mimetype: 'image/jpeg' });
  });

  it.each(['image', 'file', 'audio', 'video'])(
    'sends with send-%s, with its fields before or after the file',
    async (kind) => {
      const form = aForm({ chatId: '+55 11 00000001' }, [aFile(), 'a.jpg']);
      form.append('caption', 'Olá');
      const sending = desk.post(`${session}/send-${kind}`, form);
      const [row] = await eventually('the row', async () => {
        const rows = await waitingSends();
        return rows.length === 1 ? rows : undefined;
      });
      expect(row).toMatchObject({
        chatId: ana,
        content: { kind: 'media', filename: 'a.jpg', size: picture.length, caption: 'Olá' },
      });
      await cancelAll();
      expect((await sending).body.error.code).toBe('SEND_FAILED');
    },
  );

  it('under an Idempotency-Key is one message, also when the console was started anew in between', async () => {
    const headers = { 'Idempotency-Key': 'one picture' };
    const form = () => aForm({ chatId: ana }, [aFile(), 'a.jpg']);
    const first = desk.post(`${session}/send-image`, form(), headers);
    const second = desk.post(`${session}/send-image`, form(), headers);
    await eventually('the row', async () => (await waitingSends()).length === 1);
    // What this program remembers of answers is not asked: the outbox knows by itself.
    const again = await desk.app.dispatch(desk.app.caller, 'uploads.create', {
      accountId: 'support',
      filename: 'a.jpg',
      mimetype: 'image/jpeg',
      data: picture.toString('base64'),
      idempotencyKey: 'one picture',
    });
    const mediaId = again.ok ? again.data.upload.mediaId : undefined;
    const same = await desk.app.dispatch(desk.app.caller, 'messages.sendMedia', {
      accountId: 'support',
      chatId: ana,
      mediaId,
      idempotencyKey: 'one picture',
    });
    expect(same).toMatchObject({ ok: true });
    const other = await desk.post(
      `${session}/send-image`,
      aForm({ chatId: ana }, [aFile(new Uint8Array([1])), 'a.jpg']),
      headers,
    );
    expect([other.status, other.body.error.code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await waitingSends()).toHaveLength(1);
    await cancelAll();
    expect([(await first).status, (await second).status]).toEqual([502, 502]);
    expect([...desk.app.media.files.values()].filter(({ filename }) => filename === 'a.jpg')).toEqual([]);
  });
});

describe('a form that makes no sense', () => {
  const refusal = async (path: string, form: FormData, headers?: Readonly<Record<string, string>>) => {
    const { status, body } = await desk.post(path, form, headers);
    return [status, body.error.code, body.error.message] as const;
  };

  it('is refused by what is wrong with it, and leaves nothing', async () => {
    const uploads = `${session}/uploads`;
    const send = `${session}/send-image`;
    const file = [aFile(), 'a.jpg'] as const;
    expect(await refusal(uploads, aForm({}, file, file))).toEqual([
      400,
      'VALIDATION_ERROR',
      'Session Support: The form holds more than one file; send one with each call.',
    ]);
    expect((await refusal(uploads, aForm({ filename: 'x' })))[0]).toBe(400);
    expect((await refusal(uploads, aForm({}, [aFile(new Uint8Array()), 'a.jpg'])))[2]).toContain('empty');
    expect((await refusal(uploads, aForm({ filename: 'a/b' }, file)))[2]).toContain('filename');
    expect((await refusal(uploads, aForm({ mimetype: 'nonsense' }, file)))[2]).toContain('mimetype');
    expect((await refusal(uploads, aForm({ surprise: '1' }, file)))[2]).toContain('surprise');
    expect((await refusal(uploads, aForm({ data: 'AAAA' }, file)))[0]).toBe(400);
    expect((await refusal(uploads, aForm({ received: 'A'.repeat(32) }, file)))[2]).toContain('received');
    expect((await refusal(send, aForm({}, file)))[2]).toContain('chat id is missing');
    expect((await refusal(send, aForm({ chatId: '../etc' }, file)))[1]).toBe('INVALID_CHAT_ID');
    expect((await refusal(send, aForm({ chatId: ana, url: 'https://x.example/a' }, file)))[2]).toContain('Exactly one');
    expect((await refusal(send, aForm({ chatId: ana, caption: 'x'.repeat(100_000) }, file)))[2]).toContain('caption');
    expect((await refusal(send, aForm({ chatId: ana }, file), { 'X-API-Key': 'sb_wrong' }))[0]).toBe(401);
    expect((await refusal(`${api}/sessions/nobody/uploads`, aForm({}, file)))[1]).toBe('SESSION_NOT_FOUND');
    expect((await refusal(`${session}/send-text`, aForm({ chatId: ana, content: 'x' })))[0]).toBe(415);
    const twice = aForm({ chatId: ana }, file);
    twice.append('chatId', ana);
    expect((await refusal(send, twice))[2]).toContain('chatId twice');
    expect(
      (await refusal(send, aForm(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, ''])))))[0],
    ).toBe(413);
    for (const name of ['__proto__', 'constructor']) {
      expect((await refusal(send, aForm({ [name]: 'x', chatId: ana }, file)))[0], name).toBe(400);
    }
    expect(await waitingSends()).toEqual([]);
  });

  it('is not even read from a key that may not send', async () => {
    const reader = await desk.app.apiKeys.create({ name: 'Reader', scopes: ['read'] });
    const form = aForm({}, [aFile(), 'a.jpg']);
    expect((await refusal(`${session}/uploads`, form, { 'X-API-Key': reader.secret }))[0]).toBe(403);
    const sales = await desk.app.apiKeys.create({ name: 'Sales', scopes: ['send'], accountIds: [accountId('sales')] });
    expect((await refusal(`${session}/uploads`, form, { 'X-API-Key': sales.secret }))[0]).toBe(403);
  });

  it.each([
    ['no boundary', 'multipart/form-data', '--x\r\n\r\n'],
    [
      'an end in the middle',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
    ],
    ['no parts', 'multipart/form-data; boundary=x', 'nothing like it'],
    ['nothing at all', 'multipart/form-data; boundary=x', ''],
  ])('is 400 with %s', async (_what, type, body) => {
    const answer = await desk.ask('POST', `${session}/uploads`, body, { 'Content-Type': type });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
  });
});

describe('too much, or too slow', () => {
  it('a file above the limit is refused, whether its size is told or not, and its sender gets to read why', async () => {
    const declared = await desk.post(
      `${session}/uploads`,
      aForm({}, [aFile(new Uint8Array(limits.mediaBytes + 2 * 1024 * 1024)), 'a.jpg']),
    );
    expect([declared.status, declared.body.error.code]).toEqual([413, 'BODY_TOO_LARGE']);
    const piece = new Uint8Array(1024 * 1024);
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
    let sent = -1;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(sent === 0 ? new TextEncoder().encode(head) : piece);
        if (sent > limits.mediaBytes / piece.length + 4) controller.close();
      },
    });
    const undeclared = await fetch(`${desk.address}${session}/uploads`, {
      method: 'POST',
      headers: { 'X-API-Key': desk.secret, 'Content-Type': 'multipart/form-data; boundary=x' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(undeclared.status).toBe(413);
  });

  it('a file of just the limit is taken', async () => {
    const bytes = new Uint8Array(limits.mediaBytes);
    bytes.fill(7);
    const { status, body } = await desk.post(`${session}/uploads`, aForm({}, [aFile(bytes), 'a.jpg']));
    expect([status, body.data.upload.size]).toEqual([201, limits.mediaBytes]);
    desk.app.media.files.delete(body.data.upload.mediaId);
  });

  it('a client that goes away in the middle leaves nothing', async () => {
    const socket = connect(desk.port, '127.0.0.1');
    socket.write(
      `POST ${session}/uploads HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: ${desk.secret}\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 10000\r\n\r\n' +
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nhalf a file',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(desk.app.media.received).toEqual([]);
    expect((await desk.ask('GET', '/health')).status).toBe(200);
  });

  const dripping = (path: string, type: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(desk.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (part: Buffer) => {
        answer += part.toString();
      });
      socket.on('close', () => {
        clearInterval(drops);
        resolve(answer);
      });
      socket.on('error', () => undefined);
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: ${desk.secret}\r\nContent-Type: ${type}\r\nContent-Length: 1000\r\n\r\n`,
      );
      const drops = setInterval(() => socket.write(' '), 50);
      setTimeout(() => socket.destroy(), 3_000);
    });

  it('a body that drips in is cut with 408; a file may take its time, and so may an answer', async () => {
    expect(await dripping(`${session}/send-text`, 'application/json')).toMatch(/^HTTP\/1.1 408 /);
    expect(await dripping(`${session}/uploads`, 'multipart/form-data; boundary=x')).toBe('');
    const reading = await fetch(`${desk.address}${api}/events`, { headers: { 'X-API-Key': desk.secret } });
    const reader = reading.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 700));
    await desk.ask('PATCH', `${api}/settings`, { theme: 'dark' });
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
  });
});

it('a file from a web address is sent without a detour through text', async () => {
  const fetching = await openRestDesk({
    files: { fetch: async () => ({ bytes: picture, mediaType: 'image/png', filename: 'shop.png' }) },
  });
  const sending = fetching.ask('POST', `${session}/send-image`, {
    chatId: ana,
    url: 'https://shop.example/shop.png',
  });
  await eventually('the file', async () => fetching.app.media.files.size === 1);
  expect([...fetching.app.media.files.values()][0]).toMatchObject({ filename: 'shop.png', mimetype: 'image/png' });
  expect(fetching.app.media.received).toEqual([]);
  await fetching.close();
  await sending.catch(() => undefined);
});
