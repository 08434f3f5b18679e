import type {
  Campaign,
  CampaignAccountReport,
  CampaignId,
  CampaignPace,
  CampaignRow,
  CampaignRowState,
  CampaignState,
} from '../../contract/entities/campaign';
import type { Send, SendPolicy } from '../../contract/entities/send';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';

export type NewCampaign = Pick<Campaign, 'id' | 'name' | 'accountIds' | 'text' | 'policy' | 'pace' | 'createdAtMs'>;

export interface NewCampaignRow {
  readonly row: number;
  readonly accountId: AccountId;
  readonly contact: string;
  readonly chatId: ChatId;
  readonly text: string;
  /** Present when nobody is to be written to. */
  readonly problem?: string;
}

/** A key under which a plan is made once, and all that it asked for, to be compared. */
export interface PlanClaim {
  readonly key: string;
  readonly request: string;
}

/**
 * What the runner is about to do with a row, noted before it does it. `feeding`: the outbox may have its message under the key of
 * this attempt. `recalling`: its message is to be taken out of the outbox.
 */
export type RowMark = 'feeding' | 'recalling';

/** A row as it is stored; why it waits is the gate's to say. */
export type StoredCampaignRow = Omit<CampaignRow, 'wait'> & { readonly mark?: RowMark };

/** What became of a row whose mark is settled with it. */
export interface RowStep {
  /**
   * `queued` in a campaign that does not run is marked to be taken back, `planned` in a cancelled one is `cancelled`, in the
   * same commit.
   */
  readonly to: CampaignRowState;
  readonly attempt: number;
  readonly messageId: MessageId | undefined;
  readonly problem: string | undefined;
  readonly departedAtMs: number | undefined;
  readonly sentAtMs: number | undefined;
  readonly atMs: number;
}

/** A campaign that runs, as one account has to do with it. */
export interface CampaignWork {
  readonly campaignId: CampaignId;
  readonly policy: SendPolicy;
  readonly pace: CampaignPace | undefined;
  /** Its rows of this account that wait in the outbox. */
  readonly queued: number;
  /** Whether any row of it has ever left this account. */
  readonly hasDeparted: boolean;
  /** The first rows that are to go. */
  readonly next: readonly StoredCampaignRow[];
}

export interface AccountWork {
  /** Rows that were marked and not settled. */
  readonly marked: readonly StoredCampaignRow[];
  /** Rows of all campaigns that wait in this account's outbox. */
  readonly queued: number;
  /** In the order in which they were started. */
  readonly running: readonly CampaignWork[];
}

export interface NotedSend {
  readonly campaignId: CampaignId;
  /** Whether WhatsApp Web was asked for it just now, for the first time. */
  readonly departed: boolean;
}

export interface CampaignRowQuery {
  readonly campaignId: CampaignId;
  readonly states: readonly CampaignRowState[] | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/**
 * Bulk sends and their ledgers, in the console's own database. Every resolved write is on disk with `synchronous=FULL`; one
 * call writes so few rows that readers do not wait for it. The outbox of each account is the truth about messages: what is lost
 * here is read there again.
 */
export interface CampaignStore {
  /** Campaigns there are, whole or not. */
  countCampaigns(): Promise<number>;
  /** Begins one that nobody sees before `completeCampaign`. `created: false`: the key was used, for the same plan or not. */
  beginCampaign(
    campaign: NewCampaign,
    claim: PlanClaim | undefined,
  ): Promise<
    { readonly created: true } | { readonly created: false; readonly campaignId: CampaignId; readonly same: boolean }
  >;
  addCampaignRows(campaignId: CampaignId, rows: readonly NewCampaignRow[], atMs: number): Promise<void>;
  completeCampaign(campaignId: CampaignId): Promise<void>;
  /** Nobody sees it from then on; whether it was there and in one of these states. */
  hideCampaign(campaignId: CampaignId, from: readonly CampaignState[]): Promise<boolean>;
  /** Deletes a part of what nobody sees; whether more is left. Not while a campaign is being planned. */
  sweepCampaigns(): Promise<boolean>;
  findCampaign(campaignId: CampaignId): Promise<Campaign | undefined>;
  /** Newest first; with `within` only those all of whose accounts are among these. */
  listCampaigns(query: {
    readonly state: CampaignState | undefined;
    readonly within: readonly AccountId[] | undefined;
    readonly cursor: string | undefined;
    readonly limit: number;
  }): Promise<{ readonly campaigns: readonly Campaign[]; readonly nextCursor: string | undefined }>;
  /** In the order of the rows. */
  listCampaignRows(
    query: CampaignRowQuery,
  ): Promise<{ readonly rows: readonly StoredCampaignRow[]; readonly nextCursor: string | undefined }>;
  reportCampaign(campaignId: CampaignId): Promise<readonly CampaignAccountReport[]>;
  /** Rows of other campaigns that run on each account and are still to go. */
  countOthersAhead(
    campaignId: CampaignId,
  ): Promise<readonly { readonly accountId: AccountId; readonly rows: number }[]>;
  /** Those of the chats that another campaign that runs is still to write to. */
  chatsOfOthers(campaignId: CampaignId, chatIds: readonly ChatId[]): Promise<readonly ChatId[]>;
  /**
   * Whether it was in one of the states and is in the other now. One that does not run any more has its queued rows marked to
   * be taken back in the same commit.
   */
  moveCampaign(
    campaignId: CampaignId,
    from: readonly CampaignState[],
    to: CampaignState,
    atMs: number,
  ): Promise<boolean>;
  /** Cancels a part of the planned rows that nobody works on, of a cancelled campaign; whether more are left. */
  cancelPlannedRows(campaignId: CampaignId, atMs: number): Promise<boolean>;
  /** Failed rows of these accounts are planned again, and a finished campaign runs again; how many. */
  retryCampaign(campaignId: CampaignId, accountIds: readonly AccountId[], atMs: number): Promise<number>;
  /** Running campaigns of which nothing is on its way any more are finished; answers with those. */
  finishCampaigns(atMs: number): Promise<readonly CampaignId[]>;
  /** Cancelled campaigns that still have planned rows. */
  listHalfCancelled(): Promise<readonly CampaignId[]>;
  /** Accounts with rows that are still to go, on their way, or marked. */
  listCampaignAccounts(): Promise<readonly AccountId[]>;
  campaignWork(accountId: AccountId, limit: number): Promise<AccountWork>;
  /** Marks a planned row of a running campaign as `feeding`; whether it was one. */
  beginFeeding(campaignId: CampaignId, row: number): Promise<boolean>;
  stepCampaignRow(campaignId: CampaignId, row: number, step: RowStep): Promise<void>;
  /** Takes over what the outbox of an account says of its rows; answers with the campaigns that are different now. */
  noteSends(accountId: AccountId, sends: readonly Send[]): Promise<readonly NotedSend[]>;
  /** Rows whose message may have come further than it says here: those on their way, and the last that left. */
  rowsInDoubt(accountId: AccountId): Promise<readonly StoredCampaignRow[]>;
  /**
   * The account is gone with its outbox: rows that had not left are skipped, what nobody has confirmed is unknown. Answers with
   * the campaigns that are different now, and whether more rows are left to do.
   */
  skipRowsOf(
    accountId: AccountId,
    words: { readonly skipped: string; readonly unknown: string },
    atMs: number,
  ): Promise<{ readonly campaignIds: readonly CampaignId[]; readonly more: boolean }>;
}
