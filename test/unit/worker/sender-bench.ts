import type { Client } from 'whatsapp-web.js';
import type { ObservedMessage } from '../../../electron/contract/entities/message';
import type { ChatId, MessageId } from '../../../electron/contract/ids';
import { OwnMessages } from '../../../electron/worker/driver/own-messages';
import { type OutgoingMessage, Sender } from '../../../electron/worker/driver/sender';
import { accountId } from '../../fakes/entities';
import { PageStandIn } from './page-stand-in';

const sales = accountId('sales');

/** A sender and the page that it sends through. */
export interface SenderBench {
  readonly page: PageStandIn;
  /** How often WhatsApp's limits were read. */
  readonly limitsRead: number;
  /** What happens when the page is about to be told to make a message. */
  calling: () => Promise<void> | undefined;
  /** From here on through another client. */
  drive(client: Client): void;
  send(chat: ChatId, id: MessageId, body: string, more?: Partial<OutgoingMessage>): Promise<ObservedMessage>;
  /** Ids of what the page has stored, in order. */
  ids(): string[];
  /** What the library tells of a new message. */
  noteCreated(raw: unknown): boolean;
}

export const createSenderBench = (): SenderBench => {
  const page = new PageStandIn();
  page.install();
  let limitsRead = 0;
  const senderWith = (client: Client): Sender =>
    new Sender({
      accountId: sales,
      client,
      ownMessages: new OwnMessages(sales, client),
      limits: {
        read: async () => {
          limitsRead += 1;
          return {};
        },
        lookSoon: () => {},
      },
      calling: () => bench.calling(),
    });
  let sender = senderWith(page.client);
  const bench: SenderBench = {
    page,
    get limitsRead() {
      return limitsRead;
    },
    calling: () => undefined,
    drive(client) {
      sender = senderWith(client);
    },
    send: (chat, id, body, more = {}) =>
      sender.send({ chatId: chat, messageId: id, content: { kind: 'text', body }, again: false, ...more }),
    ids: () => page.stored.map((message) => message.id.id),
    noteCreated: (raw) => sender.noteCreated(raw),
  };
  page.created = (raw) => bench.noteCreated(raw);
  return bench;
};
