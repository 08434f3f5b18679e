import { isGroupId } from './ids';
import type { Network } from './network';
import { messageId, randomHex } from './random';
import type { Phone, StoredMessage } from './state';

/** Evenly spread, no two in the same second, alternating sides, all of it before what the chat has already. */
export function addHistory(
  network: Network,
  phone: Phone,
  chatId: string,
  { count, days, onPhoneOnly }: { readonly count: number; readonly days: number; readonly onPhoneOnly: boolean },
): number {
  network.titleOf(chatId);
  const first = phone.chats.get(chatId)?.messages[0]?.t ?? Math.floor(network.world.now() / 1000);
  const step = Math.max(1, Math.floor((days * 86_400) / count));
  const author = network.world.groups.get(chatId)?.participants.find((number) => number !== phone.number);
  const messages = Array.from({ length: count }, (_, index): StoredMessage => {
    const fromMe = index % 3 === 0;
    return {
      id: fromMe ? `3EB0${randomHex(9)}` : messageId('android'),
      chatId,
      fromMe,
      type: 'chat',
      body: `Earlier message ${index + 1} of ${count}`,
      t: first - (count - index) * step,
      ...(isGroupId(chatId) ? { author: fromMe ? phone.number : (author ?? phone.number) } : {}),
      ...(fromMe ? { ack: 3 } : {}),
    };
  });
  network.world.commit({ c: 'history', phone: phone.number, chat: chatId, messages });
  const chat = phone.chats.get(chatId);
  // What is older than messages that devices do not have, they do not have either.
  if (chat !== undefined && (onPhoneOnly || chat.settings.keptBack > 0)) {
    const keptBack = chat.settings.keptBack + count;
    network.world.commit({ c: 'chat-settings', phone: phone.number, id: chatId, settings: { keptBack } });
  }
  return messages.length;
}
