import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from 'whatsapp-web.js';
import { mediaIdSchema, type OutgoingContent } from '../../../electron/contract/entities/outgoing';
import { statusFeed } from '../../../electron/domain/chat-identity';
import { OwnMessages } from '../../../electron/worker/driver/own-messages';
import { Sender } from '../../../electron/worker/driver/sender';
import { accountId, messageId } from '../../fakes/entities';
import { PageStandIn, standInChat } from './page-stand-in';

const first = messageId('3EB0000000000000000001');
const second = messageId('3EB0000000000000000002');
const sales = accountId('sales');

interface Key {
  readonly id: string;
}
type KeyClass = (new (parts: { readonly to: string; readonly id: string }) => Key) & { newId?: () => Promise<string> };
type Made = { readonly id: Key; readonly type: string; readonly body: string };

/** A page that posts statuses as WhatsApp Web does: apart from its messages, and without a word to the library. */
class StatusPage extends PageStandIn {
  readonly posted: Made[] = [];
  /** What happens before the page asks for a new id. */
  beforeId: () => Promise<void> = async () => {};
  afterPosting: () => Promise<void> = async () => {};
  readonly Key = this.modules['WAWebMsgKey'] as KeyClass;
  #ids = 0;

  constructor() {
    super();
    const { posted, Key } = this;
    const newId = async () => {
      this.#ids += 1;
      return `3EB0OWN${this.#ids}`;
    };
    Key.newId = newId;
    const post = async (made: Made) => {
      posted.push(made);
      await this.afterPosting();
    };
    const collections = this.modules['WAWebCollections'] as Record<string, Record<string, unknown>>;
    collections['Status'] = { getMyStatus: () => ({ msgs: { getModelsArray: () => posted.map(shown) } }) };
    Object.assign(collections['Msg'] ?? {}, { modelClass: Model });
    this.modules['WAWebSendStatusMsgAction'] = {
      sendStatusTextMsgAction: async ({ text }: { readonly text: string }) => {
        await this.beforeId();
        const id = new Key({ to: statusFeed, id: (await Key.newId?.()) ?? '' });
        await post({ id, type: 'chat', body: text });
      },
      sendStatusMediaMsgAction: (made: Made, _update: unknown) => post(made),
    };
  }

  /** What the library makes of a media status. */
  get statusClient(): Client {
    const sendMessage = async (to: string, _content: unknown, { extra }: { readonly extra: object }) => {
      await this.beforeStoring();
      const { Msg } = this.modules['WAWebCollections'] as { readonly Msg: { readonly modelClass: typeof Model } };
      const made = new Msg.modelClass({ id: 'the page’s own', type: this.type, body: '', to, from: 'me', ...extra });
      const { sendStatusMediaMsgAction: send } = this.modules['WAWebSendStatusMsgAction'] as {
        sendStatusMediaMsgAction(made: unknown, update: unknown): Promise<void>;
      };
      await send(made, () => undefined);
    };
    return Object.assign(this.client, { sendMessage });
  }

  override remove(): void {
    super.remove();
    Reflect.deleteProperty(globalThis, 'switchboardModel');
  }
}

interface Attributes {
  readonly id: unknown;
  readonly type: string;
  readonly body: string;
  readonly from: string;
  readonly to: string;
}

class Model {
  readonly id: unknown;
  readonly type: string;
  readonly body: string;

  constructor({ id, type, body }: Attributes) {
    this.id = id;
    this.type = type;
    this.body = body;
  }
}

const shown = (made: Made) => ({
  id: { id: made.id.id, fromMe: true, remote: statusFeed },
  type: made.type,
  body: made.body,
  t: 1,
  ack: 1,
});

let folder: string;
let page: StatusPage;
let sender: Sender;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-status-'));
  page = new StatusPage();
  page.install();
  const client = page.statusClient;
  sender = new Sender({
    accountId: sales,
    client,
    ownMessages: new OwnMessages(sales, client),
    limits: { read: async () => ({}), lookSoon: () => {} },
    calling: () => undefined,
  });
  page.created = (raw) => sender.noteCreated(raw);
});
afterEach(() => {
  vi.useRealTimers();
  page.remove();
  rmSync(folder, { recursive: true, force: true });
});

const ids = () => page.posted.map((made) => made.id.id);
const post = (id: typeof first, body = 'New tables!') =>
  sender.send({
    chatId: statusFeed,
    messageId: id,
    content: { kind: 'status', body, backgroundColor: '#7ACCA5', font: 0 },
    again: false,
  });
const postPicture = (id: typeof first) => {
  const mediaPath = join(folder, 'oak.png');
  writeFileSync(mediaPath, 'bytes');
  const mediaId = mediaIdSchema.parse('A'.repeat(32));
  const facts = { form: 'auto', mimetype: 'image/png', filename: 'oak.png', size: 5 } as const;
  const content: OutgoingContent = { kind: 'media', mediaId, ...facts };
  return sender.send({ chatId: statusFeed, messageId: id, content, mediaPath, again: false });
};

describe('posting a text status', () => {
  it('gives it the chosen id, is found although nobody tells of it, and later ids are the page’s own', async () => {
    await expect(post(first)).resolves.toMatchObject({ id: first, chatId: statusFeed, status: 'sent' });
    expect(ids()).toEqual([first]);
    expect(await page.Key.newId?.()).toBe('3EB0OWN1');
  });

  it('is unconfirmed when another message took the id in the meantime, and never takes that one for the status', async () => {
    page.beforeId = async () => page.writeByHand((await page.Key.newId?.()) ?? '', 'typed meanwhile');
    await expect(post(first)).rejects.toMatchObject({ code: 'SEND_UNCONFIRMED', effect: 'unknown' });
    expect(page.stored.map(({ id }) => [id.id, id.remote])).toEqual([[first, standInChat]]);
    expect(ids()).toEqual(['3EB0OWN1']);
  });

  it('surely failed when the page broke before it asked for an id, and the next is not harmed', async () => {
    page.beforeId = () => Promise.reject(new Error('boom'));
    await expect(post(first)).rejects.toMatchObject({ code: 'SEND_FAILED', effect: 'none' });
    expect(await page.Key.newId?.()).toBe('3EB0OWN1');
    page.beforeId = async () => {};
    await expect(post(second)).resolves.toMatchObject({ id: second });
    expect(ids()).toEqual([second]);
  });

  it('that was given up is never posted later, and nothing else is sent before it has ended', async () => {
    vi.useFakeTimers();
    const hang = Promise.withResolvers<void>();
    page.beforeId = () => hang.promise;
    const outcome = Promise.allSettled([post(first)]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SEND_FAILED', effect: 'none' } }]);
    await expect(post(second)).rejects.toMatchObject({ code: 'SESSION_NOT_READY' });
    hang.resolve();
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toEqual([]);
    page.beforeId = async () => {};
    await expect(post(second)).resolves.toMatchObject({ id: second });
  });

  it('says so when this version of WhatsApp Web has no way to post one', async () => {
    page.modules['WAWebSendStatusMsgAction'] = {};
    await expect(post(first)).rejects.toMatchObject({ code: 'NOT_SUPPORTED', effect: 'none' });
    await expect(postPicture(second)).rejects.toMatchObject({ code: 'NOT_SUPPORTED', effect: 'none' });
  });
});

describe('posting a picture as status', () => {
  it('gives the id to exactly this status, however long its upload takes', async () => {
    page.type = 'image';
    page.beforeStoring = async () => page.writeByHand((await page.Key.newId?.()) ?? '', 'typed meanwhile');
    await expect(postPicture(first)).resolves.toMatchObject({ id: first, type: 'image' });
    expect(ids()).toEqual([first]);
    expect(page.stored.map(({ id }) => id.id)).toEqual(['3EB0OWN1']);
  });

  it('is refused when the page would make a document of it', async () => {
    page.type = 'document';
    await expect(postPicture(first)).rejects.toMatchObject({ code: 'MEDIA_REFUSED', effect: 'none' });
    expect(ids()).toEqual([]);
  });

  it('is refused by a version of WhatsApp Web that takes it in another form, before anything is uploaded', async () => {
    let uploads = 0;
    page.beforeStoring = async () => {
      uploads += 1;
    };
    page.modules['WAWebSendStatusMsgAction'] = { sendStatusMediaMsgAction: async (_all: object) => undefined };
    await expect(postPicture(first)).rejects.toMatchObject({ code: 'NOT_SUPPORTED', effect: 'none' });
    expect(uploads).toBe(0);
  });
});
