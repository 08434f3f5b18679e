import type { Campaign, CampaignRow, CampaignRowState } from '../../electron/contract/entities/campaign';
import { sendingSettingsSchema } from '../../electron/contract/entities/sending-settings';
import type { WorkerRequestInput } from '../../electron/contract/frames';
import type { AccountId, MessageId } from '../../electron/contract/ids';
import type { OperationInput, OperationName, OperationOutput } from '../../electron/contract/registry';
import { accountId, anAccount, anOwn } from './entities';
import { createManualClock } from './manual-clock';
import { unpaced } from './outbox-bench';
import { createTestApplication, type TestApplication, type TestApplicationOptions } from './test-application';

export const support = accountId('support');
export const sales = accountId('sales');

/** The number of the customer at a place, from 1. */
export const numberOf = (place: number): string => `5511000000${String(place).padStart(2, '0')}`;

/** What a page was given, in order. */
export interface Arrival {
  readonly account: AccountId;
  readonly chat: string;
  readonly body: string;
  readonly messageId: MessageId;
}

export interface CampaignBench {
  readonly app: TestApplication;
  readonly arrivals: Arrival[];
  /** What pages do with what they are given; they confirm it unless a test says otherwise. */
  answer: (account: AccountId, input: WorkerRequestInput<'send'>) => 'sent' | 'handed';
  /** Calls an operation and answers with its data; fails the test when it is refused. */
  must<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>>;
  /** Plans a campaign to the customers 1 to `count`. */
  plan(count: number, more?: Partial<OperationInput<'campaigns.plan'>>): Promise<Campaign>;
  ready(...accounts: readonly AccountId[]): Promise<void>;
  rows(campaign: Pick<Campaign, 'id'>): Promise<readonly CampaignRow[]>;
  states(campaign: Pick<Campaign, 'id'>): Promise<readonly CampaignRowState[]>;
  campaign(campaign: Pick<Campaign, 'id'>): Promise<Campaign>;
  pass(durationMs: number, stepMs?: number): Promise<void>;
  /** The console of the databases ends without a word, and another one begins on them. */
  killed(): Promise<CampaignBench>;
}

/** The whole application with two accounts whose pages take what they are given, and nothing paced. */
export const createCampaignBench = async (
  accountsDir: string,
  options: TestApplicationOptions = {},
): Promise<CampaignBench> => {
  const settings = { ...anAccount('x').settings, sending: { ...sendingSettingsSchema.parse({}), ...noPace } };
  const app = await createTestApplication({
    accounts: [anAccount('support', { settings }), anAccount('sales', { label: 'Sales', position: 1, settings })],
    accountsDir,
    ...options,
  });
  const has = new Map<MessageId, ReturnType<typeof anOwn>>();
  const bench: CampaignBench = {
    app,
    arrivals: [],
    answer: () => 'sent',
    async must(name, input) {
      const envelope = await app.dispatch(app.caller, name, input);
      if (!envelope.ok) throw new Error(`${name}: ${envelope.error.code} ${envelope.error.message}`);
      return envelope.data;
    },
    async plan(count, more = {}) {
      const recipients = Array.from({ length: count }, (_, index) => ({ contact: `+${numberOf(index + 1)}` }));
      const request = { name: 'Spring', accountIds: [support], text: 'Hello', recipients, ...more };
      return (await bench.must('campaigns.plan', request)).campaign;
    },
    async ready(...accounts) {
      for (const id of accounts) app.sessions.ready(id);
      await app.settled();
      // Interrupted messages are looked up some seconds after all chats are caught up.
      await bench.pass(30_000, 5_000);
    },
    rows: async ({ id }) => (await bench.must('campaigns.rows', { campaignId: id, limit: 200 })).rows,
    states: async (campaign) => (await bench.rows(campaign)).map(({ state }) => state),
    campaign: async ({ id }) => (await bench.must('campaigns.get', { campaignId: id })).campaign,
    async pass(durationMs, stepMs = durationMs) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += stepMs) {
        app.clock.advance(Math.min(stepMs, durationMs - passedMs));
        await app.settled();
      }
    },
    async killed() {
      app.closeStore();
      // A clock of its own: the timers of the console that is gone never ring.
      const clock = createManualClock(app.clock.nowMs() + 60_000);
      const next = await createCampaignBench(accountsDir, { ...options, before: { ...app, clock } });
      next.arrivals.push(...bench.arrivals);
      return next;
    },
  };
  app.sessions.answers.send = (account, input) => {
    const { chatId, messageId, content } = input;
    const body = content.kind === 'text' ? content.body : content.kind;
    const outcome = bench.answer(account, input);
    bench.arrivals.push({ account, chat: chatId, body, messageId });
    const message = anOwn(messageId, { chatId, body, status: 'pending', timestampMs: app.clock.nowMs() });
    has.set(messageId, message);
    if (outcome === 'sent') {
      has.set(messageId, { ...message, status: 'sent' });
      app.sessions.report(account, { type: 'acks', acks: [{ chatId, messageId, status: 'sent' }] });
    }
    return { message };
  };
  app.sessions.answers.findMessage = (_account, { messageId }) => {
    const message = has.get(messageId);
    return message === undefined ? {} : { message };
  };
  app.sessions.answers.resendMessage = () => ({});
  app.sessions.answers.readLimits = () => ({ limits: {} });
  return bench;
};

const noPace = {
  apiPace: unpaced.apiPace ?? { minMs: 0, maxMs: 0 },
  bulkPace: unpaced.bulkPace ?? { minMs: 0, maxMs: 0 },
};
