import { z } from 'zod';
import { chatIdSchema } from './ids';
import { limits } from './limits';

/** Chat ids with commas between them, as in the query of a URL. */
export const chatIdListSchema = z
  .string()
  .min(1)
  .max(limits.pageSize * 96)
  .transform((text) => text.split(',').map((id) => id.trim()))
  .pipe(z.array(chatIdSchema).max(limits.pageSize));
