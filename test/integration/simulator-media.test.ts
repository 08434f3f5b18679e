import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningNetwork, startPracticeNetwork } from '../../electron/simulator/network/start';
import { PracticeControl } from '../fakes/practice-control';
import { temporaryFolder } from '../fixtures/console-app';
import { builtPracticePage } from '../fixtures/library-client';
import { samplePng } from '../fixtures/sample-media';

const TOKEN = 'token-of-this-test';
const PHONE = '551140020022';
const ANNA = '4915112345678';
const CHAT = `${ANNA}@c.us`;

let folder: ReturnType<typeof temporaryFolder>;
let network: RunningNetwork;
let control: PracticeControl;

async function start(): Promise<void> {
  const stateFile = join(folder.path, 'network.json');
  network = await startPracticeNetwork({ pageFile: builtPracticePage, token: TOKEN, stateFile });
  control = new PracticeControl({ port: network.port, token: TOKEN });
}

beforeEach(async () => {
  folder = temporaryFolder();
  await start();
  await control.createPhone({ number: PHONE });
  await control.createCustomer({ number: ANNA, name: 'Anna' });
});

afterEach(async () => {
  await network.stop();
  folder.remove();
});

test('media, reactions, votes, edits and pins are there after a restart of the network', async () => {
  const file = samplePng(50, 50);
  const media = { mimetype: 'image/png', data: file.toString('base64') };
  const picture = await control.writeAs(ANNA, { phone: PHONE, body: 'broken', media });
  const poll = await control.writeAs(ANNA, { phone: PHONE, poll: { name: 'When?', options: ['Now', 'Later'] } });
  const text = await control.writeAs(ANNA, { phone: PHONE, body: 'frist' });
  await control.messages.editAs(ANNA, { phone: PHONE, message: text.id, body: 'first' });
  await control.messages.reactOnPhone(PHONE, { chat: CHAT, message: picture.id, emoji: '😢' });
  await control.messages.voteOnPhone(PHONE, { chat: CHAT, message: poll.id, options: ['Later'] });
  await control.messages.pinOnPhone(PHONE, { chat: CHAT, message: text.id, seconds: 3600 });
  await control.messages.starOnPhone(PHONE, { chat: CHAT, message: text.id, star: true });
  await network.stop();
  await start();
  expect((await control.messages.media(PHONE, CHAT, picture.id)).data).toBe(media.data);
  expect((await control.messages.get(PHONE, CHAT, picture.id)).reactions).toMatchObject([{ text: '😢' }]);
  expect((await control.messages.get(PHONE, CHAT, poll.id)).votes).toMatchObject([{ options: [1] }]);
  const edited = await control.messages.get(PHONE, CHAT, text.id);
  expect(edited).toMatchObject({ body: 'first', star: true });
  expect(edited.pinned?.until).toBeGreaterThan(Date.now());
});

test('a file that the phone has deleted is gone from the disk, and asking for it is a 404', async () => {
  const media = { mimetype: 'text/plain', data: Buffer.from('secret').toString('base64') };
  const { id } = await control.writeAs(ANNA, { phone: PHONE, media });
  const files = join(folder.path, 'network.json.media');
  expect(existsSync(files) && readdirSync(files).length).toBe(1);
  expect(await control.messages.deleteMedia(PHONE, CHAT, id)).toEqual({ deleted: true });
  expect(readdirSync(files)).toEqual([]);
  await expect(control.messages.media(PHONE, CHAT, id)).rejects.toThrow('404');
  expect(await control.messages.deleteMedia(PHONE, CHAT, id)).toEqual({ deleted: false });
});

test('wrong content and wrong deeds are refused with a sentence that names what is wrong', async () => {
  const { id } = await control.writeAs(ANNA, { phone: PHONE, body: 'hello' });
  const refused = async (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  const write = (content: object) => refused(control.writeAs(ANNA, { phone: PHONE, ...content }));
  expect(await write({})).toMatch(/^400.*"body"/);
  expect(await write({ location: { latitude: 91, longitude: 0 } })).toMatch(/^400.*"latitude"/);
  expect(await write({ media: { mimetype: 'image/png', data: '' } })).toMatch(/^400.*"data"/);
  expect(await write({ poll: { name: 'x', options: ['y'] }, contacts: [] })).toMatch(/^400.*poll/);
  expect(await write({ contacts: [{ name: 'x', number: 'y' }] })).toMatch(/^400.*"number"/);
  expect(await write({ media: { mimetype: 'image/png', data: 'AAAA', colour: 1 } })).toMatch(/^400.*"colour"/);
  const place = { phone: PHONE, message: id };
  const { messages } = control;
  expect(await refused(messages.editOnPhone(PHONE, { chat: CHAT, message: id, body: 'mine' }))).toMatch(/^403/);
  expect(await refused(messages.deleteOnPhone(PHONE, { chat: CHAT, message: id }))).toMatch(/^403/);
  expect(await refused(messages.voteAs(ANNA, { ...place, options: ['x'] }))).toMatch(/^400.*"x"/);
  expect(await refused(messages.playAs(ANNA, place))).toMatch(/^406/);
  expect(await refused(messages.reactAs(ANNA, { ...place, message: 'unknown', emoji: '👍' }))).toMatch(/^404/);
});
