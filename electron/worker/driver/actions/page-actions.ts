import type { Client } from 'whatsapp-web.js';
import type { z } from 'zod';
import type { WorkerRequestInput } from '../../../contract/frames';
import type { AccountId } from '../../../contract/ids';
import type { AnsweredOperation, PageAnswers } from '../../../contract/operations/page-answers';
import type { OperationName, OperationOutput, ParsedInput } from '../../../contract/registry';
import type { ContactBook } from './contact-book';

/** What an action works with. */
export interface ActionPage {
  readonly accountId: AccountId;
  readonly client: Client;
  readonly contactBook: ContactBook;
}

/** The uploaded file that the input's `mediaId` names. */
export type ActionFile = NonNullable<WorkerRequestInput<'act'>['file']>;

/** What an action answers: the operation's output, or what its handler makes that of. */
type PageAnswer<Name extends OperationName> = Name extends AnsweredOperation
  ? z.output<PageAnswers[Name]>
  : OperationOutput<Name>;

/**
 * Does one page operation: gets its checked input without the account and answers with the operation's output. Throws
 * OperationErrors; anything else that is thrown becomes PAGE_REFUSED with the page's own words, SESSION_CRASHED or SESSION_TIMEOUT.
 */
export type PageAction<Name extends OperationName> = (
  page: ActionPage,
  input: Omit<ParsedInput<Name>, 'accountId'>,
  file: ActionFile | undefined,
) => Promise<PageAnswer<Name>>;

/** One action per operation of a file of the contract: a missing one is a compile error. */
export type PageActions<Operations> = { readonly [Name in keyof Operations & OperationName]: PageAction<Name> };
