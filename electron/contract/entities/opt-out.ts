import { z } from 'zod';

/** A person as the do-not-contact list knows them: an international number, digits only, or a hidden id (`…@lid`). */
export const optOutContactSchema = z
  .string()
  .regex(
    /^([1-9][0-9]{6,14}|[0-9]{6,32}@lid)$/,
    'must be an international number, digits only, or an id ending in @lid',
  );

/** Somebody who is not to be written to, from any account of this console. */
export const optOutSchema = z.strictObject({
  contact: optOutContactSchema,
  /** Why, for the people of this console. */
  note: z.string().max(500).optional(),
  addedAtMs: z.int(),
});
export type OptOut = z.infer<typeof optOutSchema>;
