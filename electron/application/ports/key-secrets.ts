/** Making and recognising the secrets of API keys. */
export interface KeySecrets {
  /** A new secret with 256 bits from the system's secure source, e.g. `sb_…`. */
  create(): string;
  /** What is kept of a secret. Nobody can get the secret back from it; it is random, so it needs no slow hash. */
  hash(secret: string): string;
}
