import type { Client } from 'whatsapp-web.js';
import type { ObservedMessage } from '../../contract/entities/message';
import { OperationError } from '../../contract/errors';
import type { WorkerRequestInput } from '../../contract/frames';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import { statusFeed } from '../../domain/chat-identity';
import { DeadlineError, within } from '../deadline';
import { isRaw } from '../raw-page';
import { translateAnyMessage } from '../translate-message';
import type { LimitsWatch } from './limits-watch';
import { type LibraryMessage, libraryMessage, typesOf } from './outgoing-content';
import type { OwnMessages } from './own-messages';
import { evaluate, isPageGone, reasonOf } from './page-access';
import { endSend, prepareSend, type SendEnd, type SendOrder, type SendOutlook } from './page-send';
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

/** As many chats are remembered that the page has. */
const openedChats = 10_000;

/** Whether there could be a link in it, whose preview is wanted. */
const wantsPreview = ({ content }: OutgoingMessage): boolean =>
  content.kind === 'text' && content.linkPreview !== false && content.body.includes('.');

interface Expected {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly isKnownChat: boolean;
  stored?: ObservedMessage;
  /** Called when `stored` is there. */
  readonly told: () => void;
}

/** How a message goes to the page: prepared by a visit before, or with its order along. */
type Way = { readonly quoted?: string | undefined } | { readonly order: SendOrder };

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
  /** Chats that the page has: what goes there needs no visit of its own before. */
  readonly #opened = new Set<ChatId>();
  /** Whether the page can be asked what is behind a link, as it was when it was last prepared. */
  #canPreview = false;
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

  /**
   * The page tells of a new message; saves a question after each send. Answers whether it is the one under way, in a chat of
   * which everything is known.
   */
  noteCreated(raw: unknown): boolean {
    const expected = this.#expected;
    if (expected === undefined) return false;
    const message = translateAnyMessage(raw, Date.now());
    if (message?.fromMe !== true || message.id !== expected.messageId) return false;
    // A person may go by two ids; a status is never in a chat.
    if ((message.chatId === statusFeed) !== (expected.chatId === statusFeed)) return false;
    if (message.chatId !== expected.chatId) this.#rememberChat(message.id, expected.chatId);
    expected.stored = { ...message, chatId: expected.chatId };
    expected.told();
    return expected.isKnownChat && message.chatId === expected.chatId;
  }

  /** The chat that a message was sent to, where the page has it in another one. */
  askedChatOf(messageId: MessageId): ChatId | undefined {
    return this.#askedChats.get(messageId);
  }

  /** Whether a message is being handed to the page at this moment. */
  get isSending(): boolean {
    return this.#expected !== undefined;
  }

  async #send(message: OutgoingMessage): Promise<ObservedMessage> {
    if (this.#hanging) throw this.#refusals.notReady('an earlier message still hangs in its page');
    const { accountId } = this.#deps;
    if (message.again) {
      const known = await this.#takeUp(message);
      if (known !== undefined) return known;
    }
    if (message.content.kind === 'status' && message.chatId !== statusFeed) {
      throw this.#refusals.notForThere(message.chatId, message.content);
    }
    const wanted = await libraryMessage(accountId, message.content, message.mediaPath);
    if (!message.again && message.quotedMessageId === undefined && this.#opened.has(message.chatId)) {
      await this.#deps.calling();
      const stored = await this.#hand(message, wanted, { order: orderOf(message, false) });
      if (stored !== undefined) return stored;
      this.#opened.delete(message.chatId);
    }
    return this.#sendPrepared(message, wanted);
  }

  async #sendPrepared(message: OutgoingMessage, wanted: LibraryMessage): Promise<ObservedMessage> {
    const { chatId } = message;
    const outlook = await this.#prepare(message);
    await this.#deps.calling();
    const stored = await this.#hand(message, wanted, { quoted: outlook.quoted });
    if (stored === undefined) throw this.#refusals.notReady('its page was loaded anew');
    if (chatId !== statusFeed) this.#opened.add(chatId);
    const [oldest] = this.#opened;
    if (oldest !== undefined && this.#opened.size > openedChats) this.#opened.delete(oldest);
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
    const { chatId } = message;
    if (chatId === statusFeed) {
      await this.#statuses.prepare(message);
      // Nobody is written to: no limit on new chats is about this.
      return { go: true, isNew: false, preview: false };
    }
    if (/@(newsletter|broadcast)$/.test(chatId)) throw this.#refusals.noConversation(chatId);
    // People by number are asked for first: the page would make a chat with anybody.
    const byNumber = chatId.endsWith('@c.us') && !this.#registered.has(chatId);
    let outlook = await this.#ask(message, !byNumber);
    if (!outlook.go && outlook.why === 'unknown_chat') {
      await this.#requireNumber(chatId);
      outlook = await this.#ask(message, true);
    }
    if (outlook.go) return outlook;
    throw await this.#refusedBy(chatId, outlook);
  }

  async #refusedBy(chatId: ChatId, outlook: Extract<SendOutlook, { readonly go: false }>): Promise<OperationError> {
    // Whoever hears of the refusal should know the limit by then.
    if (outlook.why === 'timelock' || outlook.why === 'capping') await this.#deps.limits.read().catch(() => undefined);
    return this.#refusals.ofOutlook(chatId, outlook);
  }

  async #ask(message: OutgoingMessage, open: boolean): Promise<SendOutlook> {
    try {
      const outlook = await evaluate(this.#deps.client, prepareSend, [orderOf(message, open)], openLimitMs);
      if (outlook.go) this.#canPreview = outlook.preview;
      return outlook;
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

  /** Undefined: the page could not take the order along, and made nothing of it. */
  async #hand(message: OutgoingMessage, wanted: LibraryMessage, way: Way): Promise<ObservedMessage | undefined> {
    const { chatId, messageId, content } = message;
    const shown = Promise.withResolvers<void>();
    const expected: Expected = { chatId, messageId, isKnownChat: 'order' in way, told: shown.resolve };
    this.#expected = expected;
    const quoted = 'order' in way ? undefined : way.quoted;
    const sending: Promise<unknown> =
      content.kind === 'status'
        ? this.#statuses.postText(messageId, content)
        : this.#deps.client.sendMessage(chatId, wanted.content, {
            ...wanted.options,
            ...(this.#canPreview && wantsPreview(message) ? { linkPreview: true } : {}),
            // No read receipt on the way.
            sendSeen: false,
            ...(quoted === undefined ? {} : { quotedMessageId: quoted, ignoreQuoteErrors: false }),
            extra: { id: messageId, ...('order' in way ? { order: way.order } : {}) },
          });
    // Of a status the page speaks when it has left, of a message when it is stored; that it is stored is all that counts here.
    const stored = chatId === statusFeed ? Promise.race([sending, shown.promise]) : sending;
    try {
      const made = await within(stored, content.kind === 'media' ? mediaLimitMs : textLimitMs, 'Sending');
      // Usually it has been told of before.
      if (expected.stored === undefined && isRaw(made)) this.noteCreated(made['rawData']);
    } catch (error) {
      return await this.#clarify(message, way, error, sending);
    } finally {
      this.#expected = undefined;
    }
    if (expected.stored !== undefined) return expected.stored;
    // The library says nothing either when it finds no chat.
    return this.#clarify(message, way, new Error('WhatsApp Web took the message but does not show it'), sending);
  }

  #rememberChat(messageId: MessageId, chatId: ChatId): void {
    this.#askedChats.set(messageId, chatId);
    const [oldest] = this.#askedChats.keys();
    if (oldest !== undefined && this.#askedChats.size > rememberedChats) this.#askedChats.delete(oldest);
  }

  /** The send came back with an error, without a word or not at all. The page may have the message all the same. */
  async #clarify(
    { chatId, messageId, content }: OutgoingMessage,
    way: Way,
    error: unknown,
    sending: Promise<unknown>,
  ): Promise<ObservedMessage | undefined> {
    const late = error instanceof DeadlineError;
    const end = await this.#endOf(messageId, late);
    if (late && end?.consumed !== true) this.#waitFor(messageId, sending);
    // The page that was told is gone, and with it whether it had made the message.
    const isLost = end === undefined || (!late && isPageGone(error));
    if (!isLost && !end.consumed) {
      const wantsPreparing = 'order' in way && (!end.takesOrders || end.outlook?.why === 'unknown_chat');
      if (wantsPreparing && !late) return undefined;
      if (end.outlook !== undefined) throw await this.#refusedBy(chatId, end.outlook);
      if (error instanceof OperationError) throw error;
      throw this.#refusals.ofEnd(content, end, reasonOf(error), error);
    }
    const found = await this.#deps.ownMessages.find(chatId, messageId).catch(() => undefined);
    if (found !== undefined) return found;
    throw this.#refusals.unconfirmed(reasonOf(error));
  }

  /** Undefined: the page does not say. */
  async #endOf(messageId: MessageId, late: boolean): Promise<SendEnd | undefined> {
    try {
      return await evaluate(this.#deps.client, endSend, [messageId, late]);
    } catch {
      return undefined;
    }
  }

  #waitFor(messageId: MessageId, sending: Promise<unknown>): void {
    this.#hanging = true;
    const over = async (): Promise<void> => {
      await evaluate(this.#deps.client, endSend, [messageId, false]).catch(() => undefined);
      this.#hanging = false;
    };
    void sending.then(over, over);
  }
}

const orderOf = ({ chatId, messageId, content, quotedMessageId }: OutgoingMessage, open: boolean): SendOrder => ({
  chatId,
  messageId,
  open,
  types: typesOf(content),
  ...(quotedMessageId === undefined ? {} : { quotedMessageId }),
});
