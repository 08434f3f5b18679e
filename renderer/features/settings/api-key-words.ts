import type { Account } from '../../../electron/contract/entities/account';
import type { ApiKey } from '../../../electron/contract/entities/api-key';
import type { AccountId } from '../../../electron/contract/ids';
import { formatRowTime } from '../../ui/format-time';

export type Right = ApiKey['scopes'][number];

/** The rights of a key, weakest first. */
export const rights: readonly { readonly right: Right; readonly title: string; readonly text: string }[] = [
  { right: 'read', title: 'Read', text: 'Chats, messages, states and live events.' },
  { right: 'send', title: 'Send', text: 'Messages, replies, marks as read.' },
  { right: 'control', title: 'Control', text: 'Start, stop and link accounts.' },
  { right: 'admin', title: 'Administer', text: 'Accounts, settings and keys.' },
];

/** "Read, send"; "All rights". */
export const rightsWords = ({ scopes }: Pick<ApiKey, 'scopes'>): string => {
  const held = rights.filter(({ right }) => scopes.includes(right));
  if (held.length === rights.length) return 'All rights';
  return held.map(({ title }, place) => (place === 0 ? title : title.toLowerCase())).join(', ');
};

/** "All accounts", or the names of those that it is bound to. */
export const accountsWords = (
  { accountIds }: Pick<ApiKey, 'accountIds'>,
  accounts: Readonly<Record<AccountId, Account>>,
): string => {
  if (accountIds === undefined) return 'All accounts';
  return accountIds.map((id) => accounts[id]?.label ?? `${id} (removed)`).join(', ');
};

/** "Never used", "Used 14:02". */
export const usedWords = ({ lastUsedAtMs }: Pick<ApiKey, 'lastUsedAtMs'>, nowMs: number): string =>
  lastUsedAtMs === undefined ? 'Never used' : `Used ${formatRowTime(lastUsedAtMs, nowMs)}`;

export const madeWords = ({ createdAtMs }: Pick<ApiKey, 'createdAtMs'>, nowMs: number): string =>
  `Made ${formatRowTime(createdAtMs, nowMs)}`;
