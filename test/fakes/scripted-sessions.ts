import type { SessionControl, SessionObserver } from '../../electron/application/ports/sessions';
import type { TimelineEntry } from '../../electron/contract/entities/observation';
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
  happened(accountId: AccountId, entry: TimelineEntry): void;
  /** Accounts that were woken, in order, asleep or not. */
  readonly woken: AccountId[];
  /** Roots of the processes that an account seems to have. */
  readonly running: Map<AccountId, readonly number[]>;
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
    sessions.get(accountId) ?? {
      accountId,
      generation: 0,
      status: { state: 'stopped', sinceMs: 0 },
      windowShown: false,
    };
  const becomes = (accountId: AccountId, status: SessionState): void => {
    const generation = get(accountId).generation + (status.state === 'starting' ? 1 : 0);
    const session = { accountId, generation, status, windowShown: get(accountId).windowShown };
    sessions.set(accountId, session);
    observer?.sessionChanged(session);
  };

  const stop = (accountId: AccountId): Session => {
    if (get(accountId).status.state !== 'stopped') becomes(accountId, { state: 'stopped', sinceMs: 2_000 });
    return get(accountId);
  };
  const showWindow = (accountId: AccountId, windowShown: boolean): Session => {
    const session = { ...get(accountId), windowShown };
    sessions.set(accountId, session);
    observer?.sessionChanged(session);
    return session;
  };
  const woken: AccountId[] = [];
  const running: ScriptedSessions['running'] = new Map();

  return {
    woken,
    running,
    happened: (accountId, entry) => observer?.happened(accountId, entry),
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
    stop: async (accountId) => stop(accountId),
    async restart(account) {
      stop(account.id);
      becomes(account.id, { state: 'starting', sinceMs: 3_000, attempt: 0 });
      return get(account.id);
    },
    logout: async (accountId) => {
      const unlinked = get(accountId).status.state === 'ready';
      return { session: stop(accountId), unlinked };
    },
    async sleep(accountId) {
      if (get(accountId).status.state !== 'ready') throw new OperationError('SESSION_NOT_READY', 'Not ready.');
      becomes(accountId, { state: 'asleep', sinceMs: 4_000, nextLookAtMs: 5_000, lookEveryMinutes: 15 });
      return get(accountId);
    },
    wake(accountId) {
      woken.push(accountId);
      if (get(accountId).status.state === 'asleep')
        becomes(accountId, { state: 'starting', sinceMs: 6_000, attempt: 0 });
    },
    showWindow: async (accountId) => showWindow(accountId, true),
    hideWindow: async (accountId) => showWindow(accountId, false),
    screenshot: async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
    pairingCode: async (accountId, phoneNumber) => ({
      accountId,
      code: `ABCD-${phoneNumber.slice(-4)}`,
      expiresAtMs: 7_000,
    }),
    processes: (accountId) => running.get(accountId) ?? [],
    fail: (accountId, error) => becomes(accountId, { state: 'failed', sinceMs: 8_000, error }),
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
