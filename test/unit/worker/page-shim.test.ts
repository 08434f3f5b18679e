import { afterEach, describe, expect, it, vi } from 'vitest';
import { restoreKeyNames, watchPasskey } from '../../../electron/worker/driver/page-shim';

const world = globalThis as unknown as Record<string, unknown>;
const touched: readonly string[] = ['require', 'switchboardKeys', 'switchboardPasskey'];
const own = new Map(touched.map((name) => [name, world[name]]));

afterEach(() => {
  for (const name of touched) {
    if (own.get(name) === undefined) delete world[name];
    else world[name] = own.get(name);
  }
  vi.unstubAllGlobals();
});

class Wid {
  readonly _serialized: string;
  constructor(text: string) {
    this._serialized = text;
  }
  toString(): string {
    return this._serialized;
  }
}

interface Parts {
  readonly fromMe: boolean;
  readonly remote: Wid;
  readonly id: string;
  readonly participant?: Wid;
}

/** Keys as builds of July 2026 have them: the text is a field of another name. */
class RenamedKey {
  readonly [field: string]: unknown;
  constructor(parts: Parts) {
    Object.assign(this, parts);
    const end = parts.participant === undefined ? '' : `_${parts.participant}`;
    Object.defineProperty(this, '$1', {
      value: `${parts.fromMe}_${parts.remote}_${parts.id}${end}`,
      enumerable: true,
    });
  }
}

/** The same, but the text is only to be had from the prototype. */
class HiddenKey {
  readonly fromMe: boolean;
  readonly remote: Wid;
  readonly id: string;
  constructor(parts: Parts) {
    this.fromMe = parts.fromMe;
    this.remote = parts.remote;
    this.id = parts.id;
  }
  get $7(): string {
    return `${this.fromMe}_${this.remote}_${this.id}`;
  }
}

/** Keys as they were: the name is written in the constructor. */
class ClassicKey {
  declare readonly _serialized: string;
  constructor(parts: Parts) {
    Object.assign(this, parts);
    (this as { _serialized: string })._serialized = `${parts.fromMe}_${parts.remote}_${parts.id}`;
  }
}

const install = (keys: unknown): { added(message: unknown): void } => {
  const listeners: ((message: unknown) => void)[] = [];
  const modules: Readonly<Record<string, unknown>> = {
    WAWebMsgKey: keys,
    WAWebCollections: {
      Msg: {
        on: (_event: string, listener: (message: unknown) => void) => listeners.push(listener),
        getModelsArray: () => [],
      },
    },
  };
  world['require'] = (name: string): unknown => modules[name];
  restoreKeyNames();
  return {
    added: (message) => {
      for (const listener of listeners) listener(message);
    },
  };
};

const ana = new Wid('551100000001@c.us');
const textOf = (key: unknown): unknown => (key as { readonly _serialized?: unknown })._serialized;

describe('a build that calls the text of a key something else', () => {
  it('has its old name back, found by its value, in direct chats and groups', () => {
    install(RenamedKey);
    expect(textOf(new RenamedKey({ fromMe: true, remote: ana, id: '3EB0AA' }))).toBe('true_551100000001@c.us_3EB0AA');
    const group = new Wid('120363000000000001@g.us');
    const key = new RenamedKey({ fromMe: false, remote: group, id: '3EB0BB', participant: ana });
    expect(textOf(key)).toBe('false_120363000000000001@g.us_3EB0BB_551100000001@c.us');
  });

  it('carries the name on both ways out of the page once a message is there', () => {
    const page = install(RenamedKey);
    const id = new RenamedKey({ fromMe: false, remote: ana, id: '3EB0CC' });
    page.added({ id });
    const text = 'false_551100000001@c.us_3EB0CC';
    expect(JSON.parse(JSON.stringify(id))).toMatchObject({ _serialized: text });
    expect(Object.assign({}, id)).toMatchObject({ _serialized: text });
  });

  it('is understood where the value is only to be had from the prototype', () => {
    install(HiddenKey);
    expect(textOf(new HiddenKey({ fromMe: true, remote: ana, id: '3EB0DD' }))).toBe('true_551100000001@c.us_3EB0DD');
  });
});

describe('a build that still has the name', () => {
  it('works as before', () => {
    install(ClassicKey);
    const key = new ClassicKey({ fromMe: true, remote: ana, id: '3EB0EE' });
    expect(key._serialized).toBe('true_551100000001@c.us_3EB0EE');
    expect(Object.keys(key)).toContain('_serialized');
  });
});

describe('a page whose modules come late', () => {
  it('is repaired when they are there', async () => {
    world['require'] = () => {
      throw new Error('unknown module');
    };
    restoreKeyNames();
    delete world['switchboardKeys'];
    install(RenamedKey);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(textOf(new RenamedKey({ fromMe: true, remote: ana, id: '3EB0FF' }))).toBe('true_551100000001@c.us_3EB0FF');
  });
});

describe('a page that asks for a passkey', () => {
  const credentials = (
    get: () => Promise<unknown>,
  ): Record<'get' | 'create', (options?: unknown) => Promise<unknown>> => {
    const container = { get, create: get };
    vi.stubGlobal('navigator', { credentials: container });
    watchPasskey();
    return container;
  };

  it('is noticed while it waits, and no longer when it was refused', async () => {
    let refuse: (error: Error) => void = () => undefined;
    const container = credentials(
      () =>
        new Promise((_resolve, reject) => {
          refuse = reject;
        }),
    );
    expect(world['switchboardPasskey']).toBe(false);
    const asked = container.get({ publicKey: {} });
    expect(world['switchboardPasskey']).toBe(true);
    refuse(new Error('NotAllowedError'));
    await expect(asked).rejects.toThrow('NotAllowedError');
    expect(world['switchboardPasskey']).toBe(false);
  });

  it('is not taken for one that only offers a passkey beside a field', async () => {
    const container = credentials(async () => 'password');
    expect(await container.get({ publicKey: {}, mediation: 'conditional' })).toBe('password');
    expect(await container.get({ password: true })).toBe('password');
    expect(world['switchboardPasskey']).toBe(false);
  });
});
