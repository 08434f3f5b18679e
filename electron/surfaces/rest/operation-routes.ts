import { z } from 'zod';
import { chatIdSchema } from '../../contract/ids';
import { limits } from '../../contract/limits';
import type { Operation } from '../../contract/operation';
import { type OperationName, operationNames, registry } from '../../contract/registry';
import { normalChatId } from './chat-ids';
import type { Route } from './route';

/** Bytes of an ordinary body: the longest message in UTF-8, escaped, and room around it. */
export const ordinaryBody = 1024 * 1024;
/** A file in base64 and room around it. */
export const mediaBody = Math.ceil(limits.mediaBytes / 3) * 4 + 64 * 1024;

const sendsMessages = (name: OperationName): boolean =>
  /^(messages|statuses)\.send/.test(name) || name === 'sends.resend';

const isChatId = (schema: unknown): boolean =>
  schema === chatIdSchema || (schema instanceof z.ZodOptional && schema.unwrap() === chatIdSchema);

/** The fields that hold the id of a chat, a person or a group, which programs write in more than one way. */
const chatIdFields = ({ input }: Operation): readonly string[] =>
  Object.keys(input.shape).filter((field) => isChatId(input.shape[field]));

/** The route of one operation, as its `http` entry says. */
export const operationRoute = (name: OperationName): Route => {
  const operation: Operation = registry[name];
  const { method, path } = operation.http;
  const ids = chatIdFields(operation);
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
    bodyLimit: name === 'uploads.create' ? mediaBody : ordinaryBody,
    async run(input, { call, account, idempotencyKey }) {
      const { accountId } = input;
      const given = ids.filter((field) => input[field] !== undefined);
      const data = await call(name, {
        ...input,
        ...(typeof accountId === 'string' ? { accountId: (await account(accountId)).id } : {}),
        ...Object.fromEntries(given.map((field) => [field, normalChatId(input[field], field)])),
        ...(takesKey && idempotencyKey !== undefined ? { idempotencyKey } : {}),
      });
      return { data };
    },
  };
};

/** The routes of all operations but those that a surface of another kind serves better. */
export const operationRoutes = (): readonly Route[] => operationNames.map(operationRoute);
