import type { Chat } from '../../contract/entities/chat';
import type { Draft } from '../../contract/entities/draft';
import type { AccountId, ChatId } from '../../contract/ids';

export type NewDraft = Omit<Draft, 'accountId'>;

/** A page request of `drafts.list`, see there. */
export interface DraftQuery {
  /** The accounts to look at; each has been opened. */
  readonly accountIds: readonly AccountId[];
  readonly chatId: ChatId | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** What was left in chats for a person to send. Every resolved write is on disk with `synchronous=FULL`. */
export interface DraftStore {
  /**
   * Takes the place of the chat's draft before; `savedAtMs` becomes greater than that one's. A person's chat (`@c.us`, `@lid`)
   * that is not there yet is made, and answered; other chats reject with CHAT_NOT_FOUND.
   */
  saveDraft(accountId: AccountId, draft: NewDraft): Promise<{ readonly draft: Draft; readonly madeChat?: Chat }>;
  /** Newest first. */
  listDrafts(
    query: DraftQuery,
  ): Promise<{ readonly drafts: readonly Draft[]; readonly nextCursor: string | undefined }>;
  /** Whether there was one, and with `savedAtMs` whether it was that one. */
  removeDraft(accountId: AccountId, chatId: ChatId, savedAtMs: number | undefined): Promise<boolean>;
}
