import type { ConsoleSecrets } from '../../electron/application/ports/console-secrets';
import type { SecretProtection, Secrets } from '../../electron/application/ports/secrets';

/** Secrets in memory, on a computer whose protection the test chooses. */
export interface MemorySecrets extends Secrets {
  readonly stored: Map<string, string>;
  level: SecretProtection;
}

/** The same without accounts. */
export interface MemoryConsoleSecrets extends ConsoleSecrets {
  readonly stored: Map<string, string>;
  /** What every look at one rejects with. */
  failure: Error | undefined;
}

export const createMemoryConsoleSecrets = (stored: Map<string, string> = new Map()): MemoryConsoleSecrets => {
  const secrets: MemoryConsoleSecrets = {
    stored,
    failure: undefined,
    protection: async () => 'system',
    async find(name) {
      if (secrets.failure !== undefined) throw secrets.failure;
      return stored.get(name);
    },
    save: async (name, value) => void stored.set(name, value),
    remove: async (name) => void stored.delete(name),
  };
  return secrets;
};

export const createMemorySecrets = (): MemorySecrets => {
  const stored = new Map<string, string>();
  const secrets: MemorySecrets = {
    stored,
    level: 'system',
    protection: async () => secrets.level,
    find: async (accountId, name) => stored.get(`${accountId} ${name}`),
    save: async (accountId, name, value) => void stored.set(`${accountId} ${name}`, value),
    remove: async (accountId, name) => void stored.delete(`${accountId} ${name}`),
  };
  return secrets;
};
