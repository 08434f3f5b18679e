/** WhatsApp's own lifetimes: the first code to scan works for a minute, each further one for 20 s. */
const firstCodeMs = 60_000;
const furtherCodeMs = 20_000;

/** How many codes are shown one after the other in about so many ms; never less than one. */
export const codesWithin = (linkTimeoutMs: number): number =>
  1 + Math.max(0, Math.ceil((linkTimeoutMs - firstCodeMs) / furtherCodeMs));
