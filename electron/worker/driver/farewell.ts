import type { Client } from 'whatsapp-web.js';
import { evaluate } from './page-access';
import { readStart } from './page-health';

/** For a page that was just logged out to say why, in ms. */
const farewellMs = 1_500;
const farewellLookMs = 250;

/** A number that WhatsApp has banned is logged out like any other; only the page says why, and not at once. */
export const saysThatItIsBanned = async (client: Client, isOver: () => boolean): Promise<boolean> => {
  const endMs = Date.now() + farewellMs;
  while (Date.now() < endMs && !isOver()) {
    const start = await evaluate(client, readStart).catch(() => undefined);
    if (start?.banned === true) return true;
    await new Promise((resolve) => setTimeout(resolve, farewellLookMs));
  }
  return false;
};
