import { z } from 'zod';
import { accountSchema } from './entities/account';
import { campaignIdSchema, campaignSchema } from './entities/campaign';
import { chatSchema, unreadCountSchema } from './entities/chat';
import { draftSchema } from './entities/draft';
import { localApiStateSchema } from './entities/local-api';
import { messageSchema } from './entities/message';
import { optOutSchema } from './entities/opt-out';
import { gateSchema, sendSchema } from './entities/send';
import { sessionSchema } from './entities/session';
import { settingsSchema } from './entities/settings';
import { accountIdSchema, chatIdSchema, messageIdSchema } from './ids';

/** What happened, and the whole new value of what changed: an event never has to be added up. */
export const eventBodySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('account.created'), account: accountSchema }),
  z.strictObject({ type: z.literal('account.updated'), account: accountSchema }),
  z.strictObject({ type: z.literal('account.removed'), accountId: accountIdSchema }),
  z.strictObject({ type: z.literal('session.changed'), session: sessionSchema }),
  z.strictObject({ type: z.literal('chat.updated'), chat: chatSchema }),
  /** The chat is off every list, with its messages and its draft. It comes back as `chat.updated` with the next message in it. */
  z.strictObject({ type: z.literal('chat.removed'), accountId: accountIdSchema, chatId: chatIdSchema }),
  /** All messages of the chat were deleted but those that have not left yet: open conversations read their pages again. */
  z.strictObject({ type: z.literal('chat.cleared'), accountId: accountIdSchema, chatId: chatIdSchema }),
  z.strictObject({ type: z.literal('message.added'), message: messageSchema }),
  z.strictObject({ type: z.literal('message.updated'), message: messageSchema }),
  /** A message that was cancelled, that goes on under another id, or that was deleted for this account only. */
  z.strictObject({
    type: z.literal('message.removed'),
    accountId: accountIdSchema,
    chatId: chatIdSchema,
    messageId: messageIdSchema,
    fromMe: z.boolean(),
  }),
  z.strictObject({ type: z.literal('send.updated'), send: sendSchema }),
  /** The draft as it is now; none: it was sent or thrown away. */
  z.strictObject({
    type: z.literal('draft.changed'),
    accountId: accountIdSchema,
    chatId: chatIdSchema,
    draft: draftSchema.optional(),
  }),
  /** At most a few times a second for one account. */
  z.strictObject({ type: z.literal('gate.changed'), gate: gateSchema }),
  /** At most a few times a second for one campaign. */
  z.strictObject({ type: z.literal('campaign.updated'), campaign: campaignSchema }),
  z.strictObject({
    type: z.literal('campaign.removed'),
    campaignId: campaignIdSchema,
    accountIds: z.array(accountIdSchema),
  }),
  z.strictObject({ type: z.literal('optOut.added'), optOut: optOutSchema }),
  z.strictObject({ type: z.literal('optOut.removed'), contact: z.string() }),
  /** A stretch of older history was stored: open conversations of these chats read their pages again. */
  z.strictObject({ type: z.literal('history.imported'), accountId: accountIdSchema, chatIds: z.array(z.string()) }),
  z.strictObject({ type: z.literal('unread.changed'), unread: unreadCountSchema }),
  z.strictObject({ type: z.literal('settings.updated'), settings: settingsSchema }),
  /** The local API listens, does not any more, or cannot. */
  z.strictObject({ type: z.literal('api.changed'), api: localApiStateSchema }),
]);
export type EventBody = z.infer<typeof eventBodySchema>;
export type EventType = EventBody['type'];
/** All types of events. */
export const eventTypes: readonly EventType[] = eventBodySchema.options.map(({ shape }) => shape.type.value);

/** An event with its place in the stream. A hole in `sequence` means that something was missed: take a snapshot. */
export const eventSchema = z
  .strictObject({
    sequence: z.int().positive(),
    atMs: z.int(),
    body: eventBodySchema,
  })
  .meta({ id: 'Event' });
export type ConsoleEvent = z.infer<typeof eventSchema>;

/**
 * An event on its way to the window. With `since` it stands for all events from that sequence on up to itself: what they said,
 * it or others after it say newer.
 */
export type WindowEvent = ConsoleEvent & { readonly since?: number };
