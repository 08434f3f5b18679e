import type { Campaign, RehearsalAccount, RehearsalFinding, RehearsalRow } from '../../contract/entities/campaign';
import type { Chat } from '../../contract/entities/chat';
import type { Wait, WaitReason } from '../../contract/entities/send';
import type { AccountId, ChatId } from '../../contract/ids';
import { contactOperations } from '../../contract/operations/contacts';
import type { OperationOutput, ParsedInput } from '../../contract/registry';
import { expectedEnd } from '../../domain/campaigns/expected-end';
import { kindOfChat, phoneOfChat } from '../../domain/chat-identity';
import { gateVerdict } from '../../domain/sending/gate';
import { logReason } from '../log-reason';
import { doNotContact } from '../outbox/opt-out-list';
import type { PageRequests } from '../page-requests';
import type { StoredCampaignRow } from '../ports/campaign-store';
import type { CampaignPorts } from './campaign-ports';

/** Pause between two numbers that an account's page is asked for, and longest time for all of one page of rows, in ms. */
const numberGapMs = 150;
const numbersTimeMs = 15_000;

export type Rehearse = (
  campaign: Campaign,
  request: ParsedInput<'campaigns.rehearse'>,
) => Promise<OperationOutput<'campaigns.rehearse'>>;

export interface RehearsalPorts extends CampaignPorts {
  readonly pages: Pick<PageRequests, 'ask'>;
}

const endUnknownWords: Partial<Record<WaitReason, string>> = {
  account_not_ready: 'The account is not ready: nothing leaves before it is.',
  page_changed: 'WhatsApp Web has changed: nothing leaves before Switchboard is updated.',
  paused: 'The account’s messages are held until a person lets them go.',
  stopped_by_failures: 'The account was stopped after too many failures, until a person lets it go on.',
  whatsapp_cap: 'WhatsApp’s quota of new chats is used up.',
};

/** A number that WhatsApp was asked for; undefined: it was not. */
type Numbers = ReadonlyMap<number, OperationOutput<'contacts.checkNumber'> | undefined>;

export const createRehearsal = (ports: RehearsalPorts): Rehearse => {
  const { store, messages, outbox, accounts, stores, sessions, optOuts, pages, clock, log } = ports;

  const pause = (): Promise<void> => new Promise((resolve) => void clock.schedule(numberGapMs, resolve));

  /** What holds the account itself, whatever its gate says. */
  const holdOf = (accountId: AccountId): Wait | undefined => {
    const { status } = sessions.get(accountId);
    if (status.state === 'ready') return (status.missing ?? []).length > 0 ? { reason: 'page_changed' } : undefined;
    return status.state === 'asleep' ? undefined : { reason: 'account_not_ready' };
  };

  const lookAtAccount = async (
    { id: campaignId, pace }: Campaign,
    accountId: AccountId,
    rows: number,
  ): Promise<RehearsalAccount> => {
    const others = await store.countOthersAhead(campaignId);
    const ahead = others.find((one) => one.accountId === accountId)?.rows ?? 0;
    const account = { accountId, rows, ahead };
    if (accounts.find(accountId) === undefined) {
      return { ...account, ...(rows === 0 ? {} : { endUnknown: 'The account was removed.' }) };
    }
    await stores.ensureOpen(accountId);
    const view = await outbox.view(accountId);
    const hold = holdOf(accountId);
    const verdict = view === undefined ? undefined : gateVerdict(view, { lane: 'bulk', isKnownChat: true });
    const gated: Wait | undefined =
      verdict === undefined || verdict.open
        ? undefined
        : { reason: verdict.reason, ...(verdict.untilMs === undefined ? {} : { untilMs: verdict.untilMs }) };
    const wait = hold ?? gated;
    const held = wait === undefined ? {} : { wait };
    if (rows === 0 || view === undefined) return { ...account, ...held };
    const end =
      hold === undefined ? expectedEnd({ view, ahead, rows, pace }) : { known: false as const, reason: hold.reason };
    if (end.known) return { ...account, ...held, expectedEndMs: end.endMs };
    return { ...account, ...held, endUnknown: endUnknownWords[end.reason] ?? 'Something holds the account.' };
  };

  /** The chats that the rows' own accounts have with these people. */
  const readChats = async (rows: readonly StoredCampaignRow[]): Promise<ReadonlyMap<string, Chat>> => {
    const found = new Map<string, Chat>();
    for (const [accountId, own] of Map.groupBy(rows, (row) => row.accountId)) {
      if (accounts.find(accountId) === undefined) continue;
      await stores.ensureOpen(accountId);
      const chatIds = own.map(({ chatId }) => chatId);
      const query = {
        accountIds: [accountId],
        filter: 'all',
        chatIds,
        cursor: undefined,
        limit: chatIds.length,
      } as const;
      for (const chat of (await messages.listChats(query)).chats) found.set(`${accountId}/${chat.id}`, chat);
    }
    return found;
  };

  /** Asks WhatsApp for numbers one after another, through accounts that are ready. Stops asking an account that does not answer. */
  const askNumbers = async (rows: readonly StoredCampaignRow[], most: number): Promise<Numbers> => {
    const answers = new Map<number, OperationOutput<'contacts.checkNumber'> | undefined>();
    const silent = new Set<AccountId>();
    const endMs = clock.monotonicMs() + numbersTimeMs;
    let asked = 0;
    for (const { row, accountId, chatId } of rows) {
      const phone = phoneOfChat(chatId);
      answers.set(row, undefined);
      const isReady = sessions.get(accountId).status.state === 'ready' && !silent.has(accountId);
      if (phone === undefined || !isReady || asked >= most || clock.monotonicMs() > endMs) continue;
      if (asked > 0) await pause();
      asked += 1;
      try {
        const answer = await pages.ask('contacts.checkNumber', { accountId, phone: phone.replace('+', '') });
        answers.set(row, contactOperations['contacts.checkNumber'].output.parse(answer));
      } catch (error) {
        silent.add(accountId);
        log.debug('a number could not be asked for', { accountId, reason: logReason(error) });
      }
    }
    return answers;
  };

  const lookAtRows = async (
    campaign: Campaign,
    rows: readonly StoredCampaignRow[],
    most: number,
  ): Promise<readonly RehearsalRow[]> => {
    const chats = await readChats(rows);
    const elsewhere = new Set(
      await store.chatsOfOthers(
        campaign.id,
        rows.map(({ chatId }) => chatId),
      ),
    );
    const strangers = rows.filter(
      ({ accountId, chatId }) => phoneOfChat(chatId) !== undefined && !chats.has(`${accountId}/${chatId}`),
    );
    const numbers = await askNumbers(
      strangers.filter(({ accountId }) => accounts.find(accountId) !== undefined),
      most,
    );
    const rowOf = new Map<ChatId, number>(rows.map(({ chatId, row }) => [chatId, row]));

    const look = async (stored: StoredCampaignRow): Promise<RehearsalRow> => {
      const { row, accountId, contact, chatId, text } = stored;
      const account = accounts.find(accountId);
      const findings: { finding: RehearsalFinding; words: string }[] = [];
      const find = (finding: RehearsalFinding, words: string): void => void findings.push({ finding, words });
      const number = numbers.get(row);
      if (account === undefined) find('account_removed', 'The account was removed: this row will be skipped.');
      else {
        const { label, settings } = account;
        const optedOut = await optOuts.find(accountId, chatId);
        if (optedOut !== undefined) find('do_not_contact', doNotContact(label, optedOut).message);
        const mustKnow = settings.sending.onlyKnownChats && kindOfChat(chatId) === 'direct';
        if (mustKnow && !(await messages.isKnownChat(accountId, chatId))) {
          find('chat_not_known', `${label} writes only to people who have written to it, and this one has not.`);
        }
        if (number?.exists === false) find('not_on_whatsapp', `${label}: the number is not on WhatsApp.`);
        if (numbers.has(row) && number === undefined) {
          find('number_not_asked', `${label} has no chat with this number, and WhatsApp was not asked for it.`);
        }
      }
      const knownAs = number?.contactId;
      const same = knownAs === undefined || knownAs === chatId ? undefined : rowOf.get(knownAs);
      if (same !== undefined) find('same_person', `WhatsApp knows this number as that of row ${same}.`);
      if (elsewhere.has(chatId)) find('in_other_campaign', 'Another campaign that runs writes to the same person.');
      const last = chats.get(`${accountId}/${chatId}`)?.lastMessage;
      return {
        row,
        accountId,
        contact,
        chatId,
        text,
        findings,
        ...(knownAs === undefined ? {} : { knownAs }),
        ...(last === undefined ? {} : { lastMessage: { atMs: last.timestampMs, fromMe: last.fromMe } }),
      };
    };
    const looked: RehearsalRow[] = [];
    for (const row of rows) looked.push(await look(row));
    return looked;
  };

  return async (campaign, { cursor, limit, numbers }) => {
    const reports = await store.reportCampaign(campaign.id);
    const looked: RehearsalAccount[] = [];
    for (const accountId of campaign.accountIds) {
      const counts = reports.find((one) => one.accountId === accountId)?.counts;
      looked.push(await lookAtAccount(campaign, accountId, (counts?.planned ?? 0) + (counts?.queued ?? 0)));
    }
    const query = { campaignId: campaign.id, states: ['planned', 'queued'], cursor, limit } as const;
    const { rows, nextCursor } = await store.listCampaignRows(query);
    const ends = looked.flatMap(({ expectedEndMs }) => expectedEndMs ?? []);
    const isKnown = ends.length > 0 && looked.every(({ endUnknown }) => endUnknown === undefined);
    return {
      campaign,
      accounts: looked,
      ...(isKnown ? { expectedEndMs: Math.max(...ends) } : {}),
      rows: [...(await lookAtRows(campaign, rows, numbers))],
      ...(nextCursor === undefined ? {} : { nextCursor }),
    };
  };
};
