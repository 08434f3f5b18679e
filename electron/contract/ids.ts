import { z } from 'zod';

/** Names that Windows keeps for devices, with any extension: a folder of such a name cannot be made or deleted there. */
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** Id of an account: chosen once, also the name of its folder. Lower case, so that no two differ by case alone. */
export const accountIdSchema = z
  .string()
  .regex(/^[a-z0-9_-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9, _ and -')
  .refine((id) => !deviceName.test(id), 'must not be a name that Windows keeps for a device, such as con or nul')
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof accountIdSchema>;

/** Id of a chat as WhatsApp writes it: `<digits>@c.us`, `<id>@g.us`, `<id>@lid`, `<id>@newsletter` or `<id>@broadcast`. */
export const chatIdSchema = z
  .string()
  .regex(
    /^[0-9a-zA-Z-]{1,64}@(c\.us|g\.us|lid|newsletter|broadcast)$/,
    'must look like 551140020022@c.us or 1203630@g.us',
  )
  .brand<'ChatId'>();
export type ChatId = z.infer<typeof chatIdSchema>;

/** Id of a group's chat. */
export const groupIdSchema = z
  .string()
  .regex(/^[0-9-]{1,64}@g\.us$/, 'must be the id of a group, such as 120363012345678901@g.us')
  .brand<'ChatId'>();

/** Id of one person, by number or by hidden id. */
export const personIdSchema = z
  .string()
  .regex(
    /^([0-9]{5,20}@c\.us|[0-9]{1,32}@lid)$/,
    'must be the id of a person, such as 551140020022@c.us or 98765432101234@lid',
  )
  .brand<'ChatId'>();

/** The id part of a WhatsApp message key (`3EB0…` for our own). Unique per account, chat and direction. */
export const messageIdSchema = z
  .string()
  .regex(/^[0-9A-Za-z.-]{1,128}$/, 'must be the id of a message')
  .brand<'MessageId'>();
export type MessageId = z.infer<typeof messageIdSchema>;

/** Number of one life of a worker process. It grows with every start; frames of an older life are dropped. */
export const generationSchema = z.int().nonnegative().brand<'Generation'>();
export type Generation = z.infer<typeof generationSchema>;
