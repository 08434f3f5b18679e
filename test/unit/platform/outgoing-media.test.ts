import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingMedia, OutgoingMediaFile } from '../../../electron/application/ports/outgoing-media';
import { type MediaId, mediaIdSchema } from '../../../electron/contract/entities/outgoing';
import { createAccountFolders } from '../../../electron/platform/account-folders';
import { createOutgoingMedia } from '../../../electron/platform/outgoing-media';
import { accountId } from '../../fakes/entities';
import { mountSmallDisk } from '../../fakes/small-disk';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const support = accountId('support');
const dayMs = 24 * 60 * 60 * 1000;
const idOf = (digit: string): MediaId => mediaIdSchema.parse(digit.repeat(32));
const picture = { mediaId: idOf('A'), filename: 'Foto da loja 😀.jpg', mimetype: 'image/jpeg', size: 5 };
const bytes = Buffer.from('12345');

let root: string;
let nowMs: number;
let media: OutgoingMedia;
const folder = () => join(root, 'support', 'media', 'outgoing');

/** Receives the bytes in two pieces and makes a file of them. */
const add = async (file: OutgoingMediaFile, to = media, content: Uint8Array = bytes): Promise<void> => {
  const received = await to.receive(support, file.mediaId, [content.subarray(0, 2), content.subarray(2)]);
  expect(await received.keep(file, { mediaId: file.mediaId })).toEqual(file);
  // Too late: they are a file.
  await received.discard();
};

beforeEach(async () => {
  root = temporaryFolder();
  nowMs = Date.now();
  const folders = createAccountFolders(root);
  await folders.create(support);
  media = createOutgoingMedia(folders, () => nowMs);
});
afterEach(removeTemporaryFolders);

describe('files that wait to be sent', () => {
  it('are kept byte for byte with what they are, for this user only, and nothing else is left', async () => {
    await add(picture);
    expect(await media.find(support, picture.mediaId)).toEqual(picture);
    expect(media.pathOf(support, picture.mediaId)).toBe(join(folder(), picture.mediaId));
    expect(readFileSync(media.pathOf(support, picture.mediaId))).toEqual(bytes);
    expect(readdirSync(folder()).sort()).toEqual([picture.mediaId, `${picture.mediaId}.json`]);
    for (const name of readdirSync(folder())) expect(statSync(join(folder(), name)).mode & 0o777, name).toBe(0o600);
    for (const path of [folder(), join(folder(), '..')]) expect(statSync(path).mode & 0o777, path).toBe(0o700);
  });

  it.each([
    '../secrets',
    '',
    'a'.repeat(32),
    'A'.repeat(31),
    `${'A'.repeat(30)}/.`,
    `${'A'.repeat(32)}\0`,
    `${'A'.repeat(32)}.json`,
  ])('are never looked for under %j, whoever asks', async (odd) => {
    // An id that skipped the contract.
    const mediaId = odd as MediaId;
    expect(() => media.pathOf(support, mediaId)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    await expect(add({ ...picture, mediaId })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    await expect(media.remove(support, mediaId)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect(existsSync(folder())).toBe(false);
  });

  it.each<readonly [string, (path: string) => void]>([
    ['whose bytes are gone', (path) => rmSync(path)],
    ['whose bytes are cut off', (path) => truncateSync(path, 3)],
    ['that were never finished', (path) => rmSync(`${path}.json`)],
    ['whose facts are damaged', (path) => writeFileSync(`${path}.json`, '{"filename": 7')],
  ])('%s are not there', async (_what, damage) => {
    await add(picture);
    damage(media.pathOf(support, picture.mediaId));
    expect(await media.find(support, picture.mediaId)).toBeUndefined();
  });

  it('are removed whole, and a second time without a word', async () => {
    await add(picture);
    await media.remove(support, picture.mediaId);
    await media.remove(support, picture.mediaId);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('never bring back the folder of an account that was removed', async () => {
    rmSync(join(root, 'support'), { recursive: true });
    await expect(add(picture)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('account support'),
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it('are swept when they are old and nobody needs them, with what an interrupted write left', async () => {
    for (const digit of ['A', 'B', 'C']) await add({ ...picture, mediaId: idOf(digit) });
    writeFileSync(join(folder(), `${idOf('D')}.part`), 'half');
    expect(await media.sweep(support, new Set(), dayMs)).toBe(0);
    const old = new Date(nowMs - dayMs - 1_000);
    for (const name of readdirSync(folder()).filter((one) => !one.startsWith('C')))
      utimesSync(join(folder(), name), old, old);
    expect(await media.sweep(support, new Set([idOf('B')]), dayMs)).toBe(2);
    expect(readdirSync(folder()).sort()).toEqual([idOf('B'), idOf('C')].flatMap((id) => [id, `${id}.json`]));
  });

  it('of an account that has none are swept in no time', async () => {
    expect(await media.sweep(support, new Set(), dayMs)).toBe(0);
  });
});

describe('bytes that come one after the other', () => {
  const source = async function* (parts: readonly string[], failure?: Error) {
    for (const part of parts) {
      await new Promise((resolve) => setImmediate(resolve));
      yield Buffer.from(part);
    }
    if (failure !== undefined) throw failure;
  };

  it('are no file until they are kept, and nothing once they are discarded', async () => {
    const received = await media.receive(support, idOf('A'), source(['12', '345']));
    expect(received).toMatchObject({
      size: 5,
      digest: '5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5',
    });
    expect(await media.find(support, idOf('A'))).toBeUndefined();
    await received.discard();
    await received.discard();
    expect(readdirSync(folder())).toEqual([]);
  });

  it('leave nothing when the source breaks off, and its own words come through', async () => {
    const gone = new Error('the client went away');
    await expect(media.receive(support, idOf('A'), source(['12'], gone))).rejects.toBe(gone);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('have the same id under the same key, and another under another key or with another name, type or byte', async () => {
    const given = { filename: 'a.jpg', mimetype: 'image/jpeg', key: 'order 1', content: '12345' };
    let count = 0;
    const idFor = async (changes: Partial<typeof given>): Promise<MediaId> => {
      const { filename, mimetype, key, content } = { ...given, ...changes };
      count += 1;
      const received = await media.receive(support, idOf(count.toString(16).toUpperCase()), source([content]));
      return (await received.keep({ filename, mimetype }, { key })).mediaId;
    };
    const first = await idFor({});
    expect(await idFor({})).toBe(first);
    const others = [{ filename: 'b.jpg' }, { mimetype: 'image/png' }, { key: 'order 2' }, { content: '12346' }];
    const ids = new Set([first, ...(await Promise.all(others.map(idFor)))]);
    expect(ids.size).toBe(5);
    expect(await media.find(support, first)).toEqual({
      mediaId: first,
      filename: 'a.jpg',
      mimetype: 'image/jpeg',
      size: 5,
    });
  });

  it('that nobody kept are swept when they are old', async () => {
    await media.receive(support, idOf('A'), [bytes]);
    nowMs += dayMs + 60_000;
    expect(await media.sweep(support, new Set(), dayMs)).toBe(1);
    expect(readdirSync(folder())).toEqual([]);
  });
});

describe('a full disk', () => {
  it('refuses a file by name, keeps nothing of it, and takes it when there is room', async ({ skip }) => {
    const disk = mountSmallDisk(1024 * 1024);
    if (disk === undefined) return skip('this user may not mount a small disk');
    try {
      mkdirSync(join(disk.path, 'support'));
      const onDisk = createOutgoingMedia({ accountDir: (id) => join(disk.path, id) });
      const film = { ...picture, size: 300_000 };
      const content = Buffer.alloc(film.size, 7);
      disk.fill(200_000);
      await expect(add(film, onDisk, content)).rejects.toMatchObject({
        code: 'DISK_FULL',
        effect: 'none',
        message: expect.stringMatching(/^account support: the disk is full, a file to send was not stored/),
        data: { accountId: 'support' },
      });
      expect(readdirSync(join(disk.path, 'support', 'media', 'outgoing'))).toEqual([]);
      disk.free();
      await add(film, onDisk, content);
      expect(await onDisk.find(support, film.mediaId)).toEqual(film);
    } finally {
      disk.remove();
    }
  });
});
