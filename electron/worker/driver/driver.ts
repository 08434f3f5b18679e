import type { ObservedChat } from '../../contract/entities/chat';
import type { ObservedMessage } from '../../contract/entities/message';
import type { StatedLimits } from '../../contract/entities/send';
import type { OperationErrorShape } from '../../contract/errors';
import type { Launch, WorkerReport, WorkerRequestInput } from '../../contract/frames';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';

/** What the driver tells. */
export interface DriverListener {
  report(report: WorkerReport): void;
  /** It cannot go on. Said once; close it. */
  failed(error: OperationErrorShape): void;
  /** WhatsApp has unlinked the device. Said once; close it. */
  loggedOut(reason: string): void;
  /** The page has been asked what speaks against a message, and is told next to make it. */
  calling(): Promise<void> | undefined;
}

/** One account's WhatsApp Web, whoever drives it. Every method rejects with an OperationError and has its own time limit. */
export interface Driver {
  /** Opens browser and page. Resolves when the page has been taken over; `qr` or `ready` follow as reports. */
  start(): Promise<void>;
  send(message: WorkerRequestInput<'send'>): Promise<ObservedMessage>;
  /** Asks the page to go on with a message that did not leave. Undefined: the page does not have it. */
  resendMessage(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined>;
  /** WhatsApp's own limits, as the page knows them now. */
  readLimits(): Promise<StatedLimits>;
  findMessage(chatId: ChatId, messageId: MessageId): Promise<ObservedMessage | undefined>;
  listChats(): Promise<readonly ObservedChat[]>;
  fetchMessages(chatId: ChatId, limit: number): Promise<readonly ObservedMessage[]>;
  markRead(chatId: ChatId): Promise<void>;
  /** Does one of the operations that only the page can do; answers with that operation's output. */
  act(order: WorkerRequestInput<'act'>): Promise<unknown>;
  isConnected(): Promise<boolean>;
  /** While linking: a code for the phone of this number (digits), and how long it is good for. */
  pairingCode(phoneNumber: string): Promise<{ readonly code: string; readonly lifetimeMs: number }>;
  screenshot(): Promise<Uint8Array>;
  setWindowShown(shown: boolean): Promise<void>;
  /** Unlinks this device; answers with whether WhatsApp could be told. Never rejects. */
  logout(): Promise<boolean>;
  /** Ends the browser, orderly when it lets itself. Never rejects. */
  close(): Promise<void>;
}

export type CreateDriver = (accountId: AccountId, launch: Launch, listener: DriverListener) => Driver;
