import { mediaIdSchema } from '../../contract/entities/outgoing';
import type { AccountId } from '../../contract/ids';
import type { Operation } from '../../contract/operation';
import { type PageOperationName, pageOperations } from '../../contract/operations/page-operations';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

type PageInput = { readonly accountId: AccountId } & Readonly<Record<string, unknown>>;

/** Handlers of everything that only the account's page can do: the account must be ready, and its page answers. */
export const createPageHandlers = ({
  accounts,
  sessions,
  files,
  media,
}: HandlerPorts): HandlersOf<typeof pageOperations> => {
  const fileOf = async (accountId: AccountId, label: string, given: unknown) => {
    if (given === undefined) return {};
    const mediaId = mediaIdSchema.parse(given);
    const { mimetype, filename } = await files.get(accountId, label, mediaId);
    return { file: { path: media.pathOf(accountId, mediaId), mimetype, filename } };
  };

  const handle = async (name: PageOperationName, { accountId, ...input }: PageInput): Promise<unknown> => {
    const { label } = accounts.get(accountId);
    const { effect }: Operation = pageOperations[name];
    const file = await fileOf(accountId, label, input['mediaId']);
    // An account that is asleep refuses this time and is awake for the next.
    sessions.wake(accountId);
    const { result } = await sessions.request(accountId, effect === 'read' ? 'look' : 'act', {
      operation: name,
      input,
      ...file,
    });
    return result;
  };

  const names = Object.keys(pageOperations) as unknown as readonly PageOperationName[];
  // The worker answers through the same types, and dispatch checks every answer against the operation's own schema.
  return Object.fromEntries(
    names.map((name) => [name, (input: PageInput) => handle(name, input)]),
  ) as unknown as HandlersOf<typeof pageOperations>;
};
