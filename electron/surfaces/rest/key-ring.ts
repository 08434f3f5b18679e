import type { Caller } from '../../application/caller';

/** Who a secret belongs to, as the application knows it. */
export interface KeyRing {
  /** Undefined: no such key. Takes the same time for every wrong secret. */
  find(secret: string): Caller | undefined;
  /** Whether any key exists. */
  readonly isEmpty: boolean;
  /** Called with the caller name of a key that was revoked or may do less than before. Returns the function that ends it. */
  onRevoked(listener: (callerName: string) => void): () => void;
}
