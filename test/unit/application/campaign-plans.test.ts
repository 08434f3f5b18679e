import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import { mayHear } from '../../../electron/application/event-reach';
import type { OperationInput } from '../../../electron/contract/registry';
import { type CampaignBench, createCampaignBench, numberOf, sales, support } from '../../fakes/campaign-bench';
import { anInbound, anObservedChat, chatId } from '../../fakes/entities';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

let bench: CampaignBench;
let folder: string;

beforeEach(async () => {
  folder = temporaryFolder();
  bench = await createCampaignBench(folder);
});
afterEach(() => {
  bench.app.closeStore();
  removeTemporaryFolders();
});

type Plan = OperationInput<'campaigns.plan'>;
const aPlan = (changes: Partial<Plan> = {}): Plan => ({
  name: 'Spring',
  accountIds: [support],
  text: 'Hello {{name}}',
  recipients: [{ contact: `+${numberOf(1)}`, variables: { name: 'Ana' } }],
  ...changes,
});
const ask = (plan: unknown, caller: Caller = bench.app.caller) => bench.app.dispatch(caller, 'campaigns.plan', plan);
const person = (place: number, variables: Readonly<Record<string, string>> = { name: 'Ana' }) => ({
  contact: numberOf(place),
  variables: { ...variables },
});

describe('planning', () => {
  it('keeps each text as it will leave, whatever happens to the template’s variables or the accounts’ chats later', async () => {
    await bench.app.store.upsertChats(sales, [anObservedChat({ id: chatId(`${numberOf(2)}@c.us`) })]);
    await bench.app.store.saveMessages(sales, [anInbound('3EB0A1', { chatId: chatId(`${numberOf(2)}@c.us`) })]);
    const campaign = await bench.plan(0, {
      accountIds: [support, sales],
      text: 'Hello {{name|friend}}',
      recipients: [person(1), person(2, {}), { ...person(3), accountId: sales }, person(4)],
    });
    await bench.app.store.saveMessages(sales, [anInbound('3EB0A2', { chatId: chatId(`${numberOf(1)}@c.us`) })]);
    bench = await bench.killed();
    const rows = await bench.rows(campaign);
    expect(
      rows.map(({ row, accountId, contact, text, state, attempt }) => [row, accountId, contact, text, state, attempt]),
    ).toEqual([
      [1, 'support', numberOf(1), 'Hello Ana', 'planned', 1],
      [2, 'sales', numberOf(2), 'Hello friend', 'planned', 1],
      [3, 'sales', numberOf(3), 'Hello Ana', 'planned', 1],
      [4, 'support', numberOf(4), 'Hello Ana', 'planned', 1],
    ]);
  });

  it('names every row and field that is wrong and keeps nothing', async () => {
    const recipients = [
      person(1),
      { contact: '011 4002', variables: { name: 'Ana' } },
      person(2, {}),
      { ...person(3), accountId: sales },
      person(4, { name: '\ud83d' }),
      { contact: 'nobody', variables: {} },
    ];
    const refused = await ask(aPlan({ recipients }));
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'VALIDATION_ERROR',
        message:
          '“Spring”: row 2 contact must be a number with its country code, such as +551140020022; row 3 variables.name is missing or blank; row 4 accountId must be one of the campaign’s accountIds; and 3 more. Nothing was planned.',
        data: {
          problems: 6,
          issues: expect.arrayContaining([expect.objectContaining({ path: 'recipients.5.contact' })]),
        },
      },
    });
    expect((await bench.must('campaigns.list', {})).campaigns).toEqual([]);
  });

  it.each([
    ['a text whose braces do not end', { text: 'Hello {{name' }, /text has a \{\{ without/],
    ['an account that is not there', { accountIds: ['nobody'] }, /no account nobody/],
    ['the same account twice', { accountIds: ['support', 'support'] }, /must not name an account twice/],
    ['nobody', { recipients: [] }, /recipients must have at least 1/],
    ['too many people', { recipients: Array.from({ length: 10_001 }, () => person(1)) }, /at most 10000 entries/],
  ] as const)('refuses %s', async (_name, changes, words) => {
    const answer = await ask({ ...aPlan(), ...changes });
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(words) } });
  });

  it('refuses a text that its variables make longer than WhatsApp takes, by its row', async () => {
    const recipients = [person(1), person(2, { name: 'z'.repeat(4_096) })];
    const answer = await ask(aPlan({ text: `{{name}}${'y'.repeat(65_000)}`, recipients }));
    expect(answer).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/row 2 text must have at most 65536/) },
    });
  });

  it('keeps somebody who is there twice, under whatever id, or not to be contacted, as skipped with the reason', async () => {
    await bench.must('optOuts.add', { contact: numberOf(3) });
    const hidden = chatId('998877665544@lid');
    await bench.app.store.upsertChats(support, [anObservedChat({ id: hidden, phone: `+${numberOf(2)}` })]);
    await bench.app.store.saveMessages(support, [anInbound('3EB0A1', { chatId: hidden })]);
    const recipients = [
      person(1),
      person(2),
      { contact: `+${numberOf(1)}`, variables: { name: 'B' } },
      person(3),
      { contact: hidden, variables: { name: 'C' } },
    ];
    const { campaign } = await bench.must('campaigns.plan', aPlan({ recipients, accountIds: [support, sales] }));
    expect(campaign.counts).toMatchObject({ planned: 2, skipped: 3 });
    const skipped = await bench.must('campaigns.rows', { campaignId: campaign.id, state: 'skipped' });
    expect(skipped.rows.map(({ row, problem }) => [row, problem])).toEqual([
      [3, 'The same contact as row 1.'],
      [4, expect.stringMatching(/do-not-contact list/)],
      [5, 'The same contact as row 2.'],
    ]);
  });

  it('under the same key is one campaign, also when both ask at once and after a crash; another plan is refused', async () => {
    const plan = aPlan({ idempotencyKey: 'spring' });
    const [one, other] = await Promise.all([bench.must('campaigns.plan', plan), bench.must('campaigns.plan', plan)]);
    expect(other).toEqual(one);
    bench = await bench.killed();
    expect(await bench.must('campaigns.plan', plan)).toEqual(one);
    expect(await ask({ ...plan, text: 'Other' })).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await bench.must('campaigns.list', {})).campaigns).toHaveLength(1);
  });

  it('that a crash cuts off leaves nothing, and its key is free', async () => {
    const plan = aPlan({ idempotencyKey: 'spring' });
    bench.app.store.fail('completeCampaign', new Error('killed'), 1);
    expect((await ask(plan)).ok).toBe(false);
    expect((await bench.must('campaigns.list', {})).campaigns).toEqual([]);
    bench = await bench.killed();
    expect(await bench.app.store.countCampaigns()).toBe(0);
    await bench.must('campaigns.plan', plan);
    expect(await bench.app.store.countCampaigns()).toBe(1);
  });

  it('of ten thousand people is one call', async () => {
    const recipients = Array.from({ length: 10_000 }, (_, index) => ({
      contact: `55119${String(index).padStart(8, '0')}`,
      variables: { name: `Person ${index}` },
    }));
    const { campaign } = await bench.must('campaigns.plan', aPlan({ recipients, accountIds: [support, sales] }));
    expect(campaign.counts.planned).toBe(10_000);
    const { accounts } = await bench.must('campaigns.report', { campaignId: campaign.id, limit: 1 });
    expect(accounts.map(({ counts }) => counts.planned)).toEqual([5_000, 5_000]);
    const { campaign: cancelled } = await bench.must('campaigns.cancel', { campaignId: campaign.id });
    expect(cancelled.counts).toMatchObject({ planned: 0, cancelled: 10_000 });
  });
});

describe('a key that is bound to accounts', () => {
  const bound: Caller = { kind: 'api', name: 'key', scopes: ['read', 'send', 'admin'], accountIds: [support] };

  it('plans, sees and changes those campaigns only whose accounts are all its own', async () => {
    const own = await bench.plan(1);
    const shared = await bench.plan(1, { accountIds: [support, sales], idempotencyKey: 'x' });
    const list = await bench.app.dispatch(bound, 'campaigns.list', {});
    expect(list).toMatchObject({ ok: true, data: { campaigns: [{ id: own.id }] } });
    const names = ['get', 'rows', 'report', 'rehearse', 'start', 'pause', 'cancel', 'retry', 'remove'] as const;
    for (const name of names) {
      const answer = await bench.app.dispatch(bound, `campaigns.${name}`, { campaignId: shared.id });
      expect([name, answer]).toMatchObject([name, { ok: false, error: { code: 'CAMPAIGN_NOT_FOUND' } }]);
    }
    expect(await bench.app.dispatch(bound, 'campaigns.get', { campaignId: own.id })).toMatchObject({ ok: true });
    expect(await ask(aPlan({ accountIds: [support, sales] }), bound)).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    expect(await ask(aPlan(), bound)).toMatchObject({ ok: true });
    expect((await bench.campaign(shared)).state).toBe('planned');
  });

  it('hears of those only, too', async () => {
    await bench.plan(1);
    await bench.plan(1, { accountIds: [support, sales] });
    await bench.app.settled();
    const heard = bench.app.heard.filter((event) => event.body.type === 'campaign.updated' && mayHear(bound, event));
    expect(heard).toHaveLength(1);
  });
});

describe('rehearsing', () => {
  const findings = async (campaign: Parameters<typeof bench.campaign>[0], more: object = {}) =>
    (await bench.must('campaigns.rehearse', { campaignId: campaign.id, ...more })).rows.map((row) =>
      row.findings.map(({ finding }) => finding),
    );

  it('sends nothing and says of each row what would keep it from its person', async () => {
    const known = chatId(`${numberOf(1)}@c.us`);
    await bench.app.store.upsertChats(support, [anObservedChat({ id: known })]);
    await bench.app.store.saveMessages(support, [anInbound('3EB0A1', { chatId: known, timestampMs: 5_000 })]);
    const campaign = await bench.plan(4);
    const other = await bench.plan(1);
    await bench.must('campaigns.start', { campaignId: other.id });
    await bench.must('optOuts.add', { contact: numberOf(4) });
    bench.app.sessions.ready(support);
    const asked: string[] = [];
    bench.app.sessions.answers.look = (_account, { operation, input }) => {
      asked.push(`${operation} ${String(input['phone'])}`);
      return { result: input['phone'] === numberOf(2) ? { exists: false } : { exists: true, contactId: known } };
    };
    await bench.app.settled();
    const sent = bench.arrivals.length;
    const rehearsal = bench.must('campaigns.rehearse', { campaignId: campaign.id, numbers: 2 });
    await bench.pass(1_000, 50);
    const { rows } = await rehearsal;
    expect(rows.map((row) => row.findings.map(({ finding }) => finding))).toEqual([
      [],
      ['not_on_whatsapp'],
      ['same_person'],
      ['do_not_contact', 'number_not_asked'],
    ]);
    expect(rows[0]?.lastMessage).toMatchObject({ fromMe: true });
    expect(asked).toEqual([`contacts.checkNumber ${numberOf(2)}`, `contacts.checkNumber ${numberOf(3)}`]);
    expect(bench.arrivals).toHaveLength(sent);
    expect(await bench.campaign(campaign)).toMatchObject({ state: 'planned', counts: { planned: 4 } });
  });

  it('says who gets another campaign that runs, and whom an account may not write to first', async () => {
    const campaign = await bench.plan(2);
    const other = await bench.plan(1);
    await bench.must('campaigns.start', { campaignId: other.id });
    await bench.app.settled();
    await bench.must('accounts.configure', { accountId: support, settings: { sending: { onlyKnownChats: true } } });
    expect(await findings(campaign, { numbers: 0 })).toEqual([
      ['chat_not_known', 'in_other_campaign'],
      ['chat_not_known', 'number_not_asked'],
    ]);
  });

  it('says what would hold each account and when it would be through, or that nobody knows', async () => {
    await bench.must('accounts.configure', {
      accountId: support,
      settings: { sending: { bulkPace: { minMs: 10_000, maxMs: 10_000 }, perHour: 3 } },
    });
    bench.app.sessions.ready(support);
    const campaign = await bench.plan(8, { accountIds: [support, sales] });
    const first = await bench.must('campaigns.rehearse', { campaignId: campaign.id, numbers: 0 });
    expect(first.accounts).toMatchObject([
      { accountId: 'support', rows: 4, ahead: 0, expectedEndMs: expect.any(Number) },
      { accountId: 'sales', rows: 4, wait: { reason: 'account_not_ready' }, endUnknown: expect.any(String) },
    ]);
    const inMs = (first.accounts[0]?.expectedEndMs ?? 0) - bench.app.clock.nowMs();
    expect(inMs).toBeGreaterThan(3_600_000 - 60_000);
    expect(inMs).toBeLessThan(3_600_000 + 120_000);
    expect(first.expectedEndMs).toBeUndefined();
    bench.app.sessions.ready(sales);
    await bench.must('gates.pause', { accountId: support });
    const second = await bench.must('campaigns.rehearse', { campaignId: campaign.id, numbers: 0 });
    expect(second.accounts).toMatchObject([
      { wait: { reason: 'paused' }, endUnknown: expect.stringContaining('held') },
      { expectedEndMs: expect.any(Number) },
    ]);
    await bench.must('gates.resume', { accountId: support });
    const third = await bench.must('campaigns.rehearse', { campaignId: campaign.id, numbers: 0 });
    expect(third.expectedEndMs).toBe(Math.max(...third.accounts.map(({ expectedEndMs }) => expectedEndMs ?? 0)));
  });
});
