import type { Client, Message } from 'whatsapp-web.js';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import type { EventPump } from '../event-pump';
import { isRaw } from '../raw-page';
import { translateChat, translateIdentity } from '../translate-chat';
import { messageKeyOf, statusOfAck } from '../translate-message';
import type { DriverListener } from './driver';

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
}

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
    codes += 1;
    if (codes > deps.maxQrAttempts) {
      const text = `No phone has scanned the ${deps.maxQrAttempts} codes of account ${accountId}. Start it to get a new code.`;
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
  client.on('authenticated', syncing);
  client.on('ready', () => {
    deps.onProgress();
    isReady = true;
    isConnected = true;
    listener.report({ type: 'ready', me: translateIdentity(client.info.wid, client.info.pushname) });
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
      listener.loggedOut('The phone unlinked this device');
      return;
    }
    const text = `WhatsApp Web ended the session of account ${accountId}: ${reason}.`;
    listener.failed(new OperationError('SESSION_CRASHED', text).toShape());
  });
  client.on('auth_failure', () => {
    const text = `WhatsApp Web refused the login of account ${accountId}.`;
    listener.failed(new OperationError('SESSION_START_FAILED', text).toShape());
  });
};

/** Events of the library that are about chats and messages. */
const listenToMessages = (client: Client, { pump }: ClientEventsDeps): void => {
  const take = (message: Message): void => pump.message(message.rawData);
  // Covers what customers write, what this session sends and what other devices of the account send.
  client.on('message_create', take);
  client.on('message_edit', take);
  client.on('message_revoke_everyone', take);
  client.on('message_ack', (message, ack) => {
    const key = messageKeyOf(message.id);
    const status = statusOfAck(ack);
    if (key === undefined || status === undefined || !key.fromMe) return;
    pump.ack({ type: 'ack', chatId: key.chatId, messageId: key.messageId, status });
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
};
