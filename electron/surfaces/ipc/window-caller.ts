import type { Caller } from '../../application/caller';

/** The person at this console's own window may do everything. Derived from the checked sender frame, never received. */
export const windowCaller: Caller = { kind: 'window', name: 'window', scopes: ['read', 'send', 'control', 'admin'] };
