import { logReason } from '../application/log-reason';
import type { Log } from '../application/ports/log';

/** From the wish to end in order to the end, in ms: after an error that nobody caught, anything may hang. */
const orderlyLimitMs = 10_000;

/**
 * An error that nobody caught ends a program without a window, so that what has started it starts it anew. Electron would show
 * it in a dialog instead, which holds the whole program until a button is pressed that nobody sees.
 */
export const endOnUncaughtError = (ports: {
  readonly program: Pick<NodeJS.Process, 'on'>;
  readonly log: Log;
  readonly say: (line: string) => void;
  readonly endInOrder: () => void;
  readonly endNow: () => void;
}): void => {
  let isEnding = false;
  ports.program.on('uncaughtException', (error) => {
    ports.log.error('an error that nobody caught ends the program', { reason: logReason(error) });
    if (isEnding) return;
    isEnding = true;
    ports.say(`Switchboard made a mistake and ends; its log has the details: ${logReason(error)}`);
    setTimeout(ports.endNow, orderlyLimitMs);
    ports.endInOrder();
  });
};
