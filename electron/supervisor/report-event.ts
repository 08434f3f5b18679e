import type { Account } from '../contract/entities/account';
import { OperationError } from '../contract/errors';
import type { WorkerReport } from '../contract/frames';
import type { SessionEvent } from '../domain/session-events';

export interface ReportContext {
  readonly account: Account;
  readonly maxQrAttempts: number;
  /** The other account that is logged in with the number of this one. */
  readonly findHolder: (me: Extract<WorkerReport, { readonly type: 'ready' }>['me']) => Account | undefined;
}

const readyEvent = (
  { me, missing }: Extract<WorkerReport, { readonly type: 'ready' }>,
  { account, findHolder }: ReportContext,
): SessionEvent => {
  const holder = findHolder(me);
  if (holder === undefined) return { type: 'ready', me, ...(missing === undefined ? {} : { missing }) };
  const error = new OperationError(
    'NUMBER_ALREADY_LINKED',
    `This phone’s number is already linked to account “${holder.label}”, so account “${account.label}” was logged out again. Use “${holder.label}”, or log it out first.`,
    { data: { accountId: holder.id } },
  );
  return { type: 'number_taken', error: error.toShape() };
};

/** What a worker's report means for its session; undefined for those that are about chats and messages. */
export const eventOfReport = (report: WorkerReport, context: ReportContext): SessionEvent | undefined => {
  switch (report.type) {
    case 'qr': {
      const { attempt, lifetimeMs } = report;
      return { type: 'qr', attempt, maxAttempts: Math.max(context.maxQrAttempts, attempt), lifetimeMs };
    }
    case 'failed':
      return { type: 'worker_failed', error: report.error };
    case 'ready':
      return readyEvent(report, context);
    case 'syncing':
    case 'passkey':
    case 'connection_lost':
    case 'connection_restored':
      return report;
    case 'logged_out':
      return { type: 'logged_out' };
    default:
      return undefined;
  }
};
