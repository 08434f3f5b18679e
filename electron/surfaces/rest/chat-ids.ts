import { z } from 'zod';
import { chatIdListSchema } from '../../contract/chat-id-list';
import { type ChatId, chatIdSchema, groupIdSchema, messageIdSchema, personIdSchema } from '../../contract/ids';
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

/** Several of them with commas between, as in an address. */
export const normalChatIds = (given: string, field = 'chatIds'): string =>
  given
    .split(',')
    .map((id, index) => normalChatId(id, `${field}[${index}]`))
    .join(',');

/** A message id as other programs of WhatsApp Web write it: `true_551140020022@c.us_3EB0…` has our id in it. */
export const normalMessageId = (given: unknown): unknown =>
  typeof given === 'string'
    ? given.replace(/^(?:true|false)_[0-9a-zA-Z.-]+@[a-z.]+_([0-9A-Za-z.-]+)(?:_[0-9a-zA-Z:.-]+@[a-z.]+)?$/, '$1')
    : given;

const idSchemas: ReadonlySet<unknown> = new Set([chatIdSchema, groupIdSchema, personIdSchema]);

const bareSchema = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bareSchema(schema.unwrap()) : schema;

const normalField = (schema: unknown, given: unknown, field: string): unknown => {
  const bare = bareSchema(schema);
  if (idSchemas.has(bare)) return normalChatId(given, field);
  if (bare === messageIdSchema) return normalMessageId(given);
  if (bare === chatIdListSchema && typeof given === 'string') return normalChatIds(given, field);
  // What is no list is the operation's to refuse.
  if (!(bare instanceof z.ZodArray) || !Array.isArray(given) || !idSchemas.has(bare.element)) return given;
  return given.map((id: unknown, index) => normalChatId(id, `${field}[${index}]`));
};

/** The same input with every id of a chat, group or person in it, also in lists, as the operation wants it. */
export const withNormalIds = (
  schema: z.ZodObject,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(input).map(([field, given]) => {
      const fieldSchema: unknown = Object.hasOwn(schema.shape, field) ? schema.shape[field] : undefined;
      return [field, fieldSchema === undefined || given === undefined ? given : normalField(fieldSchema, given, field)];
    }),
  );
