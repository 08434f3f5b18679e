import type { Chat } from '../../../electron/contract/entities/chat';
import type { Message } from '../../../electron/contract/entities/message';
import type { Gate, Send } from '../../../electron/contract/entities/send';
import type { SessionState } from '../../../electron/contract/entities/session';
import type { ConsoleEvent, EventBody } from '../../../electron/contract/events';
import type { OperationName } from '../../../electron/contract/registry';
import type { Call } from '../../../renderer/bridge/call';
import type { Snapshot } from '../../../renderer/bridge/event-projection';
import { type ConsoleStore, createConsoleStore } from '../../../renderer/state/console-store';
import { accountId, anAccount, ana, anInbound, anObservedChat, chatId, messageId } from '../../fakes/entities';

export const sales = accountId('sales');
export const support = accountId('support');

export const aMessage = (id: string, changes: Partial<Message> = {}): Message => ({
  ...anInbound(id),
  accountId: sales,
  order: Number(id.replace(/\D/g, '')) || 0,
  ...changes,
});

export const aChat = (name: string, changes: Partial<Chat> = {}): Chat => ({
  ...anObservedChat({ id: chatId(`${name}@c.us`), name }),
  accountId: sales,
  ...changes,
});

export const anEvent = (sequence: number, body: EventBody): ConsoleEvent => ({ sequence, atMs: sequence * 1000, body });

export const aSnapshot = (sequence: number, changes: Partial<Snapshot> = {}): Snapshot => ({
  epoch: 'run',
  sequence,
  accounts: [anAccount('sales', { label: 'Sales' }), anAccount('support', { position: 1 })],
  sessions: [],
  unread: [],
  settings: {
    theme: 'system',
    enterSends: true,
    listWidth: 348,
    proxyTestUrl: 'https://api.ipify.org/',
    api: { enabled: false, port: 8_080 },
  },
  api: {},
  ...changes,
});

export const aReadyStatus = (sinceMs: number): SessionState => ({
  state: 'ready',
  sinceMs,
  me: { wid: '551140020022@c.us', phone: '+55 11 4002-0022', pushName: 'Sales' },
});

/** A promise that the test settles. */
export const aPending = <Value>() => {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (thrown: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};

/** Lets everything that waits on a settled promise run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export type Answer = (input: Readonly<Record<string, unknown>>) => unknown;

export interface ScriptedCalls {
  readonly call: Call;
  readonly calls: { readonly name: OperationName; readonly input: Readonly<Record<string, unknown>> }[];
}

/** A main process that answers what the test says; an operation without an answer fails the test. */
export const scriptedCalls = (answers: Partial<Record<OperationName, Answer>>): ScriptedCalls => {
  const calls: { name: OperationName; input: Record<string, unknown> }[] = [];
  const answer = async (name: OperationName, input: Record<string, unknown>): Promise<unknown> => {
    calls.push({ name, input });
    const script = answers[name];
    if (script === undefined) throw new Error(`nobody expected ${name}`);
    return script(input);
  };
  return { call: answer as Call, calls };
};

const readBase64 = async (file: Blob): Promise<string> => Buffer.from(await file.arrayBuffer()).toString('base64');

/** The window's store with Sales and Support in it, over a scripted main. */
export const aConsole = (answers: Partial<Record<OperationName, Answer>> = {}): ConsoleStore & ScriptedCalls => {
  const scripted = scriptedCalls(answers);
  let keys = 0;
  const built = createConsoleStore({ call: scripted.call, drafts: {}, newKey: () => `key-${++keys}`, readBase64 });
  built.sink.applySnapshot(aSnapshot(1), true);
  return { ...built, ...scripted };
};

export const anaKey = `sales/${ana}` as const;

/** A row of the outbox of Sales to Ana. */
export const aSend = (order: number, changes: Partial<Send> = {}): Send => ({
  accountId: sales,
  chatId: ana,
  messageId: messageId(`3EB0${order}`),
  order,
  lane: 'person',
  policy: 'never_twice',
  content: { kind: 'text', body: `message ${order}` },
  state: 'queued',
  attempt: 0,
  createdAtMs: order * 1000,
  changedAtMs: order * 1000,
  ...changes,
});

export const aGate = (changes: Partial<Gate> = {}): Gate => ({
  accountId: sales,
  waiting: 0,
  underway: 0,
  attention: 0,
  lastHour: 0,
  lastDay: 0,
  ...changes,
});
