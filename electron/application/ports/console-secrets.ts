import type { SecretProtection } from './secrets';

/** Secrets of the console itself, encrypted by the system, in `<data>/secrets.json`. Errors as in Secrets. */
export interface ConsoleSecrets {
  protection(): Promise<SecretProtection>;
  find(name: string): Promise<string | undefined>;
  save(name: string, value: string): Promise<void>;
  /** Succeeds when there is none. */
  remove(name: string): Promise<void>;
}
