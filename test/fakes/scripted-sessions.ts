import type { SessionControl, SessionObserver } from '../../electron/application/ports/sessions';
import type { LinkCode, Session, SessionState } from '../../electron/contract/entities/session';
import { OperationError } from '../../electron/contract/errors';
import type {
  WorkerReport,
  WorkerRequestInput,
  WorkerRequestKind,
  WorkerRequestOutput,
} from '../../electron/contract/frames';
import type { AccountId } from '../../electron/contract/ids';

type Answers = {
  [Kind in WorkerRequestKind]?: (
    accountId: AccountId,
    input: WorkerRequestInput<Kind>,
  ) => WorkerRequestOutput<Kind> | Promise<WorkerRequestOutput<Kind>>;
};

export interface AskedRequest {
  readonly accountId: AccountId;
  readonly kind: WorkerRequestKind;
  readonly input: unknown;
}

/** Sessions whose states, reports and answers a test writes. */
export interface ScriptedSessions extends SessionControl {
  /** Connects whom the sessions report to. */
  connect(observer: SessionObserver): void;
  /** Puts a session into a state and tells the observer. */
  becomes(accountId: AccountId, status: SessionState): void;
  ready(accountId: AccountId, sinceMs?: number): void;
  report(accountId: AccountId, report: WorkerReport): void;
  /** What the worker answers from now on; unanswered kinds reject with SESSION_TIMEOUT. */
  readonly answers: Answers;
  readonly asked: AskedRequest[];
  showCode(code: LinkCode): void;
}

export const me = { wid: '551140020022@c.us', phone: '+551140020022', pushName: 'Support' } as const;

export const createScriptedSessions = (): ScriptedSessions => {
  const sessions = new Map<AccountId, Session>();
  const codes = new Map<AccountId, LinkCode>();
  const asked: AskedRequest[] = [];
  const answers: Answers = {
    listChats: () => ({ chats: [] }),
    markRead: () => ({}),
    findMessage: () => ({}),
  };
  let observer: SessionObserver | undefined;

  const get = (accountId: AccountId): Session =>
    sessions.get(accountId) ?? { accountId, generation: 0, status: { state: 'stopped', sinceMs: 0 } };
  const becomes = (accountId: AccountId, status: SessionState): void => {
    const generation = get(accountId).generation + (status.state === 'starting' ? 1 : 0);
    const session = { accountId, generation, status };
    sessions.set(accountId, session);
    observer?.sessionChanged(session);
  };

  return {
    asked,
    answers,
    connect: (to) => {
      observer = to;
    },
    get,
    becomes,
    ready: (accountId, sinceMs = 1_000) => becomes(accountId, { state: 'ready', sinceMs, me }),
    report: (accountId, report) => observer?.reported(accountId, report),
    showCode: (code) => void codes.set(code.accountId, code),
    start(account) {
      if (get(account.id).status.state === 'stopped')
        becomes(account.id, { state: 'starting', sinceMs: 1_000, attempt: 0 });
      return get(account.id);
    },
    async stop(accountId) {
      if (get(accountId).status.state !== 'stopped') becomes(accountId, { state: 'stopped', sinceMs: 2_000 });
      return get(accountId);
    },
    linkCode: (accountId) => codes.get(accountId),
    async request<Kind extends WorkerRequestKind>(
      accountId: AccountId,
      kind: Kind,
      input: WorkerRequestInput<Kind>,
    ): Promise<WorkerRequestOutput<Kind>> {
      if (get(accountId).status.state !== 'ready') {
        throw new OperationError('SESSION_NOT_READY', 'The session is not ready.');
      }
      asked.push({ accountId, kind, input });
      const answer = answers[kind];
      if (answer === undefined) throw new OperationError('SESSION_TIMEOUT', 'No answer.', { effect: 'unknown' });
      return answer(accountId, input);
    },
    forget: (accountId) => {
      sessions.delete(accountId);
      codes.delete(accountId);
    },
  };
};
