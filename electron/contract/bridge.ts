import type { Envelope } from './operation';

/** The two IPC channels of the window. Strings only: the preload may import nothing else. */
export const ipcChannels = { invoke: 'switchboard:invoke', events: 'switchboard:events' } as const;

/** What the preload puts on `window.api`. Untyped on purpose: the renderer's bridge gives it the registry's types. */
export interface WindowApi {
  invoke(operation: string, input: unknown): Promise<Envelope<unknown>>;
  /** Batches of events in order. Returns the function that ends the subscription. */
  subscribe(listener: (events: readonly unknown[]) => void): () => void;
}
