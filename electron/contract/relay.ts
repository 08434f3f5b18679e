/**
 * An account's relay to its proxy answers this address itself. The browser asks for it first of all, and so learns to give the
 * session's key; a name that can never exist, so that without a relay nobody hears of it.
 */
export const relayGreeting = 'http://relay.switchboard.invalid/';
