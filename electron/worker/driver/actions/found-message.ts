import type { Message } from 'whatsapp-web.js';
import type { ObservedMessage } from '../../../contract/entities/message';
import { OperationError } from '../../../contract/errors';
import type { ChatId, MessageId } from '../../../contract/ids';
import { translateMessage } from '../../translate-message';
import { evaluate } from '../page-access';
import { lookAtMessage, type MessageLook } from '../page-message';
import type { ActionPage } from './page-actions';

/** For the page to find a message, of which it may have to ask its own table, in ms. */
const lookLimitMs = 15_000;

/** Which message is meant. */
export interface MessageTarget {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

export type PageView = NonNullable<MessageLook['found']>;

/** A message as the page has it, and as the library does things with it. */
export interface FoundMessage {
  readonly view: PageView;
  readonly message: Message;
}

/** The message as it is now; undefined when the page does not have it. Rejects with CHAT_NOT_FOUND. */
export const lookFor = async (
  page: ActionPage,
  { chatId, messageId }: MessageTarget,
): Promise<PageView | undefined> => {
  const { accountId, client } = page;
  const { hasChat, found } = await evaluate(client, lookAtMessage, [chatId, messageId], lookLimitMs);
  if (hasChat || found !== undefined) return found;
  throw new OperationError('CHAT_NOT_FOUND', `Account ${accountId} has no chat ${chatId} (chatId).`, {
    data: { accountId, chatId },
  });
};

/** Rejects with CHAT_NOT_FOUND, MESSAGE_NOT_FOUND. */
export const findMessage = async (page: ActionPage, target: MessageTarget): Promise<FoundMessage> => {
  const view = await lookFor(page, target);
  const message = view === undefined ? undefined : await page.client.getMessageById(view.key);
  if (view !== undefined && message) return { view, message };
  const { chatId, messageId } = target;
  throw new OperationError(
    'MESSAGE_NOT_FOUND',
    `Account ${page.accountId} has no message ${messageId} (messageId) in chat ${chatId} any more.`,
    { data: { accountId: page.accountId, chatId, messageId } },
  );
};

/** What the page shows as the contract has it. Rejects where nobody wrote the message. */
export const observedOf = (page: ActionPage, { chatId, messageId }: MessageTarget, view: PageView): ObservedMessage => {
  const message = translateMessage(view.message, Date.now());
  if (message !== undefined) return message;
  throw new OperationError(
    'MESSAGE_NOT_FOUND',
    `What account ${page.accountId} has under ${messageId} (messageId) in chat ${chatId} is no message that anybody wrote.`,
    { data: { accountId: page.accountId, chatId, messageId } },
  );
};

/** WhatsApp does not allow it; nothing was done. */
export const refused = ({ accountId }: ActionPage, what: string): OperationError =>
  new OperationError('PAGE_REFUSED', `Account ${accountId} ${what}.`);

/** A field says something that this message cannot do. */
export const wrongField = ({ accountId }: ActionPage, field: string, what: string): OperationError =>
  new OperationError('VALIDATION_ERROR', `Account ${accountId}: ${field} ${what}.`, {
    data: { issues: [{ path: field, message: what }] },
  });
