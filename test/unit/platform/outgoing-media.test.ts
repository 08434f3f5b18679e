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
import type { OutgoingMedia } from '../../../electron/application/ports/outgoing-media';
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
    await media.add(support, picture, bytes);
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
    await expect(media.add(support, { ...picture, mediaId }, bytes)).rejects.toMatchObject({
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
    await media.add(support, picture, bytes);
    damage(media.pathOf(support, picture.mediaId));
    expect(await media.find(support, picture.mediaId)).toBeUndefined();
  });

  it('are removed whole, and a second time without a word', async () => {
    await media.add(support, picture, bytes);
    await media.remove(support, picture.mediaId);
    await media.remove(support, picture.mediaId);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('never bring back the folder of an account that was removed', async () => {
    rmSync(join(root, 'support'), { recursive: true });
    await expect(media.add(support, picture, bytes)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('account support'),
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it('are swept when they are old and nobody needs them, with what an interrupted write left', async () => {
    for (const digit of ['A', 'B', 'C']) await media.add(support, { ...picture, mediaId: idOf(digit) }, bytes);
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
      await expect(onDisk.add(support, film, content)).rejects.toMatchObject({
        code: 'DISK_FULL',
        effect: 'none',
        message: expect.stringMatching(/^account support: the disk is full, the file Foto/),
        data: { accountId: 'support' },
      });
      expect(readdirSync(join(disk.path, 'support', 'media', 'outgoing'))).toEqual([]);
      disk.free();
      await onDisk.add(support, film, content);
      expect(await onDisk.find(support, film.mediaId)).toEqual(film);
    } finally {
      disk.remove();
    }
  });
});
