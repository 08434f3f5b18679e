import { z } from 'zod';
import { OperationError } from '../contract/errors';

/** Where a page of chats ended: activity, account and chat of its last row. */
const chatCursorSchema = z.tuple([z.literal('chats'), z.int(), z.string(), z.string()]);
/** Where a page of messages ended: time and order of its oldest row. */
const messageCursorSchema = z.tuple([z.literal('messages'), z.int(), z.int()]);
/** Where a page of found messages ended: second, account and order of its last row. */
const searchCursorSchema = z.tuple([z.literal('search'), z.int().nonnegative(), z.string(), z.int().nonnegative()]);
/** Where a page of the outbox ended: the place of its oldest row. */
const sendCursorSchema = z.tuple([z.literal('sends'), z.int()]);
/** Where a page of the do-not-contact list ended: the place of its oldest row. */
const optOutCursorSchema = z.tuple([z.literal('optOuts'), z.int()]);

/** Where a page of bulk sends ended, and one of a ledger: the place of its last row. */
const campaignCursorSchema = z.tuple([z.literal('campaigns'), z.int()]);
const campaignRowCursorSchema = z.tuple([z.literal('campaignRows'), z.int()]);
/** Where a page of drafts ended: time, account and chat of its last row. */
const draftCursorSchema = z.tuple([z.literal('drafts'), z.int(), z.string(), z.string()]);
/** Where a page of a webhook's deliveries ended: the place of its oldest row. */
const deliveryCursorSchema = z.tuple([z.literal('deliveries'), z.int()]);

const encode = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

const decode = <Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new OperationError('VALIDATION_ERROR', 'cursor is not one that this list gave: read the first page again', {
      data: { issues: [{ path: 'cursor', message: 'is not one that this list gave' }] },
      cause,
    });
  }
};

export interface ChatPosition {
  readonly lastActivityMs: number;
  readonly accountId: string;
  readonly chatId: string;
}

export const encodeChatCursor = (position: ChatPosition): string =>
  encode(['chats', position.lastActivityMs, position.accountId, position.chatId]);

export const decodeChatCursor = (cursor: string): ChatPosition => {
  const [, lastActivityMs, accountId, chatId] = decode(chatCursorSchema, cursor);
  return { lastActivityMs, accountId, chatId };
};

export interface MessagePosition {
  readonly timestampMs: number;
  readonly order: number;
}

export const encodeMessageCursor = (position: MessagePosition): string =>
  encode(['messages', position.timestampMs, position.order]);

export const decodeMessageCursor = (cursor: string): MessagePosition => {
  const [, timestampMs, order] = decode(messageCursorSchema, cursor);
  return { timestampMs, order };
};

export interface SearchPosition {
  /** Seconds since 1970. */
  readonly second: number;
  readonly accountId: string;
  readonly order: number;
}

export const encodeSearchCursor = ({ second, accountId, order }: SearchPosition): string =>
  encode(['search', second, accountId, order]);

export const decodeSearchCursor = (cursor: string): SearchPosition => {
  const [, second, accountId, order] = decode(searchCursorSchema, cursor);
  return { second, accountId, order };
};

export interface DraftPosition {
  readonly savedAtMs: number;
  readonly accountId: string;
  readonly chatId: string;
}

export const encodeDraftCursor = ({ savedAtMs, accountId, chatId }: DraftPosition): string =>
  encode(['drafts', savedAtMs, accountId, chatId]);

export const decodeDraftCursor = (cursor: string): DraftPosition => {
  const [, savedAtMs, accountId, chatId] = decode(draftCursorSchema, cursor);
  return { savedAtMs, accountId, chatId };
};

export const encodeSendCursor = (order: number): string => encode(['sends', order]);
export const decodeSendCursor = (cursor: string): number => decode(sendCursorSchema, cursor)[1];

export const encodeDeliveryCursor = (position: number): string => encode(['deliveries', position]);
export const decodeDeliveryCursor = (cursor: string): number => decode(deliveryCursorSchema, cursor)[1];

export const encodeCampaignCursor = (position: number): string => encode(['campaigns', position]);
export const decodeCampaignCursor = (cursor: string): number => decode(campaignCursorSchema, cursor)[1];

export const encodeCampaignRowCursor = (row: number): string => encode(['campaignRows', row]);
export const decodeCampaignRowCursor = (cursor: string): number => decode(campaignRowCursorSchema, cursor)[1];

export const encodeOptOutCursor = (position: number): string => encode(['optOuts', position]);
export const decodeOptOutCursor = (cursor: string): number => decode(optOutCursorSchema, cursor)[1];
