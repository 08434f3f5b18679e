import { safeStorage } from 'electron';
import type { AccountFolders } from '../application/ports/accounts';
import type { ConsoleSecrets } from '../application/ports/console-secrets';
import type { Secrets } from '../application/ports/secrets';
import { createConsoleSecretsFile, createSecretsFile } from './secrets-file';

/** The accounts' secrets, encrypted by this system. Call when the app is ready. */
export const createSystemSecrets = (folders: AccountFolders): Secrets => createSecretsFile(safeStorage, folders);

/** The console's own secrets, encrypted by this system. Call when the app is ready. */
export const createSystemConsoleSecrets = (file: string): ConsoleSecrets => createConsoleSecretsFile(safeStorage, file);
