import { messageBodySchema } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId, ChatId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import type { ParsedInput } from '../../contract/registry';
import { readContact } from '../../domain/campaigns/contact';
import { spreadRows } from '../../domain/campaigns/spread-rows';
import { readTemplate, renderTemplate, type Template } from '../../domain/campaigns/template';
import { phoneOfChat } from '../../domain/chat-identity';
import { doNotContact } from '../outbox/opt-out-list';
import type { NewCampaignRow } from '../ports/campaign-store';
import type { CampaignPorts } from './campaign-ports';

export type PlanRequest = ParsedInput<'campaigns.plan'>;

/** Chats that one question to the store is about. */
const chatsAtATime = limits.pageSize;
/** Problems that an answer names one by one, and those of its sentence. */
const namedProblems = 100;
const spokenProblems = 3;

interface Problem {
  /** As the input has it, from 0. */
  readonly path: string;
  /** With the row, from 1. */
  readonly words: string;
  readonly message: string;
}

interface ReadRow {
  readonly chatId: ChatId;
  readonly text: string;
}

/** Who knows a person, and how the person is known. */
interface Acquaintance {
  readonly accountId: AccountId;
  readonly lastActivityMs: number;
  readonly phone: string | undefined;
}

const refused = (name: string, problems: readonly Problem[]): OperationError => {
  const spoken = problems.slice(0, spokenProblems).map(({ words }) => words);
  const more = problems.length > spoken.length ? `; and ${problems.length - spoken.length} more` : '';
  const issues = problems.slice(0, namedProblems).map(({ path, message }) => ({ path, message }));
  return new OperationError('VALIDATION_ERROR', `“${name}”: ${spoken.join('; ')}${more}. Nothing was planned.`, {
    data: { issues, problems: problems.length },
  });
};

const readRow = (
  { contact, variables, accountId }: PlanRequest['recipients'][number],
  index: number,
  template: Template,
  accountIds: readonly AccountId[],
): ReadRow | readonly Problem[] => {
  const problem = (field: string, message: string): Problem => ({
    path: `recipients.${index}.${field}`,
    words: `row ${index + 1} ${field} ${message}`,
    message,
  });
  const problems: Problem[] = [];
  const read = readContact(contact);
  if (!read.ok) problems.push(problem('contact', read.problem));
  if (accountId !== undefined && !accountIds.includes(accountId)) {
    problems.push(problem('accountId', 'must be one of the campaign’s accountIds'));
  }
  const rendered = renderTemplate(template, variables);
  if (!rendered.ok) {
    for (const name of rendered.missing) problems.push(problem(`variables.${name}`, 'is missing or blank'));
  } else {
    const [issue] = messageBodySchema.safeParse(rendered.text).error?.issues ?? [];
    if (issue !== undefined) problems.push(problem('text', `${issue.message} (it has ${rendered.text.length})`));
    else if (read.ok && problems.length === 0) return { chatId: read.chatId, text: rendered.text };
  }
  return problems;
};

/** What every row says and to whom, or why the plan is refused, all rows at once. */
const readRows = ({ name, text, recipients, accountIds }: PlanRequest): readonly ReadRow[] => {
  const read = readTemplate(text);
  if (!read.ok) {
    throw new OperationError('VALIDATION_ERROR', `“${name}”: text ${read.problem}. Nothing was planned.`, {
      data: { issues: [{ path: 'text', message: read.problem }] },
    });
  }
  const rows: ReadRow[] = [];
  const problems: Problem[] = [];
  let length = 0;
  for (const [index, recipient] of recipients.entries()) {
    const row = readRow(recipient, index, read.template, accountIds);
    if ('chatId' in row) {
      rows.push(row);
      length += row.text.length;
    } else problems.push(...row);
  }
  if (problems.length > 0) throw refused(name, problems);
  if (length > limits.campaignTextLength) {
    const message = `must have at most ${limits.campaignTextLength} characters for all recipients together (it has ${length}); plan several campaigns`;
    throw refused(name, [{ path: 'text', words: `text ${message}`, message }]);
  }
  return rows;
};

/** Makes the rows of a campaign as they are from then on. */
export type PlanRows = (request: PlanRequest) => Promise<readonly NewCampaignRow[]>;

export const createPlanRows = ({ messages, accounts, stores, optOuts }: CampaignPorts): PlanRows => {
  /** By chat, for those that any of the accounts has; the account in which something happened last. */
  const acquaintances = async (
    accountIds: readonly AccountId[],
    chatIds: readonly ChatId[],
  ): Promise<ReadonlyMap<ChatId, Acquaintance>> => {
    const found = new Map<ChatId, Acquaintance>();
    for (const accountId of accountIds) {
      for (let from = 0; from < chatIds.length; from += chatsAtATime) {
        const { chats } = await messages.listChats({
          accountIds: [accountId],
          filter: 'all',
          chatIds: chatIds.slice(from, from + chatsAtATime),
          cursor: undefined,
          limit: chatsAtATime,
        });
        for (const { id, lastActivityMs, phone } of chats) {
          const known = found.get(id);
          if (known !== undefined && known.lastActivityMs >= lastActivityMs) continue;
          found.set(id, { accountId, lastActivityMs, phone: phone ?? known?.phone });
        }
      }
    }
    return found;
  };

  return async (request) => {
    const { accountIds, recipients } = request;
    const labels = new Map(accountIds.map((id) => [id, accounts.get(id).label]));
    const rows = readRows(request);
    for (const accountId of accountIds) await stores.ensureOpen(accountId);
    const chatIds = [...new Set(rows.map(({ chatId }) => chatId))];
    // One account needs no choice; a hidden id may be somebody whose number is on the list, too.
    const asked = accountIds.length > 1 ? chatIds : chatIds.filter((id) => id.endsWith('@lid'));
    const known = await acquaintances(accountIds, asked);
    const writers = spreadRows(
      rows.map(({ chatId }, index) => ({
        given: recipients[index]?.accountId,
        acquainted: known.get(chatId)?.accountId,
      })),
      accountIds,
    );

    const firstRows = new Map<string, number>();
    const planned: NewCampaignRow[] = [];
    for (const [index, { chatId, text }] of rows.entries()) {
      const row = index + 1;
      const accountId = writers[index];
      const contact = recipients[index]?.contact;
      if (accountId === undefined || contact === undefined) throw new Error('a row of a campaign has no account');
      const person = phoneOfChat(chatId) ?? known.get(chatId)?.phone ?? chatId;
      const firstRow = firstRows.get(person);
      firstRows.set(person, firstRow ?? row);
      const optedOut = firstRow === undefined ? await optOuts.find(accountId, chatId) : undefined;
      const problem =
        firstRow !== undefined
          ? `The same contact as row ${firstRow}.`
          : optedOut === undefined
            ? undefined
            : doNotContact(labels.get(accountId) ?? accountId, optedOut).message;
      planned.push({ row, accountId, contact, chatId, text, ...(problem === undefined ? {} : { problem }) });
    }
    return planned;
  };
};
