import type { z } from 'zod';
import { mediaIdSchema } from '../contract/entities/outgoing';
import type { AccountId } from '../contract/ids';
import type { Operation } from '../contract/operation';
import { type AnsweredOperation, type PageAnswers, pageAnswers } from '../contract/operations/page-answers';
import { type PageOperationName, pageOperations } from '../contract/operations/page-operations';
import type { KnownAccounts } from './known-accounts';
import type { OutgoingFiles } from './outbox/outgoing-files';
import type { OutgoingMedia } from './ports/outgoing-media';
import type { SessionControl } from './ports/sessions';

export type PageInput = { readonly accountId: AccountId } & Readonly<Record<string, unknown>>;

/** Asks the page of a ready account to do one of the page operations. */
export interface PageRequests {
  /** What the page answers; dispatch checks it against the operation's own schema. */
  ask(name: PageOperationName, input: PageInput): Promise<unknown>;
  /** The same where the handler makes something of the answer. `look`: it changes nothing in the page. */
  answer<Name extends AnsweredOperation>(
    name: Name,
    input: PageInput,
    kind?: 'look' | 'act',
  ): Promise<z.output<PageAnswers[Name]>>;
}

export interface PageRequestsPorts {
  readonly accounts: KnownAccounts;
  readonly sessions: SessionControl;
  readonly files: OutgoingFiles;
  readonly media: OutgoingMedia;
}

export const createPageRequests = ({ accounts, sessions, files, media }: PageRequestsPorts): PageRequests => {
  const fileOf = async (accountId: AccountId, label: string, given: unknown) => {
    if (given === undefined) return {};
    const mediaId = mediaIdSchema.parse(given);
    const { mimetype, filename } = await files.get(accountId, label, mediaId);
    return { file: { path: media.pathOf(accountId, mediaId), mimetype, filename } };
  };

  const kindOf = (name: PageOperationName): 'look' | 'act' => {
    const { effect }: Operation = pageOperations[name];
    return effect === 'read' ? 'look' : 'act';
  };

  const ask = async (name: PageOperationName, { accountId, ...input }: PageInput, kind = kindOf(name)) => {
    const { label } = accounts.get(accountId);
    const file = await fileOf(accountId, label, input['mediaId']);
    // An account that is asleep refuses this time and is awake for the next.
    sessions.wake(accountId);
    const { result } = await sessions.request(accountId, kind, { operation: name, input, ...file });
    return result;
  };

  return {
    ask,
    async answer(name, input, kind) {
      const result = await ask(name, input, kind);
      return pageAnswers[name].parse(result) as z.output<PageAnswers[typeof name]>;
    },
  };
};
