import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OperationError } from '../../electron/contract/errors';
import { limits } from '../../electron/contract/limits';
import { accountId, ana, anObservedChat, team } from '../fakes/entities';
import { openRestDesk, type RestDesk } from '../fixtures/rest-desk';

let desk: RestDesk;
const support = accountId('support');
const session = '/api/v1/sessions/Support';
const picture = Buffer.from('a picture of the shop');
const dataUri = `data:image/png;base64,${picture.toString('base64')}`;
const url = 'https://shop.example/shop.png';
/** What was fetched, and what the page was asked. */
const fetched: string[] = [];
const asked: { readonly operation: string; readonly files: readonly string[] }[] = [];

beforeAll(async () => {
  desk = await openRestDesk({
    files: {
      fetch: async (address, maxBytes) => {
        fetched.push(address);
        if (maxBytes !== limits.mediaBytes) throw new Error('too much is allowed');
        if (address.includes('inside')) throw new OperationError('REMOTE_FILE_REFUSED', 'It is not on the internet.');
        return { bytes: picture, mediaType: 'image/png', filename: 'shop.png' };
      },
    },
  });
  await desk.app.store.upsertChats(support, [anObservedChat()]);
  desk.app.sessions.ready(support);
  desk.app.sessions.answers.act = (_account, { operation, input, file }) => {
    asked.push({ operation, files: file === undefined ? [] : [file.filename] });
    return { result: operation === 'groups.setPicture' ? { groupId: (input as { groupId: string }).groupId } : {} };
  };
  await desk.app.dispatch(desk.app.caller, 'gates.pause', { accountId: 'support' });
});
afterEach(() => {
  fetched.length = 0;
  asked.length = 0;
  if (desk.app.media.received.length > 0) throw new Error('received bytes were left over');
});
afterAll(() => desk.close());

const aForm = (fields: Readonly<Record<string, string>> = {}): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'shop.png');
  return form;
};

describe('an upload', () => {
  it.each([
    ['a data URI', { data: dataUri }, { filename: 'file.png', mimetype: 'image/png' }],
    [
      'a data URI with a name',
      { data: dataUri, filename: 'b.jpg', mimetype: 'image/jpeg' },
      { filename: 'b.jpg', mimetype: 'image/jpeg' },
    ],
    ['a web address', { url }, { filename: 'shop.png', mimetype: 'image/png' }],
    ['a web address and a name', { url, filename: 'c.png' }, { filename: 'c.png', mimetype: 'image/png' }],
  ])('may be %s', async (_what, body, expected) => {
    const made = await desk.ask('POST', `${session}/uploads`, body);
    expect(made.status).toBe(201);
    expect(made.body.data.upload).toMatchObject({ ...expected, size: picture.length });
    expect(Buffer.from(desk.app.media.files.get(made.body.data.upload.mediaId)?.bytes ?? [])).toEqual(picture);
  });

  it.each([
    {},
    { data: dataUri, url },
    { data: 'AAAA' },
    { data: 'data:image/png,plain' },
    { url: 'file:///etc/passwd' },
  ])('that is none or two is refused: %j', async (body) => {
    const { status, body: answer } = await desk.ask('POST', `${session}/uploads`, body);
    expect([status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(fetched).toEqual([]);
  });

  it('from an address inside is refused by its own code', async () => {
    const { status, body } = await desk.ask('POST', `${session}/uploads`, { url: 'http://inside.example/' });
    expect([status, body.error.code]).toEqual([400, 'REMOTE_FILE_REFUSED']);
  });
});

describe.each([
  ['profile/picture', 'profiles.setPicture'],
  [`groups/${team}/picture`, 'groups.setPicture'],
  [`statuses/media`, undefined],
  [`chats/${ana}/media`, undefined],
])('%s', (path, operation) => {
  it('takes its file as a form, a data URI, a web address or an upload', async () => {
    const { body } = await desk.ask('POST', `${session}/uploads`, { data: dataUri, filename: 'shop.png' });
    for (const given of [{ data: dataUri, filename: 'shop.png' }, { url }, { mediaId: body.data.upload.mediaId }]) {
      const { status, text } = await desk.ask('POST', `${session}/${path}`, given);
      expect([status, text], JSON.stringify(given).slice(0, 40)).toEqual([200, expect.anything()]);
    }
    expect((await desk.post(`${session}/${path}`, aForm())).status).toBe(200);
    expect(fetched).toEqual([url]);
    if (operation !== undefined) {
      expect(asked).toEqual(Array.from({ length: 4 }, () => ({ operation, files: ['shop.png'] })));
    }
  });

  it('with two files, with none, or with a field that makes no sense fetches and keeps nothing', async () => {
    const kept = desk.app.media.files.size;
    for (const given of [{ url, data: dataUri }, {}, { url, surprise: 1 }, { url: 'ftp://shop.example/a' }]) {
      const { status, body } = await desk.ask('POST', `${session}/${path}`, given);
      expect([status, body.error.code], JSON.stringify(given).slice(0, 40)).toEqual([400, 'VALIDATION_ERROR']);
      expect(body.error.message).toContain('Support');
    }
    expect([fetched, desk.app.media.files.size]).toEqual([[], kept]);
  });
});
