import { type ChatId, chatIdSchema } from '../../contract/ids';
import { restError } from './rest-error';

/** A chat id as programs write it: `<digits>@c.us` and the other forms, `@s.whatsapp.net`, a bare number. */
export const normalChatId = (given: unknown, field = 'chatId'): ChatId => {
  const text = typeof given === 'string' ? given.trim() : '';
  const digits = text.replace(/^\+/, '').replace(/[\s().-]/g, '');
  const id = /^[0-9]{5,20}$/.test(digits)
    ? `${digits}@c.us`
    : text.replace(/@s\.whatsapp\.net$/, '@c.us').replace(/^\+/, '');
  const parsed = chatIdSchema.safeParse(id);
  if (parsed.success) return parsed.data;
  throw restError(
    400,
    'INVALID_CHAT_ID',
    `${field} must look like 551140020022@c.us, 1203630@g.us, 98765@lid or be an international number.`,
  );
};
