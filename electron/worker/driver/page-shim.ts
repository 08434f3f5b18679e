import type { PageWorld } from './page-world';

// These functions run inside the page, before its own scripts: their source text is sent there. Each stands alone.

/**
 * Builds of WhatsApp Web since July 2026 call the text of a message's key something else than `_serialized`, which the library
 * reads: events would be lost, and a send would be reported as failed although the message went out. The old name is given
 * back on every key, whose text is found by its value and not by its new name. Harmless where the name is still there.
 */
export const restoreKeyNames = (): void => {
  interface Key {
    [field: string]: unknown;
  }
  interface KeyClass {
    readonly prototype: Key;
  }
  const world = globalThis as unknown as {
    readonly require?: (name: string) => unknown;
    readonly setTimeout: (task: () => void, delayMs: number) => void;
    switchboardKeys?: boolean;
  };
  const name = '_serialized';
  if (world.switchboardKeys === true) return;
  world.switchboardKeys = true;

  /** The object's own way of writing itself; nothing for one that has none. */
  const writtenBy = (value: object): string | undefined => {
    const write = (value as { readonly toString?: unknown }).toString;
    if (typeof write !== 'function' || write === Object.prototype.toString) return undefined;
    const text: unknown = write.call(value);
    return typeof text === 'string' ? text : undefined;
  };
  const wordOf = (value: unknown): string | undefined => {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return undefined;
    const own = (value as Key)[name];
    return typeof own === 'string' ? own : writtenBy(value);
  };
  /** The text as it has to be, as far as its parts tell; the value is looked for that says so. */
  const textOf = (key: Key): string | undefined => {
    const start = `${String(key['fromMe'])}_${wordOf(key['remote'])}_${String(key['id'])}`;
    const says = (value: unknown): value is string =>
      typeof value === 'string' && (value === start || value.startsWith(`${start}_`));
    const found = Object.keys(key).find((field) => field !== name && says(key[field]));
    if (found !== undefined) return key[found] as string;
    for (let holder: Key | null = Object.getPrototypeOf(key); holder; holder = Object.getPrototypeOf(holder)) {
      for (const field of Object.getOwnPropertyNames(holder)) {
        if (field === name || field === '__proto__') continue;
        const getter = Object.getOwnPropertyDescriptor(holder, field)?.get;
        if (getter === undefined) continue;
        const value: unknown = getter.call(key);
        if (says(value)) return value;
      }
    }
    const written = writtenBy(key);
    if (says(written)) return written;
    return key['remote'] === undefined || key['id'] === undefined ? undefined : start;
  };
  /** From then on it is a field like any other: copies and both ways out of the page carry it. */
  const fix = (key: Key, text: string): void => {
    if (Object.isExtensible(key))
      Object.defineProperty(key, name, { value: text, enumerable: true, configurable: true, writable: true });
  };
  const restore = (keys: KeyClass): void => {
    if (Object.getOwnPropertyDescriptor(keys.prototype, name) !== undefined) return;
    Object.defineProperty(keys.prototype, name, {
      configurable: true,
      get(this: Key): string | undefined {
        if (this === keys.prototype) return undefined;
        const text = textOf(this);
        if (text !== undefined) fix(this, text);
        return text;
      },
      // Builds that still write the name themselves.
      set(this: Key, value: string) {
        fix(this, value);
      },
    });
  };
  const touch = (message: unknown): void => {
    const key = (message as { readonly id?: Key } | undefined)?.id;
    if (key !== undefined && key !== null) void key[name];
  };

  const attempt = (): boolean => {
    try {
      const module = world.require?.('WAWebMsgKey') as (KeyClass & { readonly default?: KeyClass }) | undefined;
      const keys = module?.default ?? module;
      const collections = world.require?.('WAWebCollections') as
        | {
            readonly Msg: {
              on(event: string, listener: (message: unknown) => void): void;
              getModelsArray(): unknown[];
            };
          }
        | undefined;
      if (keys?.prototype === undefined || collections?.Msg === undefined) return false;
      restore(keys);
      // Ours comes before the library's, so that what it copies has the name already.
      collections.Msg.on('add', touch);
      collections.Msg.getModelsArray().forEach(touch);
      return true;
    } catch {
      return false;
    }
  };
  // The page's modules come in their own time, long before the first key.
  const tries = { left: 6_000 };
  const again = (): void => {
    if (attempt()) return;
    tries.left -= 1;
    if (tries.left > 0) world.setTimeout(again, 10);
  };
  again();
};

/** Notes that the page asks for a passkey: only a person can answer, and only on WhatsApp's own origin. */
export const watchPasskey = (): void => {
  interface Options {
    readonly publicKey?: unknown;
    readonly mediation?: unknown;
  }
  const world = globalThis as unknown as PageWorld & {
    readonly navigator?: {
      readonly credentials?: Record<'get' | 'create', (options?: Options) => Promise<unknown>>;
    };
  };
  const credentials = world.navigator?.credentials;
  if (credentials === undefined || world.switchboardPasskey !== undefined) return;
  world.switchboardPasskey = false;
  for (const name of ['get', 'create'] as const) {
    const original = credentials[name].bind(credentials);
    credentials[name] = async (options) => {
      // What is offered beside a field, without anybody being asked, is no step.
      if (options?.publicKey === undefined || options.mediation === 'conditional') return original(options);
      world.switchboardPasskey = true;
      try {
        return await original(options);
      } catch (error) {
        world.switchboardPasskey = false;
        throw error;
      }
    };
  }
};
