import { limits } from '../../contract/limits';
import type { Operation } from '../../contract/operation';
import { type OperationName, operationNames, registry } from '../../contract/registry';
import { withNormalIds } from './chat-ids';
import type { Route } from './route';

/** Bytes of an ordinary body: the longest message in UTF-8, escaped, and room around it. */
export const ordinaryBody = 1024 * 1024;
/** A file in base64 and room around it. */
export const mediaBody = Math.ceil(limits.mediaBytes / 3) * 4 + 64 * 1024;

const sendsMessages = (name: OperationName): boolean =>
  /^(messages|statuses)\.send/.test(name) || name === 'messages.forward' || name === 'sends.resend';

/** The route of one operation, as its `http` entry says. */
export const operationRoute = (name: OperationName): Route => {
  const operation: Operation = registry[name];
  const { method, path } = operation.http;
  const takesKey = 'idempotencyKey' in operation.input.shape;
  return {
    method,
    path,
    operation: name,
    title: operation.title,
    summary: operation.summary,
    scope: operation.scope,
    limit: sendsMessages(name) ? 'messaging' : name === 'accounts.create' ? 'creation' : 'other',
    status: operation.name.endsWith('.create') ? 201 : 200,
    input: operation.input,
    checkedByOperation: true,
    output: operation.output,
    bodyLimit: name === 'campaigns.plan' ? limits.campaignBytes : ordinaryBody,
    takesFile: false,
    async run(input, { call, account, idempotencyKey }) {
      const { accountId } = input;
      const data = await call(name, {
        ...withNormalIds(operation.input, input),
        ...(typeof accountId === 'string' ? { accountId: (await account(accountId)).id } : {}),
        ...(takesKey && idempotencyKey !== undefined ? { idempotencyKey } : {}),
      });
      return { data };
    },
  };
};

/** The routes of all operations but those that a surface of another kind serves better. */
export const operationRoutes = (): readonly Route[] => operationNames.map(operationRoute);
