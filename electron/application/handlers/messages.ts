import type { MediaId } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import type { messageOperations } from '../../contract/operations/messages';
import type { statusSendOperations } from '../../contract/operations/statuses';
import type { ParsedInput } from '../../contract/registry';
import { statusFeed } from '../../domain/chat-identity';
import { mayTouch } from '../caller';
import { withFiles } from '../message-files';
import type { SendRequest } from '../outbox/send-acceptance';
import { createPageRequests } from '../page-requests';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createMessageHandlers = (
  ports: HandlerPorts,
): HandlersOf<typeof messageOperations & typeof statusSendOperations> => {
  const { accounts, store, stores, sessions, files, clock } = ports;
  const page = createPageRequests(ports);
  const { acceptance } = ports;
  const { accept, send } = acceptance;

  /** Facts of the file; those of the first call when this one repeats it, whose file may have been sent and deleted since. */
  const fileOf = async (request: Omit<SendRequest, 'chatId'>, mediaId: MediaId) => {
    const { accountId } = request;
    const { label } = accounts.get(accountId);
    await stores.ensureOpen(accountId);
    const first = await acceptance.repeated(request);
    if (first?.kind === 'media' && first.mediaId === mediaId) return first;
    return files.get(accountId, label, mediaId);
  };

  const list = async ({ accountId, chatId, cursor, offset, limit }: ParsedInput<'messages.list'>) => {
    accounts.get(accountId);
    await stores.ensureOpen(accountId);
    const { messages, olderCursor } = await store.listMessages({ accountId, chatId, cursor, offset, limit });
    // Whoever opens a conversation wants to see what is new in it; older pages are history.
    if (cursor === undefined) sessions.wake(accountId);
    return { messages: [...messages], ...(olderCursor === undefined ? {} : { olderCursor }) };
  };

  return {
    'messages.list': list,

    // Apart from the list, which needs nothing but the store and answers at once: this one waits for the account's page.
    'messages.listWithMedia': async (input) => {
      const { messages, ...rest } = await list(input);
      const labelOf = (accountId: AccountId): string | undefined => accounts.find(accountId)?.label;
      return { messages: await withFiles(messages, { page, clock, labelOf }), ...rest };
    },

    'messages.get': async ({ accountId, chatId, messageId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { message: await store.getMessage(accountId, chatId, messageId) };
    },

    'messages.search': async ({ query, accountId, chatId, cursor, limit }, caller) => {
      if (accountId !== undefined) {
        accounts.get(accountId);
        await stores.ensureOpen(accountId);
      }
      const accountIds = accountId === undefined ? stores.openIds().filter((id) => mayTouch(caller, id)) : [accountId];
      const found = await store.searchMessages({ accountIds, query, chatId, cursor, limit });
      const { messages, nextCursor, complete } = found;
      return { messages: [...messages], complete, ...(nextCursor === undefined ? {} : { nextCursor }) };
    },

    'messages.send': ({ body, linkPreview, ...request }, caller) =>
      send(request, { kind: 'text', body, ...(linkPreview ? {} : { linkPreview }) }, caller),

    'messages.sendMedia': async ({ mediaId, form, caption, ...request }, caller) => {
      const sent = await files.whileNeeded(mediaId, async () => {
        const { filename, mimetype, size } = await fileOf(request, mediaId);
        const extra = caption === undefined ? {} : { caption };
        return send(request, { kind: 'media', mediaId, form, mimetype, filename, size, ...extra }, caller);
      });
      // A call that repeats an earlier one may have handed over a file that has been through long ago.
      files.through(request.accountId, [sent.send]);
      return sent;
    },

    'messages.sendLocation': ({ latitude, longitude, name, address, ...request }, caller) =>
      send(
        request,
        {
          kind: 'location',
          latitude,
          longitude,
          ...(name === undefined ? {} : { name }),
          ...(address === undefined ? {} : { address }),
        },
        caller,
      ),

    'messages.sendContact': ({ vcard, ...request }, caller) => send(request, { kind: 'contact', vcard }, caller),

    'messages.sendPoll': ({ question, options, multipleAnswers, ...request }, caller) =>
      send(request, { kind: 'poll', question, options, multipleAnswers }, caller),

    'statuses.sendText': ({ body, backgroundColor, font, ...request }, caller) =>
      accept({ ...request, chatId: statusFeed }, { kind: 'status', body, backgroundColor, font }, caller),

    'statuses.sendMedia': ({ mediaId, caption, ...request }, caller) =>
      files.whileNeeded(mediaId, async () => {
        const { filename, mimetype, size } = await fileOf(request, mediaId);
        if (!/^(image|video)\//i.test(mimetype)) {
          const { label } = accounts.get(request.accountId);
          const text = `${label} cannot post the file “${filename}” (mediaId) as a status: it is ${mimetype}. A status is a picture or a film.`;
          throw new OperationError('MEDIA_REFUSED', text);
        }
        const extra = caption === undefined ? {} : { caption };
        const content = { kind: 'media', mediaId, form: 'auto', mimetype, filename, size, ...extra } as const;
        return accept({ ...request, chatId: statusFeed }, content, caller);
      }),
  };
};
