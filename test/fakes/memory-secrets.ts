import type { SecretProtection, Secrets } from '../../electron/application/ports/secrets';

/** Secrets in memory, on a computer whose protection the test chooses. */
export interface MemorySecrets extends Secrets {
  readonly stored: Map<string, string>;
  level: SecretProtection;
}

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
