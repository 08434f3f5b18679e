import type { ErrorCategory, OperationErrorShape } from '../../contract/errors';

/** HTTP status of each kind of error. */
export const statusOf: Readonly<Record<ErrorCategory, number>> = {
  invalid_input: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  not_ready: 409,
  rate_limited: 429,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
  internal: 500,
};

/** Codes that the dialect has its own words for. */
const dialectCodes: Readonly<Record<string, string>> = {
  ACCOUNT_NOT_FOUND: 'SESSION_NOT_FOUND',
  ACCOUNT_LABEL_TAKEN: 'SESSION_ALREADY_EXISTS',
  ACCOUNT_EXISTS: 'SESSION_ALREADY_EXISTS',
};

export interface RestFailure {
  readonly success: false;
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown };
}

export const failure = (code: string, message: string, details?: unknown): RestFailure => ({
  success: false,
  error: { code, message, ...(details === undefined ? {} : { details }) },
});

/** An error of an operation as the dialect tells it. `details.effect: unknown` means: look before you try again. */
export const toRestFailure = (error: OperationErrorShape): { readonly status: number; readonly body: RestFailure } => {
  const details = {
    ...error.data,
    ...(error.effect === 'unknown' ? { effect: 'unknown' } : {}),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
  return {
    // 507 is what a client expects of a full disk.
    status: error.code === 'DISK_FULL' ? 507 : statusOf[error.category],
    body: failure(
      dialectCodes[error.code] ?? error.code,
      error.message,
      Object.keys(details).length === 0 ? undefined : details,
    ),
  };
};

/** What a route throws to answer with an error. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly status: number;
  readonly body: RestFailure;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: RestFailure, headers: Readonly<Record<string, string>> = {}) {
    super(body.error.message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const restError = (
  status: number,
  code: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): RestError => new RestError(status, failure(code, message), headers);

/** Whether a sentence names a session. Its id alone is not enough: `a` and `the` are ids, too. */
const names = (sentence: string, sessionId: string): boolean => {
  const words = sentence.toLowerCase();
  const id = sessionId.toLowerCase();
  return (
    words.startsWith(`${id}:`) ||
    words.includes(`“${id}”`) ||
    new RegExp(`\\b(session|account) ${id}(?![a-z0-9_-])`).test(words)
  );
};

/** An error with the session that it is about in front, unless its words name that already. */
export const withSession = (body: RestFailure, sessionId: string | undefined): RestFailure => {
  const { message } = body.error;
  if (sessionId === undefined || names(message, sessionId)) return body;
  return { ...body, error: { ...body.error, message: `Session ${sessionId}: ${message}` } };
};

export const fromOperationError = (error: OperationErrorShape): RestError => {
  const { status, body } = toRestFailure(error);
  const headers =
    error.retryAfterMs === undefined
      ? {}
      : { 'Retry-After': String(Math.max(1, Math.ceil(error.retryAfterMs / 1_000))) };
  return new RestError(status, body, headers);
};
