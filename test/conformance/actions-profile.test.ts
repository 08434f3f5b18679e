import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../fixtures/eventually';
import { actionsOf } from '../fixtures/live-actions';
import { LiveDriver, SALES } from '../fixtures/live-driver';
import { samplePng } from '../fixtures/sample-media';

const mediaId = 'A'.repeat(32);

describe('the own profile of an account', () => {
  let live: LiveDriver;
  const { act, refusal } = actionsOf(() => live);
  const file = (filename: string, mimetype: string, bytes: Buffer) => {
    const path = join(live.folder, filename);
    writeFileSync(path, bytes);
    return { path, mimetype, filename };
  };

  beforeAll(async () => {
    live = await LiveDriver.prepare('classic');
    await live.start();
  });
  afterAll(() => live.stop());

  test('says who the account is, as its phone says', async () => {
    await live.control.people.changePhone(SALES, { about: 'Open till six' });
    const { profile } = await act('profiles.get', {});
    expect(profile).toEqual({
      id: `${SALES}@c.us`,
      phone: `+${SALES}`,
      name: 'Sales',
      about: 'Open till six',
      platform: 'android',
    });
  });

  test('name and about text change on the phone, and are read back', async () => {
    expect(await act('profiles.setName', { name: 'Sales team' })).toEqual({ name: 'Sales team' });
    expect(await act('profiles.setAbout', { about: 'Back on Monday' })).toEqual({ about: 'Back on Monday' });
    expect(await live.control.phone(SALES)).toMatchObject({ pushname: 'Sales team', about: 'Back on Monday' });
    const { profile } = await act('profiles.get', { picture: false });
    expect(profile).toMatchObject({ name: 'Sales team', about: 'Back on Monday' });
  });

  test('the name of a business is refused: only its phone can change it', async () => {
    await live.control.people.changePhone(SALES, { platform: 'smba' });
    await eventually('the platform', async () => (await act('profiles.get', {})).profile.platform === 'smba');
    expect(await refusal('profiles.setName', { name: 'Other' })).toMatchObject({
      code: 'NOT_SUPPORTED',
      effect: 'none',
      message: expect.stringContaining('name'),
    });
    expect(await live.control.phone(SALES)).toMatchObject({ pushname: 'Sales team' });
    await live.control.people.changePhone(SALES, { platform: 'android' });
  });

  test('a picture is set from an uploaded file, comes back as bytes, and is removed once', async () => {
    expect(await refusal('profiles.removePicture', {})).toMatchObject({ code: 'PICTURE_NOT_FOUND' });
    await act('profiles.setPicture', { mediaId }, file('me.png', 'image/png', samplePng(300, 200)));
    expect((await live.control.phone(SALES)).hasPicture).toBe(true);
    const { profile } = await act('profiles.get', { picture: 'true' });
    expect(profile.picture?.mimetype).toBe('image/jpeg');
    // The beginning of every JPEG.
    expect(Buffer.from(profile.picture?.data ?? '', 'base64').subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect((await act('profiles.get', { picture: 'false' })).profile.picture).toBeUndefined();
    await act('profiles.removePicture', {});
    expect((await live.control.phone(SALES)).hasPicture).toBe(false);
    expect(await refusal('profiles.removePicture', {})).toMatchObject({ code: 'PICTURE_NOT_FOUND' });
  });

  test('what is no picture, is broken or is gone is refused by its field, and nothing changes', async () => {
    for (const bad of [
      file('list.txt', 'text/plain', Buffer.from('no picture')),
      file('broken.png', 'image/png', Buffer.from('no picture either')),
    ]) {
      expect(await refusal('profiles.setPicture', { mediaId }, bad), bad.filename).toMatchObject({
        code: 'MEDIA_REFUSED',
        message: expect.stringContaining(bad.filename),
      });
    }
    const gone = { path: join(live.folder, 'gone.png'), mimetype: 'image/png', filename: 'gone.png' };
    expect(await refusal('profiles.setPicture', { mediaId }, gone)).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect((await live.control.phone(SALES)).hasPicture).toBe(false);
  });
});
