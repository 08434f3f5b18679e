import type { DeliveryStatus, ObservedMessage } from '../../electron/contract/entities/message';
import type { OutgoingContent } from '../../electron/contract/entities/outgoing';
import type { Gate, SendState, WaitReason } from '../../electron/contract/entities/send';
import type { SendingSettingsChange } from '../../electron/contract/entities/sending-settings';
import type { WorkerRequestInput } from '../../electron/contract/frames';
import type { MessageId } from '../../electron/contract/ids';
import type { OperationEnvelope, OperationInput } from '../../electron/contract/registry';
import { accountId, ana, anObservedChat, anOwn, bruno, team } from './entities';
import { createTestApplication, type TestApplication, type TestApplicationOptions } from './test-application';

export const support = accountId('support');

/** What one send consists of, in a word. */
const wordsOf = (content: OutgoingContent): string => (content.kind === 'text' ? content.body : content.kind);

/** A page as the outbox sees it: what it has stored, by id, and how far that has come. */
export interface ScriptedPage {
  readonly has: Map<MessageId, ObservedMessage>;
  /** What it was asked to send, in order. */
  readonly asked: WorkerRequestInput<'send'>[];
  readonly resent: MessageId[];
  /** Whether WhatsApp confirms what the page has got, as soon as it has it. */
  confirms: boolean;
}

export interface OutboxBench {
  readonly app: TestApplication;
  readonly page: ScriptedPage;
  send(body: string, more?: Partial<OperationInput<'messages.send'>>): Promise<OperationEnvelope<'messages.send'>>;
  /** Sends and answers with the id; fails the test when it is refused. */
  mustSend(body: string, more?: Partial<OperationInput<'messages.send'>>): Promise<MessageId>;
  /** The same as a program. */
  sendAsProgram(body: string, more?: Partial<OperationInput<'messages.send'>>): Promise<MessageId>;
  becomeReady(): Promise<void>;
  /** The processes of the account end and come back. */
  restartSession(): Promise<void>;
  ack(messageId: MessageId, status: DeliveryStatus): Promise<void>;
  /** Time passes in steps, with everything that it sets off. */
  pass(durationMs: number, stepMs?: number): Promise<void>;
  sentBodies(): string[];
  /** Every row of the outbox, oldest first: text and state. */
  rows(): Promise<(readonly [string, SendState])[]>;
  states(): Promise<SendState[]>;
  configure(sending: SendingSettingsChange): Promise<void>;
  gate(): Promise<Gate>;
  /** Why each waiting row waits, in order of acceptance. */
  waits(): Promise<WaitReason[]>;
  sendMany(count: number, how?: 'person' | 'api'): Promise<void>;
  /** The console anew, on the same databases. */
  restarted(accountsDir: string): Promise<OutboxBench>;
}

/** Nothing paced, so that a test only waits where it wants to. */
export const unpaced: SendingSettingsChange = {
  apiPace: { minMs: 0, maxMs: 0 },
  bulkPace: { minMs: 0, maxMs: 0 },
};

/** The whole application with one account, three chats and a page that stores what it is given. */
export const createOutboxBench = async (options: TestApplicationOptions = {}): Promise<OutboxBench> => {
  const app = await createTestApplication(options);
  const page: ScriptedPage = { has: new Map(), asked: [], resent: [], confirms: false };
  await app.store.upsertChats(support, [
    anObservedChat(),
    anObservedChat({ id: bruno, name: 'Bruno' }),
    anObservedChat({ id: team, name: 'Team', kind: 'group' }),
  ]);
  app.sessions.answers.send = (account, input) => {
    page.asked.push(input);
    const { chatId, messageId, content } = input;
    const known = page.has.get(messageId);
    const message =
      known ?? anOwn(messageId, { chatId, body: wordsOf(content), status: 'pending', timestampMs: app.clock.nowMs() });
    page.has.set(messageId, message);
    if (page.confirms && message.status === 'pending') {
      page.has.set(messageId, { ...message, status: 'sent' });
      app.sessions.report(account, { type: 'acks', acks: [{ chatId, messageId, status: 'sent' }] });
    }
    return { message };
  };
  const look = (messageId: MessageId): { readonly message?: ObservedMessage } => {
    const message = page.has.get(messageId);
    return message === undefined ? {} : { message };
  };
  app.sessions.answers.findMessage = (_account, { messageId }) => look(messageId);
  app.sessions.answers.resendMessage = (_account, { messageId }) => {
    page.resent.push(messageId);
    return look(messageId);
  };
  app.sessions.answers.readLimits = () => ({ limits: {} });

  const send: OutboxBench['send'] = (body, more = {}) =>
    app.dispatch(app.caller, 'messages.send', { accountId: support, chatId: ana, body, ...more });
  const idOf = (sent: OperationEnvelope<'messages.send'>): MessageId => {
    if (!sent.ok) throw new Error(sent.error.message);
    return sent.data.message.id;
  };
  const becomeReady = async (): Promise<void> => {
    app.sessions.ready(support);
    await app.settled();
  };
  const rows: OutboxBench['rows'] = async () => {
    const { sends } = await app.store.listSends({
      accountId: support,
      filter: 'all',
      chatId: undefined,
      cursor: undefined,
      limit: 200,
    });
    return sends.toReversed().map(({ content, state }) => [wordsOf(content), state] as const);
  };

  const bench: OutboxBench = {
    app,
    page,
    send,
    mustSend: async (body, more) => idOf(await send(body, more)),
    sendAsProgram: async (body, more = {}) =>
      idOf(
        await app.dispatch({ ...app.caller, kind: 'api', name: 'a program' }, 'messages.send', {
          accountId: support,
          chatId: ana,
          body,
          ...more,
        }),
      ),
    becomeReady,
    async restartSession() {
      app.sessions.becomes(support, { state: 'starting', sinceMs: 1, attempt: 1 });
      await becomeReady();
    },
    async ack(messageId, status) {
      const message = page.has.get(messageId);
      if (message !== undefined) page.has.set(messageId, { ...message, status });
      app.sessions.report(support, { type: 'acks', acks: [{ chatId: message?.chatId ?? ana, messageId, status }] });
      await app.settled();
    },
    async pass(durationMs, stepMs = durationMs) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += stepMs) {
        app.clock.advance(Math.min(stepMs, durationMs - passedMs));
        await app.settled();
      }
    },
    sentBodies: () => page.asked.map(({ content }) => wordsOf(content)),
    rows,
    states: async () => (await rows()).map(([, state]) => state),
    async configure(sending) {
      const done = await app.dispatch(app.caller, 'accounts.configure', { accountId: support, settings: { sending } });
      if (!done.ok) throw new Error(done.error.message);
      await app.settled();
    },
    async gate() {
      const answer = await app.dispatch(app.caller, 'gates.get', { accountId: support });
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.data.gate;
    },
    async waits() {
      const answer = await app.dispatch(app.caller, 'sends.list', { accountId: support, filter: 'waiting' });
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.data.sends.flatMap(({ wait }) => (wait === undefined ? [] : [wait.reason])).toReversed();
    },
    async sendMany(count, how = 'api') {
      for (let index = 0; index < count; index += 1) {
        await (how === 'api' ? bench.sendAsProgram(`${how} ${index}`) : bench.mustSend(`${how} ${index}`));
      }
      await app.settled();
    },
    async restarted(accountsDir) {
      app.closeStore();
      const next = await createOutboxBench({ accountsDir, before: app });
      const account = app.accounts.find(support);
      if (account !== undefined) next.app.accounts.save(account);
      next.page.confirms = page.confirms;
      await next.becomeReady();
      return next;
    },
  };
  return bench;
};
