import type { Caller } from '../../application/caller';
import type { Dispatch } from '../../application/dispatch';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/registry';
import { fromOperationError } from './rest-error';

/** Calls an operation in the name of who sent the request; throws its error as the dialect tells it. */
export type Call = <Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
) => Promise<OperationOutput<Name>>;

export const createCall =
  (dispatch: Dispatch, caller: Caller): Call =>
  async (name, input) => {
    const envelope = await dispatch(caller, name, input);
    if (envelope.ok) return envelope.data;
    throw fromOperationError(envelope.error);
  };
