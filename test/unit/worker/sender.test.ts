import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutgoingContent } from '../../../electron/contract/entities/outgoing';
import { mediaIdSchema } from '../../../electron/contract/entities/outgoing';
import { ana, bruno, chatId, messageId, team } from '../../fakes/entities';
import type { PageStandIn } from './page-stand-in';
import { createSenderBench, type SenderBench } from './sender-bench';

const first = messageId('3EB0000000000000000001');
const second = messageId('3EB0000000000000000002');
const missing = '/nowhere/photo.png';

let bench: SenderBench;
let page: PageStandIn;

beforeEach(() => {
  bench = createSenderBench();
  ({ page } = bench);
});

afterEach(() => {
  vi.useRealTimers();
  page.remove();
});

const ids = () => bench.ids();
const send: SenderBench['send'] = (...given) => bench.send(...given);

describe('sending under a chosen id', () => {
  it('gives the id to exactly one message, and to no other that is made meanwhile', async () => {
    page.beforeStoring = async () => page.writeByHand('3EB0BYHAND', 'typed meanwhile');
    page.afterStoring = async () => page.writeByHand('3EB0BYHAND2', 'typed later');
    await expect(send(ana, first, 'Hello')).resolves.toMatchObject({ id: first, body: 'Hello', status: 'pending' });
    expect(page.stored.map(({ id, body }) => [id.id, body])).toEqual([
      ['3EB0BYHAND', 'typed meanwhile'],
      [first, 'Hello'],
      ['3EB0BYHAND2', 'typed later'],
    ]);
  });

  it('sends strictly one after the other, each under its own id', async () => {
    page.beforeStoring = () => new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([send(ana, first, 'one'), send(ana, second, 'two')]);
    expect(page.stored.map(({ id, body }) => [id.id, body])).toEqual([
      [first, 'one'],
      [second, 'two'],
    ]);
  });

  it('leaves nothing in a page that was loaded anew after it was prepared', async () => {
    bench.calling = async () => {
      // A new document: the page's own function, and nothing of ours.
      Reflect.deleteProperty(globalThis, 'switchboardSend');
      page.modules['WAWebSendMsgChatAction'] = {
        addAndSendMsgToChat: (_chat: unknown, message: { readonly id: unknown }) => {
          if (typeof message.id === 'string') throw new TypeError('no key');
        },
      };
    };
    await expect(send(ana, first, 'Hello')).rejects.toMatchObject({ code: 'SEND_FAILED', effect: 'none' });
    expect(ids()).toEqual([]);
  });

  it('is a success when the page throws although it has the message', async () => {
    page.afterStoring = () => Promise.reject(new Error('cannot read _serialized'));
    await expect(send(ana, first, 'Hello')).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });

  it('is a success, not a second copy, when the page already has the id', async () => {
    await send(ana, first, 'Hello');
    await expect(send(ana, first, 'Hello')).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });

  it('looks for the message when nobody has told of it', async () => {
    page.created = () => {};
    await expect(send(ana, first, 'Hello')).resolves.toMatchObject({ id: first, body: 'Hello' });
  });

  it('surely failed when the page broke before it made the message, and the next send is not harmed', async () => {
    page.beforeStoring = () => Promise.reject(new Error('boom'));
    await expect(send(ana, first, 'Hello')).rejects.toMatchObject({ code: 'SEND_FAILED', effect: 'none' });
    page.beforeStoring = async () => {};
    await expect(send(ana, second, 'Again')).resolves.toMatchObject({ id: second });
    expect(ids()).toEqual([second]);
  });

  it('is unconfirmed when the id was taken but the message is nowhere', async () => {
    page.created = () => {};
    page.afterStoring = async () => {
      page.stored.length = 0;
      throw new Error('boom');
    };
    await expect(send(ana, first, 'Hello')).rejects.toMatchObject({ code: 'SEND_UNCONFIRMED', effect: 'unknown' });
  });

  it('never lets a send that was given up leave later, and sends nothing else before it has ended', async () => {
    vi.useFakeTimers();
    const hang = Promise.withResolvers<void>();
    page.beforeStoring = () => hang.promise;
    const outcome = Promise.allSettled([send(ana, first, 'Hello')]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SEND_FAILED', effect: 'none' } }]);
    await expect(send(ana, second, 'Next')).rejects.toMatchObject({ code: 'SESSION_NOT_READY', effect: 'none' });

    hang.resolve();
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toEqual([]);
    await expect(send(ana, second, 'Next')).resolves.toMatchObject({ id: second });
    expect(ids()).toEqual([second]);
  });

  it('can be sent again under its id when the page had taken it up and has not stored it in time', async () => {
    vi.useFakeTimers();
    const adding = Promise.withResolvers<void>();
    const actions = page.modules['WAWebSendMsgChatAction'] as { addAndSendMsgToChat(...given: unknown[]): unknown };
    const add = actions.addAndSendMsgToChat;
    // The message has its key, and the page's own tables hang.
    actions.addAndSendMsgToChat = () => adding.promise;
    Object.assign(globalThis, {
      WWebJS: {
        sendMessage: async (_chat: unknown, body: unknown, options: { readonly extraOptions: object }) =>
          actions.addAndSendMsgToChat(page.chat, {
            ...{ type: 'chat', body: String(body), to: ana, from: 'me' },
            ...options.extraOptions,
          }),
      },
    });
    const outcome = Promise.allSettled([send(ana, first, 'Hello')]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SEND_UNCONFIRMED', effect: 'unknown' } }]);
    actions.addAndSendMsgToChat = add;
    await expect(send(ana, first, 'Hello', { again: true })).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });

  it('can be sent again when the page did not even say how it stood', async () => {
    vi.useFakeTimers();
    const { client } = page;
    const [thaw, hang] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const evaluate = client.pupPage?.evaluate as (...given: unknown[]) => Promise<unknown>;
    let isFrozen = false;
    Object.assign(client, {
      pupPage: {
        evaluate: async (...given: unknown[]) => {
          if (isFrozen) await thaw.promise;
          return evaluate(...given);
        },
      },
    });
    bench.drive(client);
    page.beforeStoring = () => {
      isFrozen = true;
      return hang.promise;
    };
    const outcome = Promise.allSettled([send(ana, first, 'Hello')]);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await outcome).toMatchObject([{ reason: { code: 'SEND_UNCONFIRMED', effect: 'unknown' } }]);
    isFrozen = false;
    thaw.resolve();
    await vi.advanceTimersByTimeAsync(10);
    await expect(send(ana, first, 'Hello', { again: true })).rejects.toMatchObject({ code: 'SESSION_NOT_READY' });
    page.beforeStoring = async () => {};
    hang.resolve();
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toEqual([]);
    await expect(send(ana, first, 'Hello', { again: true })).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });

  it('is a success when the page is late with its answer but has the message', async () => {
    vi.useFakeTimers();
    page.afterStoring = () => new Promise(() => {});
    const sent = send(ana, first, 'Hello');
    await vi.advanceTimersByTimeAsync(12_000);
    await expect(sent).resolves.toMatchObject({ id: first });
  });
});

describe('refusing before anything is made', () => {
  it('keeps the message for later when the page is gone while it is asked', async () => {
    const { client } = page;
    Object.assign(client, {
      pupPage: { evaluate: () => Promise.reject(new Error('Execution context was destroyed')) },
    });
    bench.drive(client);
    await expect(send(ana, first, 'Hello')).rejects.toMatchObject({ code: 'SESSION_NOT_READY', effect: 'none' });
  });

  it('names a number that is not on WhatsApp, and asks once for one that is', async () => {
    page.nobody.add(bruno);
    await expect(send(bruno, first, 'Hello')).rejects.toMatchObject({
      code: 'NUMBER_NOT_ON_WHATSAPP',
      effect: 'none',
      message: expect.stringMatching(/sales.*\+551100000002/),
    });
    page.nobody.clear();
    await expect(send(bruno, first, 'Hello')).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
    page.nobody.add(bruno);
    // It was known a moment ago: nobody is asked again, and the page itself has the last word.
    await expect(send(bruno, first, 'Hello')).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
  });

  it('waits when WhatsApp does not say whether it knows a number', async () => {
    const { client } = page;
    client.isRegisteredUser = () => Promise.reject(new Error('the page is not connected'));
    bench.drive(client);
    await expect(send(bruno, first, 'Hello')).rejects.toMatchObject({ code: 'SESSION_NOT_READY', effect: 'none' });
  });

  it('names a group that it is not in, and one in which only admins write', async () => {
    const members: { id: string; isAdmin: boolean }[] = [{ id: ana, isAdmin: true }];
    const group = { id: team, groupMetadata: { announce: true, participants: { getModelsArray: () => members } } };
    Object.assign(page.modules, {
      WAWebUserPrefsMeUser: { getMaybeMePnUser: () => 'me@c.us' },
      WAWebCollections: { Chat: { get: () => group }, Msg: { get: () => undefined, getModelsArray: () => [] } },
    });
    await expect(send(team, first, 'Hello')).rejects.toMatchObject({
      code: 'CHAT_NOT_FOUND',
      message: expect.stringContaining('not in the group'),
    });
    members.push({ id: 'me@c.us', isAdmin: false });
    await expect(send(team, first, 'Hello')).rejects.toMatchObject({
      code: 'SEND_FAILED',
      message: expect.stringContaining('only admins'),
    });
    expect(ids()).toEqual([]);
  });

  it.each(['120363000000009999@newsletter', '12345@broadcast'])('does not write to %s', async (chat) => {
    await expect(send(chatId(chat), first, 'Hello')).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND', effect: 'none' });
  });

  it.each([
    [
      'timelock',
      'WAWebReachoutTimelockUtils',
      { isUserReachoutTimelocked: () => true, canSendMsgWhileTimelocked: () => false },
    ],
    ['capping', 'WAWebIndividualNewChatMessageCappingLimitUtils', { canSendMsgWhileCapped: async () => false }],
  ])('obeys WhatsApp’s %s, and reads it first', async (limit, module, utils) => {
    page.modules[module] = utils;
    await expect(send(ana, first, 'Hello')).rejects.toMatchObject({
      code: 'LIMITED_BY_WHATSAPP',
      effect: 'none',
      data: { limit },
    });
    expect(bench.limitsRead).toBe(1);
    expect(ids()).toEqual([]);
  });

  it('sends where a limit does not concern the chat, and where the page has lost the words for it', async () => {
    page.modules['WAWebReachoutTimelockUtils'] = {
      isUserReachoutTimelocked: () => true,
      canSendMsgWhileTimelocked: ({ chat }: { readonly chat: unknown }) => chat === page.chat,
    };
    page.modules['WAWebIndividualNewChatMessageCappingLimitUtils'] = {};
    await expect(send(ana, first, 'Hello')).resolves.toMatchObject({ id: first });
  });

  it('refuses to answer a message that is gone, and one that cannot be answered', async () => {
    await expect(send(ana, first, 'Hello', { quotedMessageId: second })).rejects.toMatchObject({
      code: 'MESSAGE_NOT_FOUND',
      effect: 'none',
      message: expect.stringContaining('quotedMessageId'),
    });
    await send(ana, second, 'a question');
    // The library leaves the quote out of such a message without a word.
    await expect(send(ana, first, 'Hello', { quotedMessageId: second })).rejects.toMatchObject({
      code: 'SEND_FAILED',
      message: expect.stringContaining('quotedMessageId'),
    });
    expect(ids()).toEqual([second]);
  });

  it('says which file is gone, and which is no longer the one that was accepted', async () => {
    const photo: OutgoingContent = {
      kind: 'media',
      mediaId: mediaIdSchema.parse('0'.repeat(32)),
      form: 'auto',
      mimetype: 'image/png',
      filename: 'photo.png',
      size: 3,
    };
    await expect(send(ana, first, '', { content: photo, mediaPath: missing })).rejects.toMatchObject({
      code: 'MEDIA_NOT_FOUND',
      message: expect.stringContaining('photo.png'),
    });
    await expect(send(ana, first, '', { content: photo, mediaPath: import.meta.filename })).rejects.toMatchObject({
      code: 'MEDIA_REFUSED',
      effect: 'none',
    });
  });

  it('takes a card that the page does not understand for no text', async () => {
    const content: OutgoingContent = { kind: 'contact', vcard: 'BEGIN:VCARD\nnonsense\nEND:VCARD' };
    await expect(send(ana, first, '', { content })).rejects.toMatchObject({
      code: 'SEND_FAILED',
      effect: 'none',
      message: expect.stringContaining('content.vcard'),
    });
    expect(ids()).toEqual([]);
  });

  it('can go later when the connection was what failed', async () => {
    page.beforeStoring = async () => {
      page.state = 'TIMEOUT';
      throw new Error('upload failed');
    };
    await expect(send(ana, first, 'Hello')).rejects.toMatchObject({ code: 'SESSION_NOT_READY', effect: 'none' });
  });
});

describe('asked again', () => {
  const inPage = (ack: number): void => {
    page.writeByHand(first, 'Hello');
    const [stored] = page.stored;
    if (stored !== undefined) stored.ack = ack;
  };
  const resendTo = (ack: number) => async (message: { ack: number }) => {
    message.ack = ack;
  };

  it('never makes a message again that the page has got rid of', async () => {
    inPage(1);
    await expect(send(ana, first, 'Hello', { again: true })).resolves.toMatchObject({ id: first, status: 'sent' });
    expect(ids()).toEqual([first]);
  });

  it('lets the page go on with one that failed, and with one that waits, each in the way that is meant for it', async () => {
    page.modules['WAWebResendMsgAction'] = { resendMsg: resendTo(0) };
    page.modules['WAWebSendMsgRecordAction'] = { sendMsgRecord: resendTo(1) };
    inPage(-1);
    await expect(send(ana, first, 'Hello', { again: true })).resolves.toMatchObject({ status: 'pending' });
    await expect(send(ana, first, 'Hello', { again: true })).resolves.toMatchObject({ status: 'sent' });
    expect(ids()).toEqual([first]);
  });

  it.each([
    [-1, 'SEND_FAILED', 'none'],
    [0, 'SEND_UNCONFIRMED', 'unknown'],
  ])('says so when this page has no way, at ack %i', async (ack, code, effect) => {
    inPage(ack);
    await expect(send(ana, first, 'Hello', { again: true })).rejects.toMatchObject({
      code,
      effect,
      message: expect.stringContaining('WAWebResendMsgAction'),
    });
    expect(ids()).toEqual([first]);
  });

  it('sends what the page does not have, under the id that it had', async () => {
    await expect(send(ana, first, 'Hello', { again: true })).resolves.toMatchObject({ id: first });
    expect(ids()).toEqual([first]);
  });
});
