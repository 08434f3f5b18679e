import { z } from 'zod';
import { limits } from '../limits';

/** Id of a label, a small number on WhatsApp. */
export const labelIdSchema = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be the id of a label');

/** A label of WhatsApp Business. */
export const labelSchema = z
  .strictObject({
    id: labelIdSchema,
    name: z.string(),
    /** As `#RRGGBB`, where WhatsApp Web tells it. */
    color: z.string().optional(),
  })
  .meta({ id: 'Label' });
export type Label = z.infer<typeof labelSchema>;

/** All labels that something shall have; empty takes every label off. */
export const labelIdsSchema = z
  .array(labelIdSchema)
  .max(limits.labelsAtOnce, `must name at most ${limits.labelsAtOnce} labels`);
