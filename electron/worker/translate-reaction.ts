import type { ObservedReaction } from '../contract/entities/message';
import { isRaw, secondsToMs, textOf, widOf } from './raw-page';
import { messageKeyOf } from './translate-message';
import { isConversation } from './translate-wid';

/**
 * A reaction as the library tells of it, as the contract has it; undefined when it belongs to no conversation.
 *
 * @param nowMs Wall clock, the time of a reaction that has none.
 */
export const translateReaction = (value: unknown, nowMs: number): ObservedReaction | undefined => {
  if (!isRaw(value)) return undefined;
  const parent = messageKeyOf(value['msgId']);
  const senderId = widOf(value['senderId']);
  if (parent === undefined || senderId === undefined || !isConversation(parent.chatId)) return undefined;
  const own = value['id'];
  const emoji = textOf(value['reaction']);
  return {
    chatId: parent.chatId,
    messageId: parent.messageId,
    messageFromMe: parent.fromMe,
    senderId,
    fromMe: isRaw(own) && own['fromMe'] === true,
    ...(emoji === undefined || emoji === '' ? {} : { emoji }),
    // Fractions are left of WhatsApp's milliseconds.
    atMs: Math.trunc(secondsToMs(value['timestamp']) ?? nowMs),
  };
};
