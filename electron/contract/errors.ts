import { z } from 'zod';

/** The closed list of what can be wrong. Surfaces decide by category; code decides by code; only people read messages. */
export const errorCategories = [
  'invalid_input',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'not_ready',
  'rate_limited',
  'upstream',
  'unavailable',
  'timeout',
  'internal',
] as const;
export const errorCategorySchema = z.enum(errorCategories);
export type ErrorCategory = z.infer<typeof errorCategorySchema>;

/** Every error code and its category, one literal map per domain. A code is never renamed: callers depend on it. */
export const errorCodes = {
  // contract
  VALIDATION_ERROR: 'invalid_input',
  OPERATION_NOT_FOUND: 'not_found',
  FORBIDDEN: 'forbidden',
  INTERNAL_ERROR: 'internal',
  // accounts
  ACCOUNT_NOT_FOUND: 'not_found',
  ACCOUNT_LABEL_TAKEN: 'conflict',
  ACCOUNT_EXISTS: 'conflict',
  MAX_SESSIONS_REACHED: 'conflict',
  // sessions
  SESSION_NOT_READY: 'not_ready',
  SESSION_START_FAILED: 'unavailable',
  SESSION_CRASHED: 'unavailable',
  SESSION_TIMEOUT: 'timeout',
  SESSION_LINK_EXPIRED: 'timeout',
  SESSION_LOGGED_OUT: 'conflict',
  QR_NOT_AVAILABLE: 'not_found',
  SESSION_BANNED: 'forbidden',
  SESSION_TERMS_BLOCKED: 'forbidden',
  SESSION_CONFLICT: 'conflict',
  SESSION_PAGE_CHANGED: 'upstream',
  SESSION_MEMORY_EXCEEDED: 'unavailable',
  NUMBER_ALREADY_LINKED: 'conflict',
  PAIRING_CODE_REFUSED: 'upstream',
  PROFILE_IN_USE: 'conflict',
  PROXY_FAILED: 'unavailable',
  BROWSER_NOT_FOUND: 'invalid_input',
  CHROMIUM_FLAG_REFUSED: 'invalid_input',
  // chats and messages
  INVALID_CHAT_ID: 'invalid_input',
  CHAT_NOT_FOUND: 'not_found',
  MESSAGE_NOT_FOUND: 'not_found',
  MESSAGE_NOT_SENT: 'conflict',
  CONTACT_NOT_FOUND: 'not_found',
  GROUP_NOT_FOUND: 'not_found',
  LABEL_NOT_FOUND: 'not_found',
  INVITE_NOT_VALID: 'not_found',
  PICTURE_NOT_FOUND: 'not_found',
  PAGE_REFUSED: 'upstream',
  NOT_GROUP_ADMIN: 'forbidden',
  NOT_SUPPORTED: 'invalid_input',
  SEND_FAILED: 'upstream',
  SEND_UNCONFIRMED: 'upstream',
  IDEMPOTENCY_KEY_REUSED: 'conflict',
  // outbox
  SEND_NOT_FOUND: 'not_found',
  SEND_TOO_LATE: 'conflict',
  OUTBOX_FULL: 'rate_limited',
  DO_NOT_CONTACT: 'forbidden',
  CHAT_NOT_KNOWN: 'forbidden',
  NUMBER_NOT_ON_WHATSAPP: 'not_found',
  LIMITED_BY_WHATSAPP: 'rate_limited',
  MEDIA_NOT_FOUND: 'not_found',
  MEDIA_REFUSED: 'invalid_input',
  REMOTE_FILE_REFUSED: 'invalid_input',
  REMOTE_FILE_UNAVAILABLE: 'upstream',
  // webhooks
  WEBHOOK_NOT_FOUND: 'not_found',
  WEBHOOK_URL_REFUSED: 'invalid_input',
  TOO_MANY_WEBHOOKS: 'conflict',
  // campaigns
  CAMPAIGN_NOT_FOUND: 'not_found',
  CAMPAIGN_STATE: 'conflict',
  TOO_MANY_CAMPAIGNS: 'conflict',
  // store
  STORE_UNAVAILABLE: 'unavailable',
  DISK_FULL: 'unavailable',
  // practice network
  PRACTICE_UNAVAILABLE: 'unavailable',
  PRACTICE_REFUSED: 'conflict',
} as const satisfies Record<string, ErrorCategory>;
export type ErrorCode = keyof typeof errorCodes;
export const errorCodeSchema = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** What may have happened in the world when the error arose. `unknown` may never be retried silently. */
export const errorEffectSchema = z.enum(['none', 'unknown']);

export const operationErrorSchema = z
  .strictObject({
    code: errorCodeSchema,
    category: errorCategorySchema,
    message: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
    retryAfterMs: z.number().nonnegative().optional(),
    effect: errorEffectSchema,
  })
  .meta({ id: 'OperationError' });
/** The error as it travels: in envelopes, in session states, in stored rows. */
export type OperationErrorShape = z.infer<typeof operationErrorSchema>;

export interface OperationErrorOptions {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly retryAfterMs?: number;
  readonly effect?: 'none' | 'unknown';
  readonly cause?: unknown;
}

/**
 * The only error a handler throws on purpose. The message is for a person and names the account;
 * everything a program needs is in `code`, `category` and `data`.
 */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly effect: 'none' | 'unknown';
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: OperationErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.category = errorCodes[code];
    this.effect = options.effect ?? 'none';
    this.data = options.data;
    this.retryAfterMs = options.retryAfterMs;
  }

  toShape(): OperationErrorShape {
    return {
      code: this.code,
      category: this.category,
      message: this.message,
      effect: this.effect,
      ...(this.data === undefined ? {} : { data: { ...this.data } }),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }

  static fromShape(shape: OperationErrorShape): OperationError {
    return new OperationError(shape.code, shape.message, {
      effect: shape.effect,
      ...(shape.data === undefined ? {} : { data: shape.data }),
      ...(shape.retryAfterMs === undefined ? {} : { retryAfterMs: shape.retryAfterMs }),
    });
  }
}
