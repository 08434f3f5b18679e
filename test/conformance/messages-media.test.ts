import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import wwebjs, { type Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import { mediaOf, samplePng, sampleVideo, sampleWav } from '../fixtures/sample-media';

const { MessageMedia } = wwebjs;

describeConformance(
  'media',
  (target) => {
    const bench = target.linkedOnce();

    const arrived = (id: string) =>
      eventually(`the message ${id}`, async () => (await bench.control.receivedBy(ANNA)).find((one) => one.id === id));
    const heard = async (id: string) =>
      (await bench.library.until('message', ([one]) => (one as Message).id.id === id))[0] as Message;
    const bytesAtAnna = async (id: string) => {
      await arrived(id);
      return Buffer.from((await bench.control.messages.mediaAs(ANNA, { phone: PHONE, message: id })).data, 'base64');
    };
    const sizeOf = (base64: string) =>
      bench.library.inPage(async (data) => {
        const image = new Image();
        image.src = `data:image/jpeg;base64,${data}`;
        await image.decode();
        return { width: image.naturalWidth, height: image.naturalHeight };
      }, base64);

    test('Client.sendMessage(MessageMedia): a picture arrives as JPEG with caption, size and preview', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()), {
        caption: 'The board',
      });
      expect(sent).toMatchObject({ type: 'image', hasMedia: true, body: 'The board' });
      const { now, body } = await arrived(sent.id.id);
      expect(body).toBe('The board');
      expect(now?.details).toMatchObject({ mimetype: 'image/jpeg', caption: 'The board', width: 320, height: 200 });
      expect(await sizeOf(now?.body ?? '')).toEqual({ width: 96, height: 60 });
      expect(await sizeOf((await bytesAtAnna(sent.id.id)).toString('base64'))).toEqual({ width: 320, height: 200 });
    });

    test('MessageSendOptions.media: media beside a text takes the text for its caption', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, 'As promised', {
        media: mediaOf('image/png', samplePng()),
      });
      expect(sent).toMatchObject({ type: 'image', body: 'As promised' });
    });

    test('MessageSendOptions.sendMediaAsHd: a large picture is made smaller, in HD less so', async () => {
      const large = mediaOf('image/png', samplePng(3000, 600));
      const standard = await bench.client.sendMessage(ANNA_CHAT, large);
      const hd = await bench.client.sendMessage(ANNA_CHAT, large, { sendMediaAsHd: true });
      expect(standard.rawData).toMatchObject({ width: 1600, height: 320 });
      expect(hd.rawData).toMatchObject({ width: 2560, height: 512 });
    });

    test('MessageSendOptions.sendMediaAsDocument: the file arrives byte by byte, under its name', async () => {
      const file = samplePng(100, 100);
      const media = mediaOf('image/png', file, 'board.png');
      const sent = await bench.client.sendMessage(ANNA_CHAT, media, { sendMediaAsDocument: true });
      expect(sent).toMatchObject({ type: 'document', hasMedia: true });
      expect((await arrived(sent.id.id)).now?.details).toMatchObject({ filename: 'board.png', mimetype: 'image/png' });
      expect((await bytesAtAnna(sent.id.id)).equals(file)).toBe(true);
    });

    test('Client.sendMessage(MessageMedia): a PDF is a document by itself', async () => {
      const sent = await bench.client.sendMessage(
        ANNA_CHAT,
        mediaOf('application/pdf', Buffer.from('%PDF-1.4 offer'), 'offer.pdf'),
      );
      expect(sent.type).toBe('document');
      expect((await sent.downloadMedia()).filename).toBe('offer.pdf');
    });

    test('MessageSendOptions.sendAudioAsVoice: audio has a duration, a voice message a waveform as well', async () => {
      const tone = mediaOf('audio/wav', sampleWav(2), 'tone.wav');
      const audio = await bench.client.sendMessage(ANNA_CHAT, tone);
      expect(audio).toMatchObject({ type: 'audio', duration: '2' });
      const voice = await bench.client.sendMessage(ANNA_CHAT, tone, { sendAudioAsVoice: true });
      expect(voice).toMatchObject({ type: 'ptt', duration: '2' });
      const waveform = (await arrived(voice.id.id)).now?.details?.['waveform'] as readonly number[];
      expect(waveform).toHaveLength(64);
      expect(Math.max(...waveform)).toBe(100);
    });

    test('message_ack: a voice message that was listened to gets ack 4', async () => {
      const voice = await bench.client.sendMessage(ANNA_CHAT, mediaOf('audio/wav', sampleWav(1)), {
        sendAudioAsVoice: true,
      });
      await arrived(voice.id.id);
      await bench.control.messages.playAs(ANNA, { phone: PHONE, message: voice.id.id });
      await bench.library.until('message_ack', ([one, ack]) => (one as Message).id.id === voice.id.id && ack === 4);
      expect((await voice.getInfo())?.played).toMatchObject([{ id: { user: ANNA } }]);
    });

    test('MessageSendOptions.sendVideoAsGif: a video has a preview, and can be sent as a GIF', async () => {
      const video = new MessageMedia('video/webm', await sampleVideo(bench.library), 'clip.webm');
      const sent = await bench.client.sendMessage(ANNA_CHAT, video);
      expect(sent).toMatchObject({ type: 'video', isGif: false });
      const { now } = await arrived(sent.id.id);
      expect(now?.details).toMatchObject({ width: 96, height: 64 });
      expect(await sizeOf(now?.body ?? '')).toEqual({ width: 96, height: 64 });
      const gif = await bench.client.sendMessage(ANNA_CHAT, video, { sendVideoAsGif: true });
      expect(gif).toMatchObject({ type: 'video', isGif: true });
    });

    test('MessageSendOptions.sendMediaAsSticker: a picture becomes a WebP square, with pack and author when given', async () => {
      const media = mediaOf('image/png', samplePng());
      const sent = await bench.client.sendMessage(ANNA_CHAT, media, { sendMediaAsSticker: true });
      expect(sent).toMatchObject({ type: 'sticker', hasMedia: true, body: '' });
      const webp = await bytesAtAnna(sent.id.id);
      expect(webp.subarray(8, 12).toString()).toBe('WEBP');
      expect(await sizeOf(webp.toString('base64'))).toEqual({ width: 512, height: 512 });
      const named = await bench.client.sendMessage(ANNA_CHAT, media, {
        sendMediaAsSticker: true,
        stickerName: 'Boards',
        stickerAuthor: 'Sales',
        stickerCategories: ['🪵'],
      });
      expect((await bytesAtAnna(named.id.id)).toString('latin1')).toContain('"sticker-pack-name":"Boards"');
    });

    test('MessageSendOptions.isViewOnce: the message says that it may be seen once', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()), { isViewOnce: true });
      expect(sent.rawData).toMatchObject({ isViewOnce: true });
      expect((await arrived(sent.id.id)).now?.details).toMatchObject({ isViewOnce: true });
    });

    test('Client.sendMessage(MessageMedia): a picture that is none is refused', async () => {
      const broken = mediaOf('image/png', Buffer.from('this is no picture'));
      await expect(bench.client.sendMessage(ANNA_CHAT, broken)).rejects.toThrow('cannot be read');
    });

    test('media_uploaded: comes once the network has an own file', async () => {
      bench.library.forget();
      const sent = await bench.client.sendMessage(ANNA_CHAT, mediaOf('image/png', samplePng()));
      const [uploaded] = await bench.library.until('media_uploaded');
      expect((uploaded as Message).id.id).toBe(sent.id.id);
      await bench.client.sendMessage(ANNA_CHAT, 'no media', { waitUntilMsgSent: true });
      expect(bench.library.all('media_uploaded')).toHaveLength(1);
    });

    test('Message.downloadMedia: a customer’s file comes byte by byte, with type, name and size', async () => {
      const file = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
      const media = { mimetype: 'application/zip', data: file.toString('base64'), filename: 'photos.zip' };
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, body: 'all of them', media });
      const message = await heard(id);
      expect(message).toMatchObject({ type: 'document', hasMedia: true, body: 'all of them' });
      const found = await message.downloadMedia();
      expect(found).toMatchObject({ mimetype: 'application/zip', filename: 'photos.zip', filesize: file.length });
      expect(Buffer.from(found.data, 'base64').equals(file)).toBe(true);
    });

    test('Message.downloadMedia: own media can be downloaded as well, a text has none', async () => {
      const sent = await bench.client.sendMessage(ANNA_CHAT, mediaOf('text/plain', Buffer.from('own'), 'own.txt'));
      expect(Buffer.from((await sent.downloadMedia()).data, 'base64').toString()).toBe('own');
      const text = await bench.client.sendMessage(ANNA_CHAT, 'nothing to download');
      expect(await text.downloadMedia()).toBeUndefined();
    });

    test('Message.downloadMedia: what the phone has deleted is gone, before and after a first download', async () => {
      const media = { mimetype: 'image/png', data: samplePng().toString('base64') };
      const first = await heard((await bench.control.writeAs(ANNA, { phone: PHONE, media })).id);
      await bench.control.messages.deleteMedia(PHONE, ANNA_CHAT, first.id.id);
      expect(await first.downloadMedia()).toBeUndefined();
      const second = await heard((await bench.control.writeAs(ANNA, { phone: PHONE, media })).id);
      expect(await second.downloadMedia()).toBeDefined();
      await bench.control.messages.deleteMedia(PHONE, ANNA_CHAT, second.id.id);
      expect(await second.downloadMedia()).toBeUndefined();
    });

    test('message: a customer sends picture, voice, video, GIF, sticker and audio', async () => {
      const file = (mimetype: string) => ({ mimetype, data: samplePng(32, 32).toString('base64') });
      const sent = [
        { media: file('image/png'), type: 'image' },
        { media: { ...file('audio/ogg'), kind: 'voice', seconds: 7 }, type: 'ptt' },
        { media: { ...file('video/mp4'), seconds: 3 }, type: 'video' },
        { media: { ...file('video/mp4'), kind: 'gif' }, type: 'video' },
        { media: { ...file('image/webp'), kind: 'sticker' }, type: 'sticker' },
        { media: file('audio/mpeg'), type: 'audio' },
      ] as const;
      for (const { media, type } of sent) {
        const message = await heard((await bench.control.writeAs(ANNA, { phone: PHONE, media })).id);
        expect([message.type, message.hasMedia, message.isGif]).toEqual([
          type,
          true,
          'kind' in media && media.kind === 'gif',
        ]);
        if (type === 'ptt') expect(message.duration).toBe('7');
      }
    });

    test('message_ciphertext: what may be seen once never reaches a linked device', async () => {
      const media = { mimetype: 'image/png', data: samplePng().toString('base64'), viewOnce: true };
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, media });
      const [message] = await bench.library.until('message_ciphertext', ([one]) => (one as Message).id.id === id);
      expect(message).toMatchObject({ type: 'ciphertext', hasMedia: false });
      expect((message as Message).rawData).toMatchObject({ subtype: 'view_once_unavailable_fanout' });
    });

    test('MessageMedia.fromFilePath: type and name come from the file', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'switchboard-media-'));
      try {
        const path = join(folder, 'board.png');
        writeFileSync(path, samplePng(10, 10));
        const media = MessageMedia.fromFilePath(path);
        expect(media).toMatchObject({ mimetype: 'image/png', filename: 'board.png' });
        expect(PNG.sync.read(Buffer.from(media.data, 'base64')).width).toBe(10);
        expect((await bench.client.sendMessage(ANNA_CHAT, media)).type).toBe('image');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    test('MessageMedia.fromUrl: a file from an address is fetched, by this process or by the page', async () => {
      const server = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' });
        response.end(samplePng(10, 10));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/board.png`;
        const direct = await MessageMedia.fromUrl(url);
        expect(direct).toMatchObject({ mimetype: 'image/png', filename: 'board.png' });
        expect((await MessageMedia.fromUrl(url, { client: bench.client })).data).toBe(direct.data);
        await expect(MessageMedia.fromUrl(url.replace('.png', ''))).rejects.toThrow('Unable to determine MIME type');
      } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    });
  },
  { renamed: 'never' },
);

describeConformance(
  'media over restarts',
  (target) => {
    const bench = target.perTest();

    test('Message.downloadMedia: another device of the same phone downloads what came before it was linked', async () => {
      const first = await bench.linkedClient();
      const file = samplePng(64, 64);
      const media = { mimetype: 'application/octet-stream', data: file.toString('base64'), filename: 'raw.bin' };
      const { id } = await bench.control.writeAs(ANNA, { phone: PHONE, media });
      await first.until('message');
      await first.stop();
      const second = await bench.linkedClient();
      const message = await second.client.getMessageById(`false_${ANNA_CHAT}_${id}`);
      expect(Buffer.from((await message.downloadMedia()).data, 'base64').equals(file)).toBe(true);
    });
  },
  { renamed: 'never' },
);
