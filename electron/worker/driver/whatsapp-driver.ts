import whatsappWeb, { type Client } from 'whatsapp-web.js';
import type { ObservedChat } from '../../contract/entities/chat';
import type { ObservedMessage } from '../../contract/entities/message';
import { type ErrorCode, OperationError } from '../../contract/errors';
import type { Launch } from '../../contract/frames';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import { DeadlineError, within } from '../deadline';
import { EventPump } from '../event-pump';
import { translateChat } from '../translate-chat';
import { translateMessage } from '../translate-message';
import { listenToClient } from './client-events';
import { clientOptions } from './client-options';
import type { CreateDriver, Driver, DriverListener } from './driver';
import { evaluate, isOfflineReason, reasonOf } from './page-access';
import { readChats, readMessages, readOwnMessage, readSocketState } from './page-functions';
import { ProfileAuth } from './profile-auth';
import { Sender } from './sender';

/** From the start to a code, a sync or `ready`, in ms; a little less than what the supervisor allows. */
const firstSignLimitMs = 55_000;
const listLimitMs = 45_000;
const lookLimitMs = 10_000;
const markReadLimitMs = 15_000;
const closeLimitMs = 8_000;
const killLimitMs = 1_000;

/** Drives one account with whatsapp-web.js. Everything that knows the library or the page's inside is in this folder. */
class WhatsAppDriver implements Driver {
  readonly #accountId: AccountId;
  readonly #listener: DriverListener;
  readonly #client: Client;
  readonly #sender: Sender;
  #initializing: Promise<void> = Promise.resolve();
  #signTimer: NodeJS.Timeout | undefined;
  /** Set once the end has begun; everything that breaks from then on is part of it. */
  #closing: Promise<void> | undefined;
  #over = false;

  constructor(accountId: AccountId, launch: Launch, listener: DriverListener) {
    this.#accountId = accountId;
    this.#listener = {
      report: (report) => {
        if (!this.#over) listener.report(report);
      },
      failed: (error) => this.#end(() => listener.failed(error)),
      loggedOut: (reason) => this.#end(() => listener.loggedOut(reason)),
    };
    const auth = new ProfileAuth({ browserStarted: () => this.#watchBrowser() });
    this.#client = new whatsappWeb.Client(clientOptions(launch, auth));
    this.#sender = new Sender({
      accountId,
      client: this.#client,
      find: (chatId, messageId) => this.findMessage(chatId, messageId),
    });
    const pump = new EventPump({
      readChats: (chatIds, peopleIds) => evaluate(this.#client, readChats, [chatIds, peopleIds], lookLimitMs),
      report: (report) => this.#listener.report(report),
      nowMs: () => Date.now(),
    });
    listenToClient(this.#client, {
      accountId,
      maxQrAttempts: launch.maxQrAttempts,
      listener: this.#listener,
      pump,
      onProgress: () => clearTimeout(this.#signTimer),
    });
    this.#client.once('ready', () => this.#stayUnavailable());
  }

  async start(): Promise<void> {
    this.#signTimer = setTimeout(
      () => this.#fail('SESSION_TIMEOUT', `showed neither a code nor its chats within ${firstSignLimitMs / 1000} s`),
      firstSignLimitMs,
    );
    this.#initializing = this.#client.initialize();
    try {
      await this.#initializing;
      this.#listener.report({ type: 'loaded', webVersion: await this.#client.getWWebVersion() });
    } catch (error) {
      const reason = reasonOf(error);
      const offline = isOfflineReason(reason);
      if (!offline) this.#fail('SESSION_START_FAILED', `could not open WhatsApp Web: ${reason}`);
      else
        this.#fail('SESSION_START_FAILED', `cannot reach WhatsApp; check this computer’s network (${reason})`, {
          offline,
        });
    }
  }

  send(chatId: ChatId, messageId: MessageId, body: string): Promise<ObservedMessage> {
    return this.#sender.send(chatId, messageId, body);
  }

  async findMessage(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined> {
    const found = await this.#ask('look for a message', () =>
      evaluate(this.#client, readOwnMessage, [chatId, messageId], lookLimitMs),
    );
    return translateMessage(found, Date.now());
  }

  async listChats(): Promise<readonly ObservedChat[]> {
    const { chats } = await this.#ask('list its chats', () =>
      evaluate(this.#client, readChats, [undefined, []], listLimitMs),
    );
    return chats.map(translateChat).filter((chat) => chat !== undefined);
  }

  async fetchMessages(chatId: ChatId, limit: number): Promise<readonly ObservedMessage[]> {
    const messages = await this.#ask('read a chat', () =>
      evaluate(this.#client, readMessages, [chatId, limit], listLimitMs),
    );
    if (messages === undefined) {
      throw new OperationError('CHAT_NOT_FOUND', `Account ${this.#accountId} has no chat ${chatId}.`);
    }
    const nowMs = Date.now();
    return messages.map((message) => translateMessage(message, nowMs)).filter((message) => message !== undefined);
  }

  async markRead(chatId: ChatId): Promise<void> {
    const done = await this.#ask(
      'mark a chat as read',
      () => within(this.#client.sendSeen(chatId), markReadLimitMs, 'The page'),
      'unknown',
    );
    if (!done) throw new OperationError('CHAT_NOT_FOUND', `Account ${this.#accountId} has no chat ${chatId}.`);
  }

  async isConnected(): Promise<boolean> {
    return (await this.#ask('answer', () => evaluate(this.#client, readSocketState))) === 'CONNECTED';
  }

  close(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#signTimer);
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const browser = this.#client.pupBrowser?.process();
    try {
      // Without a browser yet, wait for it: it would otherwise appear after the end.
      if (!browser) await within(this.#initializing, closeLimitMs, 'The start').catch(() => undefined);
      await within(this.#client.destroy(), closeLimitMs, 'Closing the browser');
    } catch {
      // Killed below.
    }
    const left = this.#client.pupBrowser?.process();
    if (!left || left.exitCode !== null || left.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => {
      left.once('exit', () => resolve());
    });
    left.kill('SIGKILL');
    await within(gone, killLimitMs, 'Killing the browser').catch(() => undefined);
  }

  /** The earliest moment at which the library lets its browser be seen. */
  #watchBrowser(): void {
    const { pupBrowser, pupPage } = this.#client;
    const pid = pupBrowser?.process()?.pid;
    this.#listener.report({ type: 'launched', ...(pid === undefined ? {} : { browserPid: pid }) });
    pupBrowser?.on('disconnected', () => this.#fail('SESSION_CRASHED', 'lost its browser'));
    // Puppeteer’s name for a page whose process is gone.
    pupPage?.on('error', () => this.#fail('SESSION_CRASHED', 'lost its page'));
    pupPage?.on('close', () => this.#fail('SESSION_CRASHED', 'lost its page'));
  }

  /** A session that shows itself as online silences the phone. */
  #stayUnavailable(): void {
    within(this.#client.sendPresenceUnavailable(), lookLimitMs, 'The page').catch((error: unknown) => {
      const message = `presence could not be set to unavailable: ${reasonOf(error)}`;
      this.#listener.report({ type: 'log', level: 'warn', message });
    });
  }

  async #ask<Answer>(what: string, work: () => Promise<Answer>, effect: 'none' | 'unknown' = 'none'): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const code: ErrorCode = error instanceof DeadlineError ? 'SESSION_TIMEOUT' : 'SESSION_CRASHED';
      const text = `Account ${this.#accountId} could not ${what}: ${reasonOf(error)}.`;
      throw new OperationError(code, text, { effect, cause: error });
    }
  }

  #fail(code: ErrorCode, what: string, data?: Readonly<Record<string, unknown>>): void {
    const options = data === undefined ? {} : { data };
    this.#listener.failed(new OperationError(code, `Account ${this.#accountId} ${what}.`, options).toShape());
  }

  #end(say: () => void): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#signTimer);
    say();
  }
}

export const createWhatsAppDriver: CreateDriver = (accountId, launch, listener) =>
  new WhatsAppDriver(accountId, launch, listener);
