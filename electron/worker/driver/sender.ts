import type { Client } from 'whatsapp-web.js';
import type { ObservedMessage } from '../../contract/entities/message';
import { OperationError } from '../../contract/errors';
import type { WorkerRequestInput } from '../../contract/frames';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import { statusFeed } from '../../domain/chat-identity';
import { DeadlineError, within } from '../deadline';
import { translateAnyMessage } from '../translate-message';
import type { LimitsWatch } from './limits-watch';
import { type LibraryMessage, libraryMessage, typesOf } from './outgoing-content';
import type { OwnMessages } from './own-messages';
import { evaluate, isPageGone, reasonOf } from './page-access';
import { endSend, prepareSend, type SendEnd, type SendOutlook } from './page-send';
import { SendRefusals } from './send-refusals';
import { StatusPoster } from './status-poster';

/** What is to be sent. */
export type OutgoingMessage = WorkerRequestInput<'send'>;

/** For WhatsApp to find a chat that the page does not know yet, in ms. */
const openLimitMs = 8_000;
/** For WhatsApp to say whether it knows a number, in ms. */
const numberLimitMs = 6_000;
/** For the page to store a message, in ms; it does not wait for the server. Media is uploaded before. */
const textLimitMs = 12_000;
const mediaLimitMs = 100_000;
/** As many messages are remembered whose chat goes by another id in the page than here. */
const rememberedChats = 1_000;

export interface SenderDeps {
  readonly accountId: AccountId;
  readonly client: Client;
  readonly ownMessages: Pick<OwnMessages, 'find' | 'resend'>;
  readonly limits: Pick<LimitsWatch, 'read' | 'lookSoon'>;
  /** The page is about to be told to make the message. */
  calling(): Promise<void> | undefined;
}

interface Expected {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  stored?: ObservedMessage;
  /** Called when `stored` is there. */
  readonly told: () => void;
}

/**
 * Hands messages to the page under ids that were chosen before, strictly one at a time. Never tries twice; that is the
 * outbox's decision.
 */
export class Sender {
  readonly #deps: SenderDeps;
  readonly #refusals: SendRefusals;
  readonly #statuses: StatusPoster;
  /** Numbers that WhatsApp has said it knows. */
  readonly #registered = new Set<ChatId>();
  /** Where messages were sent to that the page has in a chat of another id (a number that is met by hidden id). */
  readonly #askedChats = new Map<MessageId, ChatId>();
  /** What the page says it has stored, of the send under way. */
  #expected: Expected | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** A send that was given up and may still wake. Until it ends no other may begin. */
  #hanging = false;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#refusals = new SendRefusals(deps.accountId);
    this.#statuses = new StatusPoster(deps.client, this.#refusals);
  }

  send(message: OutgoingMessage): Promise<ObservedMessage> {
    const turn = this.#last.then(() => this.#send(message));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The page tells of a new message; saves a question after each send. */
  noteCreated(raw: unknown): void {
    const expected = this.#expected;
    if (expected === undefined) return;
    const message = translateAnyMessage(raw, Date.now());
    if (message?.fromMe !== true || message.id !== expected.messageId) return;
    // A person may go by two ids; a status is never in a chat.
    if ((message.chatId === statusFeed) !== (expected.chatId === statusFeed)) return;
    if (message.chatId !== expected.chatId) this.#rememberChat(message.id, expected.chatId);
    expected.stored = { ...message, chatId: expected.chatId };
    expected.told();
  }

  /** The chat that a message was sent to, where the page has it in another one. */
  askedChatOf(messageId: MessageId): ChatId | undefined {
    return this.#askedChats.get(messageId);
  }

  async #send(message: OutgoingMessage): Promise<ObservedMessage> {
    if (this.#hanging) throw this.#refusals.notReady('an earlier message still hangs in its page');
    const { accountId } = this.#deps;
    if (message.again) {
      const known = await this.#takeUp(message);
      if (known !== undefined) return known;
    }
    const wanted = await libraryMessage(accountId, message.content, message.mediaPath);
    const outlook = await this.#prepare(message);
    await this.#deps.calling();
    const stored = await this.#hand(message, wanted, outlook.quoted);
    if (outlook.isNew) this.#deps.limits.lookSoon();
    return stored;
  }

  /** A message that was handed over before: what the page has is never made a second time. */
  async #takeUp({ chatId, messageId }: OutgoingMessage): Promise<ObservedMessage | undefined> {
    const known = await this.#deps.ownMessages.find(chatId, messageId);
    if (known === undefined || (known.status !== 'pending' && known.status !== 'failed')) return known;
    try {
      return (await this.#deps.ownMessages.resend(chatId, messageId)) ?? known;
    } catch (error) {
      // One that failed stays where it is; one that waits may leave at any time.
      if (known.status === 'failed') throw error;
      throw this.#refusals.unconfirmed(reasonOf(error));
    }
  }

  /** Everything that may fail without a message having been made. */
  async #prepare(message: OutgoingMessage): Promise<Extract<SendOutlook, { readonly go: true }>> {
    const { chatId, content } = message;
    if (chatId === statusFeed) {
      await this.#statuses.prepare(message);
      // Nobody is written to: no limit on new chats is about this.
      return { go: true, isNew: false };
    }
    if (content.kind === 'status') throw this.#refusals.notForThere(chatId, content);
    if (/@(newsletter|broadcast)$/.test(chatId)) throw this.#refusals.noConversation(chatId);
    // People by number are asked for first: the page would make a chat with anybody.
    const byNumber = chatId.endsWith('@c.us') && !this.#registered.has(chatId);
    let outlook = await this.#ask(message, !byNumber);
    if (!outlook.go && outlook.why === 'unknown_chat') {
      await this.#requireNumber(chatId);
      outlook = await this.#ask(message, true);
    }
    if (outlook.go) return outlook;
    // Whoever hears of the refusal should know the limit by then.
    if (outlook.why === 'timelock' || outlook.why === 'capping') await this.#deps.limits.read().catch(() => undefined);
    throw this.#refusals.ofOutlook(chatId, outlook);
  }

  async #ask({ chatId, messageId, content, quotedMessageId }: OutgoingMessage, open: boolean): Promise<SendOutlook> {
    const quote = quotedMessageId === undefined ? {} : { quotedMessageId };
    const order = { chatId, messageId, open, types: typesOf(content), ...quote };
    try {
      return await evaluate(this.#deps.client, prepareSend, [order], openLimitMs);
    } catch (error) {
      if (isPageGone(error)) throw this.#refusals.notReady(reasonOf(error), error);
      throw this.#refusals.notHanded(reasonOf(error), error);
    }
  }

  async #requireNumber(chatId: ChatId): Promise<void> {
    let known: boolean;
    try {
      known = await within(this.#deps.client.isRegisteredUser(chatId), numberLimitMs, 'The page');
    } catch (error) {
      throw this.#refusals.notReady(`WhatsApp did not say whether it knows ${chatId}: ${reasonOf(error)}`, error);
    }
    if (!known) throw this.#refusals.noNumber(chatId);
    this.#registered.add(chatId);
  }

  async #hand(message: OutgoingMessage, wanted: LibraryMessage, quoted: string | undefined): Promise<ObservedMessage> {
    const { chatId, messageId, content } = message;
    const shown = Promise.withResolvers<void>();
    const expected: Expected = { chatId, messageId, told: shown.resolve };
    this.#expected = expected;
    const sending: Promise<unknown> =
      content.kind === 'status'
        ? this.#statuses.postText(messageId, content)
        : this.#deps.client.sendMessage(chatId, wanted.content, {
            ...wanted.options,
            // No read receipt on the way.
            sendSeen: false,
            ...(quoted === undefined ? {} : { quotedMessageId: quoted, ignoreQuoteErrors: false }),
            extra: { id: messageId },
          });
    // Of a status the page speaks when it has left, of a message when it is stored; that it is stored is all that counts here.
    const stored = chatId === statusFeed ? Promise.race([sending, shown.promise]) : sending;
    try {
      await within(stored, content.kind === 'media' ? mediaLimitMs : textLimitMs, 'Sending');
    } catch (error) {
      return await this.#clarify(message, error, sending);
    } finally {
      this.#expected = undefined;
    }
    if (expected.stored !== undefined) return expected.stored;
    // The library says nothing either when it finds no chat.
    return this.#clarify(message, new Error('WhatsApp Web took the message but does not show it'), sending);
  }

  #rememberChat(messageId: MessageId, chatId: ChatId): void {
    this.#askedChats.set(messageId, chatId);
    const [oldest] = this.#askedChats.keys();
    if (oldest !== undefined && this.#askedChats.size > rememberedChats) this.#askedChats.delete(oldest);
  }

  /** The send came back with an error, without a word or not at all. The page may have the message all the same. */
  async #clarify(
    { chatId, messageId, content }: OutgoingMessage,
    error: unknown,
    sending: Promise<unknown>,
  ): Promise<ObservedMessage> {
    const late = error instanceof DeadlineError;
    const end = await this.#endOf(late);
    if (!end.consumed) {
      if (late) this.#waitFor(sending);
      if (error instanceof OperationError) throw error;
      throw this.#refusals.ofEnd(content, end, reasonOf(error), error);
    }
    const found = await this.#deps.ownMessages.find(chatId, messageId).catch(() => undefined);
    if (found !== undefined) return found;
    throw this.#refusals.unconfirmed(reasonOf(error));
  }

  async #endOf(late: boolean): Promise<SendEnd> {
    try {
      return await evaluate(this.#deps.client, endSend, [late]);
    } catch {
      return { consumed: true };
    }
  }

  #waitFor(sending: Promise<unknown>): void {
    this.#hanging = true;
    const over = async (): Promise<void> => {
      await evaluate(this.#deps.client, endSend, [false]).catch(() => undefined);
      this.#hanging = false;
    };
    void sending.then(over, over);
  }
}
