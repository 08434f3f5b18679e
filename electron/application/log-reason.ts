import { OperationError } from '../contract/errors';

/** Why something failed, for the log: the code of our own errors (their messages may hold numbers), the words of others. */
export const logReason = (error: unknown): string => {
  if (error instanceof OperationError) return error.code;
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
};
