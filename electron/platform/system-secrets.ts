import { safeStorage } from 'electron';
import type { AccountFolders } from '../application/ports/accounts';
import type { Secrets } from '../application/ports/secrets';
import { createSecretsFile } from './secrets-file';

/** The accounts' secrets, encrypted by this system. Call when the app is ready. */
export const createSystemSecrets = (folders: AccountFolders): Secrets => createSecretsFile(safeStorage, folders);
