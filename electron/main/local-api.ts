import type { Log } from '../application/ports/log';
import type { LocalApiState } from '../contract/entities/local-api';
import type { Settings } from '../contract/entities/settings';
import { createRestSurface, type RestSurface, type RestSurfaceOptions } from '../surfaces/rest';

export interface LocalApi {
  readonly state: LocalApiState;
  /** Makes it so: starts, moves or stops the server. One change after the other. */
  apply(wanted: Settings['api'] & { readonly host?: string }): Promise<LocalApiState>;
  close(): Promise<void>;
}

export interface LocalApiOptions extends RestSurfaceOptions {
  /** Further names under which it answers: those of a container or of a proxy in front of it. */
  readonly allowedHosts: readonly string[];
}

const loopback = '127.0.0.1';

/**
 * The local API as a person switches it: off until asked for, on loopback unless a server says otherwise.
 * @param changed Told of every new state.
 */
export const createLocalApi = (
  options: LocalApiOptions,
  log: Log,
  changed: (state: LocalApiState) => void,
): LocalApi => {
  let surface: RestSurface | undefined;
  let state: LocalApiState = {};
  let last: Promise<unknown> = Promise.resolve();
  /** What was asked for last and is so. */
  let applied: string | undefined;

  const become = (next: LocalApiState): void => {
    if (next.address === state.address && next.problem === state.problem) return;
    state = next;
    changed(state);
  };

  const stop = async (): Promise<void> => {
    await surface?.close();
    surface = undefined;
    become({});
  };

  const start = async (host: string, port: number): Promise<void> => {
    const made = await createRestSurface(options, [host, ...options.allowedHosts]);
    try {
      const heard = await made.listen(host, port);
      surface = made;
      const name = host.includes(':') ? `[${host}]` : host;
      become({ address: `http://${name}:${heard.port}` });
      log.info('the local API listens', { port: heard.port });
    } catch (error) {
      await made.close();
      const problem = error instanceof Error ? error.message : String(error);
      become({ problem });
      log.warn('the local API does not listen', { problem });
    }
  };

  const inTurn = (work: () => Promise<void>): Promise<LocalApiState> => {
    const turn = last.then(async () => {
      await work();
      return state;
    });
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    get state() {
      return state;
    },
    apply: ({ enabled, port, host = loopback }) =>
      inTurn(async () => {
        const wanted = JSON.stringify([enabled, host, port]);
        if (wanted === applied) return;
        await stop();
        if (enabled) await start(host, port);
        // A port that was taken may be free the next time somebody asks.
        applied = state.problem === undefined ? wanted : undefined;
      }),
    close: async () => {
      await inTurn(stop);
    },
  };
};
