import type { z } from 'zod';
import type { Received } from '../../application/uploads';
import type { Account } from '../../contract/entities/account';
import type { ConsoleEvent } from '../../contract/events';
import type { AccountId } from '../../contract/ids';
import type { OperationScope } from '../../contract/operation';
import type { OperationName } from '../../contract/registry';
import type { Call } from './call';
import type { FormFile } from './multipart';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Which of the limits counts a call. */
export type LimitGroup = 'creation' | 'messaging' | 'other';

/** What a route answers: JSON in the dialect's envelope, or bytes. */
export type RouteAnswer =
  | { readonly status?: number; readonly message?: string; readonly data?: unknown }
  | { readonly image: Buffer; readonly mediaType: string };

export interface RouteContext {
  readonly call: Call;
  /** The header of that name, for sends: the operation itself keeps the promise. */
  readonly idempotencyKey: string | undefined;
  /** The file of the form, when the call is one. */
  readonly file: FormFile | undefined;
  /** Brings bytes to the disk for `uploads.create`. What no operation takes is deleted after the call. */
  receive(accountId: AccountId, bytes: Iterable<Uint8Array>): Promise<Received>;
  /** Ends when the client goes away. */
  readonly gone: AbortSignal;
  /** Resolves with what `pick` finds in the events from now on, or undefined after `limitMs` or when the client goes. */
  waitFor<Found>(pick: (event: ConsoleEvent) => Found | undefined, limitMs: number): Promise<Found | undefined>;
  /** The account behind a session id in any case. Throws SESSION_NOT_FOUND, or 403 for a key of other sessions. */
  account(sessionId: string): Promise<Account>;
}

/** One route: a literal value, from which server and OpenAPI description are made. */
export interface Route {
  readonly method: HttpMethod;
  /** Below `/api/v1`; `:name` takes a field of the input. */
  readonly path: string;
  /** The operation that decides who may call it and what the call does to the world. */
  readonly operation: OperationName;
  readonly title: string;
  readonly summary: string;
  readonly scope: OperationScope;
  readonly limit: LimitGroup;
  readonly status: number;
  readonly input: z.ZodObject;
  /** Whether the operation checks the input itself; otherwise it is checked against `input` before `run`. */
  readonly checkedByOperation: boolean;
  /** Shape of `data`; undefined where there is none or it is bytes. */
  readonly output: z.ZodType | undefined;
  /** Bytes of the largest body. */
  readonly bodyLimit: number;
  /** Takes a form with a file (multipart/form-data) in place of JSON. */
  readonly takesFile: boolean;
  run(input: Readonly<Record<string, unknown>>, context: RouteContext): Promise<RouteAnswer>;
}
