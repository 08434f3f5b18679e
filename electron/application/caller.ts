import type { AccountId } from '../contract/ids';
import type { OperationScope } from '../contract/operation';

/** Who asks. Every surface derives this itself; nothing of it is ever received. */
export interface Caller {
  readonly kind: 'window' | 'api' | 'mcp';
  /** For the log: which window, which key. Never a secret. */
  readonly name: string;
  /** What people call the key, where there is one. */
  readonly keyName?: string;
  readonly scopes: readonly OperationScope[];
  /** The accounts it may touch; undefined means all. */
  readonly accountIds?: readonly AccountId[];
}

/** Whether something of an account is the caller's to see. */
export const mayTouch = ({ accountIds }: Caller, accountId: AccountId): boolean =>
  accountIds === undefined || accountIds.includes(accountId);
