import { z } from 'zod';
import type { RemoteFiles } from '../../application/ports/remote-files';
import type { Message } from '../../contract/entities/message';
import { captionSchema, messageBodySchema } from '../../contract/entities/outgoing';
import type { Send } from '../../contract/entities/send';
import type { AccountId, MessageId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import { queryFlagSchema } from '../../contract/query-flag';
import { registry } from '../../contract/registry';
import { normalChatId, normalChatIds, normalMessageId } from './chat-ids';
import { fileFields, mediaIdOf } from './given-file';
import { mediaBody } from './operation-routes';
import { failure, RestError } from './rest-error';
import type { Route, RouteAnswer, RouteContext } from './route';
import { dialectRoute, sessionIdSchema } from './session-routes';

/** How long a send waits for WhatsApp to take the message, in ms; after that it answers 202 and the outbox goes on. */
const sentLimitMs = 30_000;

const sent = z.strictObject({
  messageId: z.string(),
  chatId: z.string(),
  content: z.string(),
  timestamp: z.string(),
  /** Where it stands in the outbox. */
  status: z.string(),
});

/** Empty, as in `?before=`, is as good as absent. */
const cursorSchema = z
  .string()
  .max(512)
  .transform((cursor) => (cursor === '' ? undefined : cursor))
  .optional();

const sendFields = {
  sessionId: sessionIdSchema,
  chatId: z.string(),
  quotedMessageId: z.string().optional(),
};

const text = (value: unknown): string => value as string;
const optional = <Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: string };

const settledStates: ReadonlySet<Send['state']> = new Set([
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'stuck',
  'cancelled',
  'dismissed',
]);

/** Answers when WhatsApp has taken the message, when it is certain that it did not, or after half a minute with 202. */
const answer = async (
  context: RouteContext,
  accountId: AccountId,
  begin: () => Promise<{ readonly message: Message; readonly send: Send }>,
): Promise<RouteAnswer> => {
  const seen = new Map<MessageId, Send>();
  let wanted: MessageId | undefined;
  const settled = context.waitFor(({ body }) => {
    if (body.type !== 'send.updated' || body.send.accountId !== accountId || !settledStates.has(body.send.state))
      return undefined;
    // The answer to the call may come after the first news of it.
    if (wanted === undefined) seen.set(body.send.messageId, body.send);
    return body.send.messageId === wanted ? body.send : undefined;
  }, sentLimitMs);
  const { message, send } = await begin();
  wanted = send.messageId;
  const last = settledStates.has(send.state) ? send : (seen.get(send.messageId) ?? (await settled) ?? send);
  const data = {
    messageId: last.messageId,
    chatId: last.chatId,
    content: message.body,
    timestamp: new Date(message.timestampMs).toISOString(),
    status: last.state,
  };
  switch (last.state) {
    case 'sent':
    case 'delivered':
    case 'read':
      return { message: 'Message sent', data };
    case 'failed':
    case 'cancelled':
    case 'dismissed':
      throw new RestError(502, failure('SEND_FAILED', last.problem ?? 'The message was not sent.', data));
    case 'unknown':
    case 'stuck':
      throw new RestError(
        502,
        failure('SEND_UNCONFIRMED', last.problem ?? 'It is not certain that the message left.', {
          ...data,
          effect: 'unknown',
        }),
      );
    default:
      return {
        status: 202,
        message: 'Message accepted; it waits in the outbox',
        data: { ...data, outboxId: last.messageId },
      };
  }
};

const textRoute = (path: string, chatField: 'chatId' | 'to', contentField: 'content' | 'message' | 'text'): Route =>
  dialectRoute({
    method: 'POST',
    path,
    operation: 'messages.send',
    summary: 'Answers when WhatsApp has taken the message, or after 30 s with 202 and the id in the outbox.',
    limit: 'messaging',
    input: z.strictObject({
      sessionId: sessionIdSchema,
      [chatField]: z.string(),
      [contentField]: messageBodySchema,
      quotedMessageId: z.string().optional(),
    }),
    output: sent,
    async run(input, context) {
      const { id } = await context.account(text(input['sessionId']));
      const chatId = normalChatId(input[chatField]);
      return answer(context, id, () =>
        context.call('messages.send', {
          accountId: id,
          chatId,
          body: text(input[contentField]),
          ...optional('quotedMessageId', normalMessageId(input['quotedMessageId'])),
          ...optional('idempotencyKey', context.idempotencyKey),
        }),
      );
    },
  });

const mediaRoute = (name: 'image' | 'file' | 'audio' | 'video', files: RemoteFiles): Route =>
  dialectRoute({
    method: 'POST',
    path: `/sessions/:sessionId/send-${name}`,
    operation: 'messages.sendMedia',
    title:
      name === 'image'
        ? 'Send a picture'
        : name === 'file'
          ? 'Send a document'
          : name === 'audio'
            ? 'Send a sound'
            : 'Send a film',
    summary:
      'Takes the file in a form (multipart/form-data), as a data URI, from a web address, or by the mediaId of an upload. Answers like send-text.',
    limit: 'messaging',
    bodyLimit: mediaBody,
    takesFile: true,
    input: z.strictObject({
      ...sendFields,
      ...fileFields,
      caption: captionSchema.optional(),
    }),
    output: sent,
    async run(input, context) {
      const { id } = await context.account(text(input['sessionId']));
      const chatId = normalChatId(input['chatId']);
      const uploaded = await mediaIdOf(files, context, id, input);
      return answer(context, id, () =>
        context.call('messages.sendMedia', {
          accountId: id,
          chatId,
          mediaId: uploaded,
          form: name === 'file' ? 'document' : 'auto',
          ...optional('caption', input['caption']),
          ...optional('quotedMessageId', normalMessageId(input['quotedMessageId'])),
          ...optional('idempotencyKey', context.idempotencyKey),
        }),
      );
    },
  });

/** Sending and reading messages as the dialect documents them. */
export const messageRoutes = (files: RemoteFiles): readonly Route[] => [
  textRoute('/sessions/:sessionId/send-text', 'chatId', 'content'),
  textRoute('/sessions/:sessionId/sendText', 'chatId', 'content'),
  textRoute('/sessions/:sessionId/send-message', 'to', 'message'),
  mediaRoute('image', files),
  mediaRoute('file', files),
  mediaRoute('audio', files),
  mediaRoute('video', files),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/chats/:chatId/messages',
    operation: 'messages.list',
    summary: `${registry['messages.list'].summary} \`before\` takes the olderCursor of the page after it. With \`downloadMedia\` the files of its messages come along, as with messages.listWithMedia.`,
    input: z.strictObject({
      sessionId: sessionIdSchema,
      chatId: z.string(),
      limit: registry['messages.list'].input.shape.limit,
      offset: registry['messages.list'].input.shape.offset,
      before: cursorSchema,
      /** The same as \`before\`. */
      cursor: cursorSchema,
      downloadMedia: queryFlagSchema.default(false),
    }),
    output: registry['messages.listWithMedia'].output,
    async run({ sessionId, chatId, limit, offset, before, cursor, downloadMedia }, { account, call }) {
      const { id } = await account(text(sessionId));
      return {
        data: await call(downloadMedia === true ? 'messages.listWithMedia' : 'messages.list', {
          accountId: id,
          chatId: normalChatId(chatId),
          limit,
          offset,
          ...optional('cursor', before ?? cursor),
        }),
      };
    },
  }),
  dialectRoute({
    method: 'GET',
    path: '/sessions/:sessionId/chats',
    operation: 'chats.list',
    input: z.strictObject({
      sessionId: sessionIdSchema,
      filter: z.enum(['all', 'unread', 'groups']).default('all'),
      /** With commas between them. */
      chatIds: z.string().optional(),
      cursor: cursorSchema,
      offset: registry['chats.list'].input.shape.offset,
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
    }),
    output: registry['chats.list'].output,
    async run({ sessionId, filter, chatIds, cursor, offset, limit }, { account, call }) {
      const { id } = await account(text(sessionId));
      return {
        data: await call('chats.list', {
          accountId: id,
          filter: filter as 'all',
          limit,
          offset,
          ...(chatIds === undefined ? {} : { chatIds: normalChatIds(text(chatIds)) }),
          ...optional('cursor', cursor),
        }),
      };
    },
  }),
];
