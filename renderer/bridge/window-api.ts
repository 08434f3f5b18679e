import type { WindowApi } from '../../electron/contract/bridge';

/** What the preload put on the window. Without it the window cannot do anything, so that is said at once. */
export const windowApi = (): WindowApi => {
  const api = Reflect.get(window, 'api') as WindowApi | undefined;
  if (api === undefined) {
    throw new Error('This window has lost its connection to the console. Start Switchboard again.');
  }
  return api;
};
