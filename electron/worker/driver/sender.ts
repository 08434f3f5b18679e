import type { Client, Message } from 'whatsapp-web.js';
import type { ObservedMessage } from '../../contract/entities/message';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import { DeadlineError, within } from '../deadline';
import { translateMessage } from '../translate-message';
import { evaluate, reasonOf } from './page-access';
import { chooseNextId, endChosenId, giveUpSend, openChat } from './page-functions';

/** For WhatsApp to find a chat that the page does not know yet, in ms. */
const openLimitMs = 12_000;
/** For the page to store the message, in ms. It does not wait for the server. */
const sendLimitMs = 15_000;

export interface SenderDeps {
  readonly accountId: AccountId;
  readonly client: Client;
  /** Looks in memory and in the page's table. */
  find(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined>;
}

/**
 * Hands texts to the page under ids that were chosen before, strictly one at a time: the choice holds for the next message
 * that the page makes, whoever makes it. Never tries twice; that is the outbox's decision.
 */
export class Sender {
  readonly #deps: SenderDeps;
  #last: Promise<unknown> = Promise.resolve();
  /** A send that was given up and may still wake. Until it ends no other may begin. */
  #hanging = false;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  send(chatId: ChatId, messageId: MessageId, body: string): Promise<ObservedMessage> {
    const turn = this.#last.then(() => this.#send(chatId, messageId, body));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #send(chatId: ChatId, messageId: MessageId, body: string): Promise<ObservedMessage> {
    if (this.#hanging) throw this.#notHanded('an earlier message still hangs in the page');
    await this.#prepare(chatId, messageId);
    const { client } = this.#deps;
    // Text is text: no lookup of links and no contact cards before the message exists, and no read receipt on the way.
    const sending = client.sendMessage(chatId, body.toWellFormed(), {
      sendSeen: false,
      linkPreview: false,
      parseVCards: false,
    });
    try {
      const message = await within(sending, sendLimitMs, 'Sending');
      await evaluate(client, endChosenId);
      return await this.#confirm(chatId, messageId, message);
    } catch (error) {
      if (error instanceof OperationError) throw error;
      return await this.#clarify(chatId, messageId, error, sending);
    }
  }

  /** Everything that may fail without a message having been made. */
  async #prepare(chatId: ChatId, messageId: MessageId): Promise<void> {
    const { client, accountId } = this.#deps;
    let known: boolean;
    try {
      known = await evaluate(client, openChat, [chatId], openLimitMs);
      if (known) await evaluate(client, chooseNextId, [messageId]);
    } catch (error) {
      throw this.#notHanded(reasonOf(error), error);
    }
    if (!known) throw new OperationError('CHAT_NOT_FOUND', `Account ${accountId} has no chat ${chatId}.`);
  }

  async #confirm(chatId: ChatId, messageId: MessageId, sent: Message | undefined): Promise<ObservedMessage> {
    const message = translateMessage(sent?.rawData, Date.now());
    if (message?.id === messageId) return message;
    if (message !== undefined)
      throw this.#unconfirmed('WhatsApp Web gave the message another id', { sentAs: message.id });
    const found = await this.#look(chatId, messageId);
    if (found !== undefined) return found;
    throw this.#unconfirmed('WhatsApp Web took the message but does not show it');
  }

  /** The send came back with an error or not at all. The page may have the message all the same. */
  async #clarify(
    chatId: ChatId,
    messageId: MessageId,
    error: unknown,
    sending: Promise<unknown>,
  ): Promise<ObservedMessage> {
    const late = error instanceof DeadlineError;
    const handed = await this.#wasHanded(late);
    if (!handed) {
      if (late) this.#waitFor(sending);
      throw this.#notHanded(reasonOf(error), error);
    }
    const found = await this.#look(chatId, messageId);
    if (found !== undefined) return found;
    throw this.#unconfirmed(reasonOf(error));
  }

  async #wasHanded(late: boolean): Promise<boolean> {
    try {
      return await evaluate(this.#deps.client, late ? giveUpSend : endChosenId);
    } catch {
      return true;
    }
  }

  #waitFor(sending: Promise<unknown>): void {
    this.#hanging = true;
    const over = async (): Promise<void> => {
      await evaluate(this.#deps.client, endChosenId).catch(() => undefined);
      this.#hanging = false;
    };
    void sending.then(over, over);
  }

  async #look(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined> {
    try {
      return await this.#deps.find(chatId, messageId);
    } catch {
      return undefined;
    }
  }

  #notHanded(reason: string, cause?: unknown): OperationError {
    return new OperationError('SEND_FAILED', `Account ${this.#deps.accountId} could not send the message: ${reason}.`, {
      cause,
    });
  }

  #unconfirmed(reason: string, data?: Readonly<Record<string, unknown>>): OperationError {
    return new OperationError(
      'SEND_UNCONFIRMED',
      `Account ${this.#deps.accountId} may or may not have sent the message: ${reason}. Look at the chat on the phone before sending it again.`,
      { effect: 'unknown', ...(data === undefined ? {} : { data }) },
    );
  }
}
