import whatsappWeb, { type Client } from 'whatsapp-web.js';
import type { ObservedChat } from '../../contract/entities/chat';
import type { ObservedMessage } from '../../contract/entities/message';
import type { StatedLimits } from '../../contract/entities/send';
import { type ErrorCode, OperationError } from '../../contract/errors';
import type { Launch, WorkerRequestInput } from '../../contract/frames';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import { DeadlineError, within } from '../deadline';
import { EventPump } from '../event-pump';
import { translateChat, translateIdentity } from '../translate-chat';
import { translateLimits } from '../translate-limits';
import { translateMessage } from '../translate-message';
import { createContactBook } from './actions/contact-book';
import { actOnPage } from './actions/index';
import { listenToClient, refusalOf } from './client-events';
import { clientOptions } from './client-options';
import { closeBrowser } from './close-browser';
import type { CreateDriver, Driver, DriverListener } from './driver';
import { saysThatItIsBanned } from './farewell';
import { LimitsWatch } from './limits-watch';
import { OwnMessages } from './own-messages';
import { OwnWindow } from './own-window';
import { evaluate, isOfflineReason, isProxyReason, reasonOf } from './page-access';
import { readChats, readMessages } from './page-functions';
import { findMissing, readOwnId, unlinkDevice } from './page-health';
import { readPageLimits } from './page-limits';
import { carryNews } from './page-news';
import { restoreKeyNames, watchPasskey } from './page-shim';
import { Pairing } from './pairing';
import { ProfileAuth } from './profile-auth';
import { Pulse } from './pulse';
import { quietNetwork } from './quiet-network';
import { logInToRelay } from './relay-login';
import { Sender } from './sender';
import { StartWatch } from './start-watch';

/** So much earlier than the supervisor the worker gives up a start by itself, in ms: it knows better why. */
const earlierMs = 1_000;
/** From the end of the sync to `ready`, in ms: a moment, unless WhatsApp Web has changed under the library. */
const readyLimitMs = 45_000;
/** An error inside the page on that way is looked into after this, in ms. */
const pageErrorMs = 1_500;
const logoutLimitMs = 6_000;
const listLimitMs = 45_000;
const lookLimitMs = 10_000;
const markReadLimitMs = 15_000;

/** Drives one account with whatsapp-web.js. Everything that knows the library or the page's inside is in this folder. */
class WhatsAppDriver implements Driver {
  readonly #accountId: AccountId;
  readonly #listener: DriverListener;
  readonly #client: Client;
  readonly #ownMessages: OwnMessages;
  readonly #pulse: Pulse;
  readonly #sender: Sender;
  readonly #launch: Launch;
  readonly #window: OwnWindow;
  readonly #pairing: Pairing;
  readonly #startWatch: StartWatch;
  readonly #limits: LimitsWatch;
  readonly #contactBook = createContactBook();
  #readyTimer: NodeJS.Timeout | undefined;
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
      calling: () => listener.calling(),
    };
    this.#launch = launch;
    const auth = new ProfileAuth({ browserStarted: () => this.#prepareBrowser() });
    this.#client = new whatsappWeb.Client(clientOptions(launch, auth));
    this.#pulse = new Pulse(this.#client);
    this.#window = new OwnWindow({
      accountId,
      launch,
      client: this.#client,
      changed: (shown) => this.#listener.report({ type: 'window', shown }),
    });
    this.#pairing = new Pairing(accountId, this.#client);
    this.#startWatch = new StartWatch({
      client: this.#client,
      passkeyAsked: () => {
        clearTimeout(this.#signTimer);
        this.#listener.report({ type: 'passkey' });
      },
      passkeyOver: () => this.#listener.report({ type: 'log', level: 'info', message: 'the passkey step is over' }),
      seen: (state) => {
        const refusal = refusalOf(accountId, state);
        if (refusal !== undefined) this.#listener.failed(refusal.toShape());
      },
      isPairing: () => this.#pairing.active,
    });
    this.#ownMessages = new OwnMessages(accountId, this.#client);
    this.#limits = new LimitsWatch({
      read: async () => translateLimits(await evaluate(this.#client, readPageLimits), Date.now()),
      report: (limits) => this.#listener.report({ type: 'limits', limits }),
    });
    this.#sender = new Sender({
      accountId,
      client: this.#client,
      ownMessages: this.#ownMessages,
      limits: this.#limits,
      calling: () => this.#listener.calling(),
    });
    const pump = new EventPump({
      readChats: (chatIds, peopleIds) => evaluate(this.#client, readChats, [chatIds, peopleIds], lookLimitMs),
      report: (report) => this.#listener.report(report),
      nowMs: () => Date.now(),
      pause: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
      isSending: () => this.#sender.isSending,
    });
    listenToClient(this.#client, {
      accountId,
      maxQrAttempts: launch.maxQrAttempts,
      listener: this.#listener,
      pump,
      onProgress: () => clearTimeout(this.#signTimer),
      isPairing: () => this.#pairing.active || this.#startWatch.passkey,
      onAuthenticated: () => this.#awaitReady(),
      onReady: () => void this.#becomeReady(),
      onLoggedOut: () => void this.#sayGoodbye(),
      onCreated: (raw) => this.#sender.noteCreated(raw),
      askedChatOf: (messageId) => this.#sender.askedChatOf(messageId),
      onTurnedDown: () => this.#limits.look(),
    });
    this.#client.once('ready', () => this.#setPresence());
  }

  async start(): Promise<void> {
    const limitMs = Math.max(earlierMs, this.#launch.startTimeoutMs - earlierMs);
    this.#signTimer = setTimeout(
      () => this.#fail('SESSION_TIMEOUT', `showed neither a code nor its chats within ${Math.round(limitMs / 1000)} s`),
      limitMs,
    );
    this.#initializing = this.#client.initialize();
    try {
      await this.#initializing;
      this.#listener.report({ type: 'loaded', webVersion: await this.#client.getWWebVersion() });
    } catch (error) {
      const reason = reasonOf(error);
      if (this.#launch.proxyServer !== undefined && isProxyReason(reason)) this.#failProxy(reason);
      else if (isOfflineReason(reason))
        this.#fail('SESSION_START_FAILED', `cannot reach WhatsApp; check this computer’s network (${reason})`, {
          offline: true,
        });
      else if (!(await this.#reportChange()))
        this.#fail('SESSION_START_FAILED', `could not open WhatsApp Web: ${reason}`);
    }
  }

  send(message: WorkerRequestInput<'send'>): Promise<ObservedMessage> {
    return this.#sender.send(message);
  }

  findMessage(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined> {
    return this.#ownMessages.find(chatId, messageId);
  }

  resendMessage(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined> {
    return this.#ownMessages.resend(chatId, messageId);
  }

  readLimits(): Promise<StatedLimits> {
    return this.#ask('read WhatsApp’s limits', () => this.#limits.read());
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
    // The page's way of marking is what tells the customer.
    if (!this.#launch.readReceipts) return;
    const done = await this.#ask(
      'mark a chat as read',
      () => within(this.#client.sendSeen(chatId), markReadLimitMs, 'The page'),
      'unknown',
    );
    if (!done) throw new OperationError('CHAT_NOT_FOUND', `Account ${this.#accountId} has no chat ${chatId}.`);
  }

  act(order: WorkerRequestInput<'act'>): Promise<unknown> {
    return actOnPage({ accountId: this.#accountId, client: this.#client, contactBook: this.#contactBook }, order);
  }

  async isConnected(): Promise<boolean> {
    const state = await this.#ask('answer', () => this.#pulse.socketState());
    return state === undefined || state === 'CONNECTED';
  }

  pairingCode(phoneNumber: string): Promise<{ readonly code: string; readonly lifetimeMs: number }> {
    return this.#pairing.request(phoneNumber);
  }

  screenshot(): Promise<Uint8Array> {
    return this.#window.screenshot();
  }

  setWindowShown(shown: boolean): Promise<void> {
    return this.#window.set(shown);
  }

  async logout(): Promise<boolean> {
    try {
      await evaluate(this.#client, unlinkDevice, [], logoutLimitMs);
      return true;
    } catch (error) {
      this.#warn('the page could not unlink the device', error);
      return false;
    }
  }

  close(): Promise<void> {
    this.#over = true;
    this.#stopTimers();
    this.#limits.stop();
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#window.close();
    this.#pairing.close();
    await closeBrowser(this.#client, this.#initializing);
  }

  /** The earliest moment at which the library lets its browser be seen, and the last before the page is loaded. */
  async #prepareBrowser(): Promise<void> {
    const { pupBrowser, pupPage } = this.#client;
    if (!pupBrowser || !pupPage) return;
    const pid = pupBrowser.process()?.pid;
    this.#listener.report({ type: 'launched', ...(pid === undefined ? {} : { browserPid: pid }) });
    pupBrowser.on('disconnected', () => this.#fail('SESSION_CRASHED', 'lost its browser'));
    // Puppeteer’s name for a page whose process is gone.
    pupPage.on('error', () => this.#fail('SESSION_CRASHED', 'lost its page'));
    pupPage.on('close', () => this.#fail('SESSION_CRASHED', 'lost its page'));
    pupPage.on('pageerror', () => {
      if (this.#readyTimer !== undefined) this.#awaitReady(pageErrorMs);
    });
    if (this.#launch.proxyServer !== undefined) {
      await logInToRelay(pupPage, this.#launch.proxyServer);
      pupPage.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? '';
        if (isProxyReason(reason)) this.#failProxy(reason);
      });
    }
    await carryNews(pupPage);
    await pupPage.evaluateOnNewDocument(restoreKeyNames);
    await pupPage.evaluateOnNewDocument(watchPasskey);
    const userAgent = await pupBrowser.userAgent();
    if (userAgent.includes('Headless')) await pupPage.setUserAgent(userAgent.replaceAll('Headless', ''));
    this.#startWatch.start();
  }

  /** The library says nothing when it breaks between the end of the sync and `ready`. */
  #awaitReady(limitMs: number = readyLimitMs): void {
    clearTimeout(this.#readyTimer);
    this.#readyTimer = setTimeout(() => void this.#missReady(limitMs), limitMs);
  }

  async #missReady(waitedMs: number): Promise<void> {
    if (await this.#reportChange()) return;
    if (this.#readyTimer === undefined || this.#over) return;
    if (waitedMs < readyLimitMs) this.#awaitReady();
    else this.#fail('SESSION_TIMEOUT', 'loaded its chats and did not get ready after that');
  }

  async #becomeReady(): Promise<void> {
    this.#endOfStart();
    const missing = await evaluate(this.#client, findMissing).catch(() => []);
    this.#listener.report({
      type: 'ready',
      me: translateIdentity(this.#client.info.wid, this.#client.info.pushname),
      ...(missing.length === 0 ? {} : { missing: [...missing] }),
    });
    this.#limits.start();
    const { pupPage } = this.#client;
    if (pupPage)
      await quietNetwork(pupPage, this.#launch).catch((error: unknown) =>
        this.#warn('its network is still told', error),
      );
  }

  #warn(what: string, error: unknown): void {
    this.#listener.report({ type: 'log', level: 'warn', message: `${what}: ${reasonOf(error)}` });
  }

  /** Whether WhatsApp Web lacks pieces; then the account is as ready as it gets, or fails if nobody is logged in. */
  async #reportChange(): Promise<boolean> {
    try {
      const missing = await evaluate(this.#client, findMissing);
      if (missing.length === 0 || this.#over) return missing.length > 0;
      const me = await evaluate(this.#client, readOwnId);
      if (me === undefined) {
        this.#fail(
          'SESSION_PAGE_CHANGED',
          `cannot be linked with this version of WhatsApp Web; it lacks ${missing.join(', ')}. Update Switchboard`,
          { missing: [...missing] },
        );
        return true;
      }
      this.#endOfStart();
      this.#listener.report({ type: 'ready', me: translateIdentity(me.wid, me.pushName), missing: [...missing] });
      this.#limits.start();
      return true;
    } catch {
      return false;
    }
  }

  #endOfStart(): void {
    this.#stopTimers();
    this.#pairing.close();
  }

  async #sayGoodbye(): Promise<void> {
    if (await saysThatItIsBanned(this.#client, () => this.#over)) {
      this.#fail(
        'SESSION_BANNED',
        'is banned from WhatsApp. Open WhatsApp on its phone to see why and to ask for a review; it is not started again by itself',
      );
    } else this.#listener.loggedOut('The phone unlinked this device');
  }

  /** A session that shows itself as online silences the phone: only by choice. */
  #setPresence(): void {
    const available = this.#launch.presence === 'available';
    const set = available ? this.#client.sendPresenceAvailable() : this.#client.sendPresenceUnavailable();
    within(set, lookLimitMs, 'The page').catch((error: unknown) =>
      this.#warn(`presence could not be set to ${this.#launch.presence}`, error),
    );
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

  #failProxy(reason: string): void {
    this.#fail(
      'PROXY_FAILED',
      `could not reach WhatsApp through its proxy (${reason}). Nothing went out without it. Check the proxy in the account’s settings, then start it again`,
    );
  }

  #stopTimers(): void {
    clearTimeout(this.#signTimer);
    clearTimeout(this.#readyTimer);
    this.#readyTimer = undefined;
    this.#startWatch.stop();
  }

  #end(say: () => void): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTimers();
    this.#limits.stop();
    this.#window.close();
    this.#pairing.close();
    say();
  }
}

export const createWhatsAppDriver: CreateDriver = (accountId, launch, listener) =>
  new WhatsAppDriver(accountId, launch, listener);
