import type { Login } from '../../frames';
import type { PendingMessage } from '../messages/outbox';

/** What a linked browser keeps: its own keys from the first start on, and the login once a phone has scanned. */
export interface DeviceKeys {
  readonly noise: Uint8Array;
  readonly identity: Uint8Array;
  readonly adv: string;
}

const STORE = 'device';
const PENDING = 'pending';
const VERSION = 2;

/**
 * The login lives in IndexedDB of the profile: it survives a killed browser, local storage does not.
 * Writes are strict (on disk when the promise resolves), so "linked" never outruns what a restart will find.
 */
export class DeviceStorage {
  readonly #open: Promise<IDBDatabase>;

  constructor() {
    this.#open = new Promise((resolve, reject) => {
      const request = indexedDB.open('practice-device', VERSION);
      request.onupgradeneeded = () => {
        for (const name of [STORE, PENDING]) {
          if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name);
        }
      };
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
    const db = await this.#open;
    const transaction = db.transaction([STORE, PENDING], 'readwrite', { durability: 'strict' });
    const cleared = committed(transaction);
    transaction.objectStore(STORE).clear();
    transaction.objectStore(PENDING).clear();
    await cleared;
  }

  /** With the browser when it resolves: a killed page does not lose it. */
  async keepPending(key: string, message: PendingMessage): Promise<void> {
    const db = await this.#open;
    const transaction = db.transaction(PENDING, 'readwrite', { durability: 'relaxed' });
    const kept = committed(transaction);
    transaction.objectStore(PENDING).put(message, key);
    await kept;
  }

  async forgetPending(key: string): Promise<void> {
    const db = await this.#open;
    db.transaction(PENDING, 'readwrite', { durability: 'relaxed' }).objectStore(PENDING).delete(key);
  }

  /** By key, in the order in which they were written. */
  async pending(): Promise<readonly (readonly [string, PendingMessage])[]> {
    const db = await this.#open;
    const store = db.transaction(PENDING, 'readonly').objectStore(PENDING);
    const keys = done(store.getAllKeys() as IDBRequest<string[]>);
    const values = done(store.getAll() as IDBRequest<PendingMessage[]>);
    const [names, messages] = await Promise.all([keys, values]);
    return messages
      .map((message, index) => [names[index] ?? '', message] as const)
      .sort(([, one], [, other]) => one.order - other.order);
  }

  async #read(key: string): Promise<unknown> {
    const store = await this.#store('readonly');
    return done(store.get(key) as IDBRequest<unknown>);
  }

  async #write(key: string, value: unknown): Promise<void> {
    const store = await this.#store('readwrite');
    const written = committed(store.transaction);
    store.put(value, key);
    await written;
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    const db = await this.#open;
    return db.transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE);
  }
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused the write'));
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });
}
