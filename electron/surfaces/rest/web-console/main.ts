import { type Api, ApiError, createApi, messageOf } from './api';
import { consolePage } from './console-page';
import { createConsoleStore } from './console-store';
import { keyForm } from './key-form';

/** Of this tab only, and gone with it. */
const keptKey = 'switchboard-api-key';

const start = async (): Promise<void> => {
  const root = document.getElementById('root') ?? document.body;

  const askForKey = (said?: string): void => {
    sessionStorage.removeItem(keptKey);
    root.replaceChildren(keyForm(open, said));
    root.querySelector('input')?.focus();
  };

  const open = (api: Api, key: string | undefined): void => {
    if (key !== undefined) sessionStorage.setItem(keptKey, key);
    const leave = (said?: string): void => {
      store.close();
      askForKey(said);
    };
    const store = createConsoleStore(api, (error) => leave(error.message));
    root.replaceChildren(...consolePage(store, api, key === undefined ? undefined : () => leave()));
  };

  const kept = sessionStorage.getItem(keptKey) ?? undefined;
  if (kept !== undefined) return open(createApi(kept), kept);
  const keyless = createApi(undefined);
  try {
    // A server that was started with --no-key.
    await keyless.get('/info');
    open(keyless, undefined);
  } catch (thrown) {
    askForKey(thrown instanceof ApiError && thrown.status === 401 ? undefined : messageOf(thrown));
  }
};

void start();
