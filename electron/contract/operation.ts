import type { z } from 'zod';
import type { ErrorCode, OperationErrorShape } from './errors';

/** What a call does to the world: nothing, a change, or a change that cannot be taken back. */
export type OperationEffect = 'read' | 'write' | 'destroy';

/** What a caller must be allowed to do. */
export type OperationScope = 'read' | 'send' | 'control' | 'admin';

/** One thing the product can do. Every surface is derived from these values; none has a route or tool of its own. */
export interface Operation<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  /** `plural.verb` */
  readonly name: Name;
  readonly title: string;
  readonly summary: string;
  readonly effect: OperationEffect;
  /** Whether the same call twice leaves the same world as once. */
  readonly idempotent: boolean;
  readonly scope: OperationScope;
  /**
   * A caller that is bound to accounts may leave the account out and is answered with what is its own; everywhere else it must
   * name an account.
   */
  readonly narrowed?: true;
  /** Path relative to `/api/v1`; `:name` takes an input field. */
  readonly http: { readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; readonly path: string };
  readonly input: Input;
  readonly output: Output;
  /** Codes beyond VALIDATION_ERROR, FORBIDDEN and INTERNAL_ERROR, which every operation can give. */
  readonly errors: readonly ErrorCode[];
}

/** Keeps the literal types of an operation while checking its shape. */
export const defineOperation = <Name extends string, Input extends z.ZodObject, Output extends z.ZodObject>(
  operation: Operation<Name, Input, Output>,
): Operation<Name, Input, Output> => operation;

/** What every call answers, on every surface. */
export type Envelope<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly error: OperationErrorShape };
