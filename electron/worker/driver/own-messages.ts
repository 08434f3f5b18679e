import type { Client } from 'whatsapp-web.js';
import type { ObservedMessage } from '../../contract/entities/message';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import { DeadlineError } from '../deadline';
import { translateAnyMessage } from '../translate-message';
import { evaluate, reasonOf } from './page-access';
import { type OwnMessageVisit, visitOwnMessage } from './page-own-message';

const lookLimitMs = 10_000;

/** What the page has of the account's own messages, in memory and in its table. */
export class OwnMessages {
  readonly #accountId: AccountId;
  readonly #client: Client;

  constructor(accountId: AccountId, client: Client) {
    this.#accountId = accountId;
    this.#client = client;
  }

  async find(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined> {
    const { message } = await this.#visit(chatId, messageId, false);
    return translateAnyMessage(message, Date.now());
  }

  /** Asks the page to go on with a message that did not leave. Undefined: the page does not have it. */
  async resend(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined> {
    const { message, resent } = await this.#visit(chatId, messageId, true);
    if (resent === 'no_way') {
      throw new OperationError(
        'SEND_FAILED',
        `Account ${this.#accountId} cannot make WhatsApp Web try this message again: this version of it lacks WAWebResendMsgAction and WAWebSendMsgRecordAction. Open the account’s own window and send it there, or update Switchboard.`,
        { data: { missing: ['WAWebResendMsgAction', 'WAWebSendMsgRecordAction'] } },
      );
    }
    return translateAnyMessage(message, Date.now());
  }

  async #visit(chatId: ChatId, messageId: MessageId, resend: boolean): Promise<OwnMessageVisit> {
    try {
      return await evaluate(this.#client, visitOwnMessage, [chatId, messageId, resend], lookLimitMs);
    } catch (error) {
      const what = resend ? 'try a message again' : 'look for a message';
      throw new OperationError(
        error instanceof DeadlineError ? 'SESSION_TIMEOUT' : 'SESSION_CRASHED',
        `Account ${this.#accountId} could not ${what}: ${reasonOf(error)}.`,
        { effect: resend ? 'unknown' : 'none', cause: error },
      );
    }
  }
}
