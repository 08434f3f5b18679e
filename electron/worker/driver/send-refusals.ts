import type { OutgoingContent } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId } from '../../contract/ids';
import { statusFeed } from '../../domain/chat-identity';
import type { SendEnd, SendOutlook } from './page-send';

type Refused = Extract<SendOutlook, { readonly go: false }>;

/** Why a message was not made, or may have been, in words that name the account, the field and the next step. */
export class SendRefusals {
  readonly #account: string;

  constructor(accountId: AccountId) {
    this.#account = `Account ${accountId}`;
  }

  notHanded(reason: string, cause?: unknown): OperationError {
    return new OperationError('SEND_FAILED', `${this.#account} could not send the message: ${reason}.`, { cause });
  }

  /** Nothing is wrong with the message: it can go later. */
  notReady(reason: string, cause?: unknown): OperationError {
    const text = `${this.#account} cannot send at the moment: ${reason}. Nothing was sent.`;
    return new OperationError('SESSION_NOT_READY', text, { cause });
  }

  unconfirmed(reason: string): OperationError {
    return new OperationError(
      'SEND_UNCONFIRMED',
      `${this.#account} may or may not have sent the message: ${reason}. Look at the chat on the phone before sending it again.`,
      { effect: 'unknown' },
    );
  }

  noNumber(chatId: ChatId): OperationError {
    const number = chatId.replace('@c.us', '');
    return new OperationError(
      'NUMBER_NOT_ON_WHATSAPP',
      `${this.#account} sent nothing: the number +${number} (chatId) is not on WhatsApp. Check it, with its country code.`,
      { data: { chatId } },
    );
  }

  noConversation(chatId: ChatId): OperationError {
    const text = `${this.#account} sends messages to people and groups only, and ${chatId} (chatId) is a channel or a list.`;
    return new OperationError('CHAT_NOT_FOUND', text, { data: { chatId } });
  }

  /** Only statuses go to everybody, and only to everybody. */
  notForThere(chatId: ChatId, { kind }: OutgoingContent): OperationError {
    const text =
      chatId === statusFeed
        ? `${this.#account} can post texts, pictures and films as a status, and this is none of them (content.kind ${kind}). Nothing was sent.`
        : `${this.#account} cannot send a status to ${chatId} (chatId): it goes to everybody who sees its statuses. Nothing was sent.`;
    return new OperationError('SEND_FAILED', text, { data: { chatId } });
  }

  noStatusWay(): OperationError {
    const text = `${this.#account} cannot post this status: this version of WhatsApp Web takes it in another way. Nothing was sent; post it on the phone, or update Switchboard.`;
    return new OperationError('NOT_SUPPORTED', text);
  }

  ofOutlook(chatId: ChatId, { why, reason }: Refused): OperationError {
    const about = { data: { chatId } };
    switch (why) {
      case 'unknown_chat':
      case 'no_chat': {
        const words = reason === undefined ? '' : ` (${reason})`;
        const text = `${this.#account} has no chat ${chatId} (chatId) and WhatsApp cannot open one${words}. Check the id.`;
        return new OperationError('CHAT_NOT_FOUND', text, about);
      }
      case 'not_member': {
        const text = `${this.#account} is not in the group ${chatId} (chatId), so nothing was sent. Ask an admin of the group to add it.`;
        return new OperationError('CHAT_NOT_FOUND', text, about);
      }
      case 'admins_only': {
        const text = `${this.#account} is no admin of the group ${chatId} (chatId), in which only admins may write. Nothing was sent.`;
        return new OperationError('SEND_FAILED', text, about);
      }
      case 'quote_gone': {
        const text = `${this.#account} no longer has the message that this one answers (quotedMessageId). Nothing was sent; send it without the quote.`;
        return new OperationError('MESSAGE_NOT_FOUND', text, about);
      }
      case 'timelock':
      case 'capping': {
        const words =
          why === 'timelock'
            ? 'WhatsApp lets it start no new chats for now (463)'
            : 'WhatsApp’s quota of new chats is used up';
        const text = `${this.#account} sent nothing to ${chatId}: ${words}. People who have written to it can be answered.`;
        return new OperationError('LIMITED_BY_WHATSAPP', text, { data: { chatId, limit: why } });
      }
    }
  }

  /** The page broke before it made the message. */
  ofEnd(content: OutgoingContent, end: SendEnd, reason: string, cause: unknown): OperationError {
    if (end.refused === 'quote') {
      const text = `${this.#account} cannot answer the message in quotedMessageId: it was deleted or is none that can be answered. Nothing was sent; send it without the quote.`;
      return new OperationError('SEND_FAILED', text, { cause });
    }
    if (end.refused === 'type' && content.kind === 'contact') {
      const text = `${this.#account} sent nothing: WhatsApp Web does not understand the contact card (content.vcard). Give it at least the lines VERSION, FN and TEL.`;
      return new OperationError('SEND_FAILED', text, { cause });
    }
    if (end.state !== undefined && end.state !== 'CONNECTED') {
      return this.notReady(`WhatsApp Web is ${end.state}`, cause);
    }
    if (content.kind !== 'media') return this.notHanded(reason, cause);
    const { filename, mimetype, form } = content;
    const wish = form === 'auto' ? mimetype : `${mimetype} as ${form}`;
    const next =
      form === 'document' ? 'Check that the file is whole and not too large.' : 'Send it as a document (form) instead.';
    const text = `${this.#account} sent nothing: WhatsApp Web does not take the file “${filename}” (content.mediaId, ${wish}): ${reason}. ${next}`;
    return new OperationError('MEDIA_REFUSED', text, { cause });
  }
}
