import type { OperationName, OperationOutput, ParsedInput } from '../../contract/registry';
import type { Caller } from '../caller';

/** Does one operation: receives parsed input, answers with the output that the contract promises, throws OperationErrors. */
export type Handler<Name extends OperationName> = (
  input: ParsedInput<Name>,
  caller: Caller,
) => OperationOutput<Name> | Promise<OperationOutput<Name>>;

/** One handler per operation, derived from the registry: a missing one is a compile error. */
export type Handlers = { readonly [Name in OperationName]: Handler<Name> };

/** The handlers of one file of the contract. */
export type HandlersOf<Operations> = { readonly [Name in keyof Operations & OperationName]: Handler<Name> };
