import { z } from 'zod';

/** Where the local API listens. Neither field: it is off, or on its way. */
export const localApiStateSchema = z.strictObject({
  /** e.g. `http://127.0.0.1:8080` */
  address: z.string().optional(),
  /** Why it does not listen although it is switched on, as a sentence for a person. */
  problem: z.string().optional(),
});
export type LocalApiState = z.infer<typeof localApiStateSchema>;
