import type { InfoEntry, MessageInfoRow, OrderRow, ProductRow } from '../../message-frames';
import { userId } from '../ids';
import type { Phone, Receipt, StoredMessage } from '../state';

/** Questions about messages that change nothing. */

export function messageInfo(message: StoredMessage): MessageInfoRow {
  const recipients = message.to ?? [];
  const list = (timeOf: (receipt: Receipt) => number | undefined): InfoEntry[] =>
    recipients.flatMap((number) => {
      const at = timeOf(message.receipts?.[number] ?? {});
      return at === undefined ? [] : [{ id: userId(number), t: Math.floor(at / 1000) }];
    });
  const delivery = list(({ deliveredAt }) => deliveredAt);
  const read = list(({ readAt }) => readAt);
  const played = list(({ playedAt }) => playedAt);
  return {
    delivery,
    deliveryRemaining: recipients.length - delivery.length,
    read,
    readRemaining: recipients.length - read.length,
    played,
    playedRemaining: recipients.length - played.length,
  };
}

export interface Search {
  readonly query: string;
  readonly page: number;
  readonly count: number;
  readonly chatId?: string;
}

/** Every word of the query begins a word of the message; newest first, a page at a time. */
export function searchMessages(phone: Phone, { query, page, count, chatId }: Search): readonly StoredMessage[] {
  const wanted = wordsOf(query);
  const chats = chatId === undefined ? [...phone.chats.values()] : [phone.chats.get(chatId)];
  const found = chats
    .flatMap((chat) => chat?.messages ?? [])
    .filter((message) => {
      const words = wordsOf(searchable(message));
      return words.length > 0 && wanted.every((word) => words.some((other) => other.startsWith(word)));
    })
    .sort((one, other) => other.t - one.t);
  return found.slice((page - 1) * count, page * count);
}

export function findOrder(phone: Phone, orderId: string, token: string): OrderRow | undefined {
  for (const { details, order } of everyMessage(phone)) {
    if (order !== undefined && details?.orderId === orderId && details.token === token) return order;
  }
  return undefined;
}

/** A product of an order or of a product message that this phone has. */
export function findProduct(phone: Phone, productId: string): ProductRow | undefined {
  for (const { order } of everyMessage(phone)) {
    const found = order?.products.find(({ id }) => id === productId);
    if (found !== undefined) return found;
  }
  return undefined;
}

function* everyMessage(phone: Phone): Generator<StoredMessage> {
  for (const chat of phone.chats.values()) yield* chat.messages;
}

function searchable({ type, body, details }: StoredMessage): string {
  if (type === 'revoked' || type === 'ciphertext' || type === 'gp2') return '';
  const text = type === 'chat' || type === 'vcard' ? body : '';
  const { caption, filename, pollName, eventName, loc, title } = details ?? {};
  return [text, caption, filename, pollName, eventName, loc, title].filter((part) => part !== undefined).join(' ');
}

/** Without case and accents, as people search. */
function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return plain.split(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/u).filter((word) => word !== '');
}
