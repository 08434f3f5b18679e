import type { Login } from '../../frames';

/** What a linked browser keeps: its own keys from the first start on, and the login once a phone has scanned. */
export interface DeviceKeys {
  readonly noise: Uint8Array;
  readonly identity: Uint8Array;
  readonly adv: string;
}

const STORE = 'device';

/**
 * The login lives in IndexedDB of the profile: it survives a killed browser, local storage does not.
 * Writes are strict (on disk when the promise resolves), so "linked" never outruns what a restart will find.
 */
export class DeviceStorage {
  readonly #open: Promise<IDBDatabase>;

  constructor() {
    this.#open = new Promise((resolve, reject) => {
      const request = indexedDB.open('practice-device', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB could not be opened'));
    });
  }

  async keys(): Promise<DeviceKeys> {
    const known = (await this.#read('keys')) as DeviceKeys | undefined;
    if (known !== undefined) return known;
    const keys: DeviceKeys = {
      noise: crypto.getRandomValues(new Uint8Array(32)),
      identity: crypto.getRandomValues(new Uint8Array(32)),
      adv: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))),
    };
    await this.#write('keys', keys);
    return keys;
  }

  async login(): Promise<Login | undefined> {
    return (await this.#read('login')) as Login | undefined;
  }

  async saveLogin(login: Login): Promise<void> {
    await this.#write('login', login);
  }

  /** After an unlink nothing of the old device may remain, the keys included. */
  async wipe(): Promise<void> {
    const store = await this.#store('readwrite');
    await done(store.clear());
  }

  async #read(key: string): Promise<unknown> {
    const store = await this.#store('readonly');
    return done(store.get(key) as IDBRequest<unknown>);
  }

  async #write(key: string, value: unknown): Promise<void> {
    const store = await this.#store('readwrite');
    const committed = new Promise<void>((resolve, reject) => {
      store.transaction.oncomplete = () => resolve();
      store.transaction.onabort = () => reject(store.transaction.error ?? new Error('IndexedDB refused the write'));
    });
    store.put(value, key);
    await committed;
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    const db = await this.#open;
    return db.transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE);
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });
}
