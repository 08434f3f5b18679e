export type Listener = (...args: never[]) => unknown;

interface Entry {
  readonly listener: (...args: unknown[]) => unknown;
  readonly once: boolean;
}

/**
 * Event emitter with the habits of WhatsApp Web's own: several names separated by spaces, listeners that may remove
 * themselves while they run, and a broken listener that never keeps the next one from being called.
 */
export class Emitter {
  #entries = new Map<string, readonly Entry[]>();

  on(names: string, listener: Listener): this {
    return this.#add(names, listener, false);
  }

  once(names: string, listener: Listener): this {
    return this.#add(names, listener, true);
  }

  off(names: string, listener: Listener): this {
    for (const name of names.split(' ')) {
      const rest = (this.#entries.get(name) ?? []).filter((entry) => entry.listener !== listener);
      this.#entries.set(name, rest);
    }
    return this;
  }

  trigger(name: string, ...args: readonly unknown[]): void {
    // Lists are replaced and never changed, so this loop runs over the listeners as they were when it began.
    for (const entry of this.#entries.get(name) ?? []) {
      if (entry.once) this.off(name, entry.listener);
      try {
        entry.listener(...args);
      } catch (error) {
        // Shows up as an uncaught error of the page, where whoever drives it looks; the next listener is called all the same.
        reportError(new Error(`A listener for "${name}" failed: ${String(error)}`, { cause: error }));
      }
    }
  }

  hasListener(name: string): boolean {
    return (this.#entries.get(name)?.length ?? 0) > 0;
  }

  /** Told after a listener was added; for emitters that wait for somebody to listen. */
  protected listened(_name: string): void {}

  #add(names: string, listener: Listener, once: boolean): this {
    const entry: Entry = { listener: listener as Entry['listener'], once };
    for (const name of names.split(' ')) {
      this.#entries.set(name, [...(this.#entries.get(name) ?? []), entry]);
      this.listened(name);
    }
    return this;
  }
}
