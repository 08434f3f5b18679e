import type { Client } from 'whatsapp-web.js';
import { within } from '../deadline';

const closeLimitMs = 8_000;
const killLimitMs = 1_000;

/** Ends the account's browser, by force when it does not let itself. Never rejects. */
export const closeBrowser = async (client: Client, initializing: Promise<void>): Promise<void> => {
  const browser = client.pupBrowser?.process();
  try {
    // Without a browser yet, wait for it: it would otherwise appear after the end.
    if (!browser) await within(initializing, closeLimitMs, 'The start').catch(() => undefined);
    await within(client.destroy(), closeLimitMs, 'Closing the browser');
  } catch {
    // Killed below.
  }
  const left = client.pupBrowser?.process();
  if (!left || left.exitCode !== null || left.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => {
    left.once('exit', () => resolve());
  });
  left.kill('SIGKILL');
  await within(gone, killLimitMs, 'Killing the browser').catch(() => undefined);
};
