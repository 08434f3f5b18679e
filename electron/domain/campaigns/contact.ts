import { type ChatId, chatIdSchema } from '../../contract/ids';
import { kindOfChat } from '../chat-identity';

export type ReadContact =
  | { readonly ok: true; readonly chatId: ChatId }
  | { readonly ok: false; readonly problem: string };

/** What people put between the digits of a number. */
const separators = /[\s().\-/\u2010-\u2015]/g;

/**
 * The chat of a contact as people write it: an international number in any grouping (`+55 (11) 4002-0022`, `0055…`) or the id
 * of a chat. `problem` follows the field's name in a sentence.
 */
export const readContact = (given: string): ReadContact => {
  const number = given.trim().replace(separators, '');
  if (/^\+?\d+$/.test(number)) {
    const digits = number.replace(/^(\+|00)/, '');
    if (digits.startsWith('0'))
      return { ok: false, problem: 'must be a number with its country code, such as +551140020022' };
    if (!/^\d{7,15}$/.test(digits))
      return { ok: false, problem: 'must be a number of 7 to 15 digits, country code included' };
    return { ok: true, chatId: chatIdSchema.parse(`${digits}@c.us`) };
  }
  const parsed = chatIdSchema.safeParse(given.trim().replace(/@s\.whatsapp\.net$/, '@c.us'));
  if (!parsed.success) {
    return { ok: false, problem: 'must be a number with its country code, such as +551140020022, or the id of a chat' };
  }
  if (!['direct', 'group'].includes(kindOfChat(parsed.data))) {
    return { ok: false, problem: 'must be a person or a group, not a channel or a list' };
  }
  return { ok: true, chatId: parsed.data };
};
