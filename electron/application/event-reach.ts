import type { ConsoleEvent, EventBody } from '../contract/events';
import type { AccountId } from '../contract/ids';
import type { Caller } from './caller';

/** The one account that an event is about; undefined for what concerns several, or the whole console. */
export const accountOf = (body: EventBody): AccountId | undefined => {
  const [first, ...others] = accountsOf(body) ?? [];
  return others.length === 0 ? first : undefined;
};

/** All accounts that an event is about; undefined for what concerns the whole console. */
const accountsOf = (body: EventBody): readonly AccountId[] | undefined => {
  if ('campaign' in body) return body.campaign.accountIds;
  if ('accountIds' in body) return body.accountIds;
  const account = ownerOf(body);
  return account === undefined ? undefined : [account];
};

const ownerOf = (body: EventBody): AccountId | undefined => {
  if ('accountId' in body) return body.accountId;
  if ('account' in body) return body.account.id;
  if ('session' in body) return body.session.accountId;
  if ('chat' in body) return body.chat.accountId;
  if ('message' in body) return body.message.accountId;
  if ('send' in body) return body.send.accountId;
  if ('gate' in body) return body.gate.accountId;
  if ('unread' in body) return body.unread.accountId;
  return undefined;
};

/** Whether a caller may hear of an event: one that is bound to accounts hears of those only. */
export const mayHear = ({ accountIds }: Pick<Caller, 'accountIds'>, { body }: ConsoleEvent): boolean => {
  if (accountIds === undefined) return true;
  return accountsOf(body)?.every((account) => accountIds.includes(account)) ?? false;
};

/** Topics are the beginnings of event types: `message`, `session.changed`; `*` means all. */
export const isAbout = (topics: readonly string[], type: string): boolean =>
  topics.some((topic) => topic === '*' || type === topic || type.startsWith(`${topic}.`));
