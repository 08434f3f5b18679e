import type { AnsweredOperation } from '../../contract/operations/page-answers';
import { pageAnswers } from '../../contract/operations/page-answers';
import { type PageOperationName, type PageOperations, pageOperations } from '../../contract/operations/page-operations';
import { createPageRequests, type PageInput } from '../page-requests';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

type Derived = Omit<PageOperations, AnsweredOperation>;

/** Handlers of what only the account's page can do and where its answer is the operation's: the account must be ready. */
export const createPageHandlers = (ports: HandlerPorts): HandlersOf<Derived> => {
  const { ask } = createPageRequests(ports);
  const names = (Object.keys(pageOperations) as unknown as readonly PageOperationName[]).filter(
    (name) => !Object.hasOwn(pageAnswers, name),
  );
  // The worker answers through the same types, and dispatch checks every answer against the operation's own schema.
  return Object.fromEntries(
    names.map((name) => [name, (input: PageInput) => ask(name, input)]),
  ) as unknown as HandlersOf<Derived>;
};
