import type { ConsoleEvent, EventBody } from '../contract/events';
import type { AccountId } from '../contract/ids';
import type { Caller } from './caller';

/** The account that an event is about; undefined for what concerns the whole console. */
export const accountOf = (body: EventBody): AccountId | undefined => {
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
  const account = accountOf(body);
  return account !== undefined && accountIds.includes(account);
};

/** Topics are the beginnings of event types: `message`, `session.changed`; `*` means all. */
export const isAbout = (topics: readonly string[], type: string): boolean =>
  topics.some((topic) => topic === '*' || type === topic || type.startsWith(`${topic}.`));
