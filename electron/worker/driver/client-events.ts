import type { Client, Message } from 'whatsapp-web.js';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import type { EventPump } from '../event-pump';
import { isRaw } from '../raw-page';
import { translateChat } from '../translate-chat';
import { messageKeyOf, statusOfAck } from '../translate-message';
import { translateReaction } from '../translate-reaction';
import type { DriverListener } from './driver';
import { listenToPage } from './listen-to-page';

/** WhatsApp's rules: the first code lives a minute, later ones 20 seconds. */
const firstQrLifetimeMs = 60_000;
const laterQrLifetimeMs = 20_000;

export interface ClientEventsDeps {
  readonly accountId: AccountId;
  readonly maxQrAttempts: number;
  readonly listener: DriverListener;
  readonly pump: EventPump;
  /** The page has come as far as a code, a sync or `ready`. */
  onProgress(): void;
  /** A pairing code is being typed: QR codes are neither shown nor counted. */
  isPairing(): boolean;
  /** The library believes that it is ready; whether everything is there has still to be looked at. */
  onReady(): void;
  onAuthenticated(): void;
  onLoggedOut(): void;
  /** The page has a new message, ours or a customer's; answers whether nothing else about its chat is new. */
  onCreated(raw: unknown): boolean;
  /** Where an own message was sent to, if the page has it in another chat. */
  askedChatOf(messageId: MessageId): ChatId | undefined;
  /** WhatsApp has turned an own message down. */
  onTurnedDown(): void;
}

/** States in which WhatsApp Web has given up on this device, and what each means for a person. */
export const refusalOf = (accountId: AccountId, state: string): OperationError | undefined => {
  const data = { data: { state } };
  switch (state) {
    case 'CONFLICT':
      return new OperationError(
        'SESSION_CONFLICT',
        `The login of account ${accountId} is in use in another window or program. Close it there, then start the account here.`,
        data,
      );
    case 'TOS_BLOCK':
    case 'SMB_TOS_BLOCK':
      return new OperationError(
        'SESSION_TERMS_BLOCKED',
        `WhatsApp has blocked account ${accountId} for breaking its terms. Open WhatsApp on the phone to see why and to ask for a review; the account is not started again by itself.`,
        data,
      );
    case 'PROXYBLOCK':
      return new OperationError(
        'PROXY_FAILED',
        `WhatsApp refuses account ${accountId} on the way it came, which may be its proxy or its network. Use another one and start it again.`,
        data,
      );
    case 'DEPRECATED_VERSION':
      return new OperationError(
        'SESSION_PAGE_CHANGED',
        `WhatsApp no longer accepts this version of WhatsApp Web for account ${accountId}. Update Switchboard.`,
        data,
      );
    default:
      return undefined;
  }
};

/** Events of the library that are about linking and the connection. */
const listenToSession = (client: Client, deps: ClientEventsDeps): void => {
  const { accountId, listener } = deps;
  let codes = 0;
  let percent = 0;
  let isReady = false;
  let isConnected = true;

  client.on('qr', (qr) => {
    // A page that shows a code before it has one.
    if (qr === '' || qr.startsWith('undefined,')) return;
    deps.onProgress();
    if (deps.isPairing()) return;
    codes += 1;
    if (codes > deps.maxQrAttempts) {
      const text = `No phone has scanned the ${deps.maxQrAttempts} codes of account ${accountId}. Its browser is closed. Start it to get a new code.`;
      listener.failed(new OperationError('SESSION_LINK_EXPIRED', text).toShape());
      return;
    }
    listener.report({
      type: 'qr',
      qr,
      attempt: codes,
      lifetimeMs: codes === 1 ? firstQrLifetimeMs : laterQrLifetimeMs,
    });
  });

  const syncing = (): void => {
    deps.onProgress();
    // A page that reloads by itself goes through this again; the session is none the less ready.
    if (!isReady) listener.report({ type: 'syncing', percent });
  };
  client.on('loading_screen', (shown) => {
    const value = Number(shown);
    if (Number.isFinite(value)) percent = Math.min(100, Math.max(0, value));
    syncing();
  });
  client.on('authenticated', () => {
    deps.onAuthenticated();
    syncing();
  });
  client.on('ready', () => {
    deps.onProgress();
    isReady = true;
    isConnected = true;
    deps.onReady();
  });

  client.on('change_state', (state) => {
    // An enum in the library’s types, plain text at run time, also such as the enum does not know.
    const name: string = state;
    const connected = name === 'CONNECTED';
    if (connected === isConnected) return;
    isConnected = connected;
    listener.report(
      connected ? { type: 'connection_restored' } : { type: 'connection_lost', reason: `WhatsApp Web is ${name}` },
    );
  });

  client.on('disconnected', (reason) => {
    if (reason === 'LOGOUT') {
      deps.onLoggedOut();
      return;
    }
    const refusal = refusalOf(accountId, reason);
    if (refusal !== undefined) {
      listener.failed(refusal.toShape());
      return;
    }
    const text = `WhatsApp Web ended the session of account ${accountId}: ${reason}. It is started again.`;
    listener.failed(new OperationError('SESSION_CRASHED', text).toShape());
  });
  client.on('auth_failure', () => {
    const text = `WhatsApp Web refused the login of account ${accountId}.`;
    listener.failed(new OperationError('SESSION_START_FAILED', text).toShape());
  });
};

/** Events of the library that are about chats and messages. */
const listenToMessages = (client: Client, deps: ClientEventsDeps): void => {
  const { pump } = deps;
  const take = (message: Message): void => pump.message(message.rawData);
  // Covers what customers write, what this session sends and what other devices of the account send.
  client.on('message_create', (message) => {
    if (deps.onCreated(message.rawData)) pump.messageOnly(message.rawData);
    else take(message);
  });
  client.on('message_edit', take);
  client.on('message_revoke_everyone', take);
  client.on('message_ack', (message, ack) => {
    const key = messageKeyOf(message.id);
    const status = statusOfAck(ack);
    if (key === undefined || status === undefined || !key.fromMe) return;
    // A limit may be behind it.
    if (status === 'failed') deps.onTurnedDown();
    const { chatId, messageId } = key;
    pump.ack({ chatId, messageId, status });
    const asked = deps.askedChatOf(messageId);
    if (asked !== undefined) pump.ack({ chatId: asked, messageId, status });
  });
  client.on('message_revoke_me', (message) => {
    const key = messageKeyOf(message.id);
    if (key === undefined) return;
    pump.report({ type: 'message_removed', chatId: key.chatId, messageId: key.messageId, fromMe: key.fromMe });
  });
  client.on('message_reaction', (reaction) => {
    const report = translateReaction(reaction, Date.now());
    if (report !== undefined) pump.report({ type: 'reaction', reaction: report });
  });
  const refresh = (value: unknown): void => {
    const chat = translateChat(isRaw(value) ? { id: value['id'] } : undefined);
    if (chat !== undefined) pump.chat(chat.id);
  };
  client.on('unread_count', refresh);
  client.on('chat_archived', refresh);
};

/** Turns what the library emits into what the worker reports. */
export const listenToClient = (client: Client, deps: ClientEventsDeps): void => {
  listenToSession(client, deps);
  listenToMessages(client, deps);
  listenToPage(client, deps.pump, (message) => deps.listener.report({ type: 'log', level: 'warn', message }));
};
