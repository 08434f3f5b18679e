import type { ErrorCategory, ErrorCode, OperationErrorShape } from '../../electron/contract/errors';

/** An operation that main refused or could not finish. `message` is for the person; everything else decides by `code`. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  /** `unknown`: it may have happened, so it is never repeated by itself. */
  readonly effect: 'none' | 'unknown';
  readonly retryAfterMs: number | undefined;

  constructor(shape: OperationErrorShape) {
    super(shape.message);
    this.code = shape.code;
    this.category = shape.category;
    this.effect = shape.effect;
    this.retryAfterMs = shape.retryAfterMs;
  }
}

/** The sentence to show for whatever was thrown. */
export const messageOf = (thrown: unknown): string => {
  if (thrown instanceof Error && thrown.message !== '') return thrown.message;
  return 'Something went wrong inside the console. Try again.';
};
