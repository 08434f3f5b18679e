import type { Caller } from '../../application/caller';
import type { ConsoleEvent, EventBody } from '../../contract/events';

/** The account that an event is about; undefined for what concerns the whole console. */
export const accountOf = (body: EventBody): string | undefined => {
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

/** Whether a caller may hear of it: one that is bound to accounts hears of those only. */
export const mayHear = ({ accountIds }: Caller, { body }: ConsoleEvent): boolean => {
  if (accountIds === undefined) return true;
  const account = accountOf(body);
  return account !== undefined && accountIds.some((own) => own === account);
};

/** Topics are the beginnings of event types: `message`, `session.changed`. None means all. */
export const isWanted = (topics: readonly string[], { body }: ConsoleEvent): boolean =>
  topics.length === 0 || topics.some((topic) => body.type === topic || body.type.startsWith(`${topic}.`));
