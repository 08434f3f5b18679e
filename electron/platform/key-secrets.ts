import { createHash, randomBytes } from 'node:crypto';
import type { KeySecrets } from '../application/ports/key-secrets';

export const keySecrets: KeySecrets = {
  create: () => `sb_${randomBytes(32).toString('base64url')}`,
  hash: (secret) => createHash('sha256').update(secret).digest('hex'),
};
