import { z } from 'zod';

/** Yes or no where the query of an address carries it, which knows text only. */
export const queryFlagSchema = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
