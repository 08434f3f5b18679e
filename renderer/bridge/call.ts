import type { Envelope } from '../../electron/contract/operation';
import type { OperationInput, OperationName, OperationOutput } from '../../electron/contract/registry';
import { CallError } from './call-error';
import { windowApi } from './window-api';

/** Calls an operation: its output, or a thrown {@link CallError}. */
export type Call = <Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
) => Promise<OperationOutput<Name>>;

/** Calls an operation of main. Main has checked the output against the registry before it answers. */
export const call: Call = async <Name extends OperationName>(name: Name, input: OperationInput<Name>) => {
  const envelope = (await windowApi().invoke(name, input)) as Envelope<OperationOutput<Name>>;
  if (!envelope.ok) throw new CallError(envelope.error);
  return envelope.data;
};
