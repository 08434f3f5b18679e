import { z } from 'zod';
import type { RemoteFiles } from '../../application/ports/remote-files';
import type { AccountId } from '../../contract/ids';
import { type OperationName, registry } from '../../contract/registry';
import { withNormalIds } from './chat-ids';
import { fileFields, filesIn, type GivenFile, givenFile, mediaIdOf, uploadFields } from './given-file';
import { mediaBody, operationRoute } from './operation-routes';
import { restError } from './rest-error';
import type { Route, RouteContext } from './route';
import { dialectRoute, sessionIdSchema } from './session-routes';

/** Operations that take a file by its `mediaId`, and over HTTP also the file itself. */
const operationsWithFile = [
  'messages.sendMedia',
  'statuses.sendMedia',
  'profiles.setPicture',
  'groups.setPicture',
] as const satisfies readonly OperationName[];

const routeWithFile = (name: (typeof operationsWithFile)[number], files: RemoteFiles): Route => {
  const route = operationRoute(name);
  return {
    ...route,
    summary: `${route.summary} Takes the file in a form (multipart/form-data), as a data URI, from a web address, or by the mediaId of an upload.`,
    bodyLimit: mediaBody,
    takesFile: true,
    input: route.input.extend(fileFields),
    async run(input, context) {
      const { data, url, filename, ...rest } = input;
      // Without a file of its own the call is the operation's as it is, and so is what is wrong with it.
      if (data === undefined && url === undefined && context.file === undefined) return route.run(input, context);
      const { id } = await context.account(String(input['accountId']));
      // What is wrong with the other fields is said before a file is fetched and kept for nothing.
      const expected = { ...rest, accountId: id, mediaId: rest['mediaId'] ?? anyMediaId };
      const normal = withNormalIds(route.input, expected);
      if (!registry[name].input.safeParse(normal).success) return route.run(expected, context);
      const given = fileFieldsSchema.safeParse({ data, url, filename, mediaId: rest['mediaId'] });
      if (!given.success) {
        const [issue] = given.error.issues;
        throw restError(400, 'VALIDATION_ERROR', `${issue?.path.join('.') ?? 'The file'} ${issue?.message ?? ''}.`);
      }
      return route.run({ ...rest, mediaId: await mediaIdOf(files, context, id, given.data) }, context);
    },
  };
};
const fileFieldsSchema = z.strictObject(fileFields);
const anyMediaId = '0'.repeat(32);

const uploadOf = async (
  files: RemoteFiles,
  context: RouteContext,
  accountId: AccountId,
  input: Readonly<Record<string, unknown>>,
): Promise<GivenFile> => {
  const { data, filename, mimetype } = input;
  if (filesIn(input, context) === 1) {
    if (typeof data !== 'string' || data.startsWith('data:')) {
      const file = await givenFile(files, context, accountId, input);
      if (file !== undefined) return file;
    } else if (typeof filename === 'string' && typeof mimetype === 'string') return { data, filename, mimetype };
  }
  throw restError(
    400,
    'VALIDATION_ERROR',
    'Give one file: in a form (multipart/form-data), from a web address (url), or as data: a data URI, or base64 with filename and mimetype.',
  );
};

/** Handing over files: as a form, whose bytes go to the disk as they come, in JSON, or by their web address. */
export const uploadRoutes = (files: RemoteFiles): readonly Route[] => [
  dialectRoute({
    method: 'POST',
    path: '/sessions/:sessionId/uploads',
    operation: 'uploads.create',
    status: 201,
    bodyLimit: mediaBody,
    takesFile: true,
    input: z.strictObject({ sessionId: sessionIdSchema, ...uploadFields }),
    output: registry['uploads.create'].output,
    async run(input, context) {
      const { id } = await context.account(input['sessionId'] as string);
      const { idempotencyKey } = context;
      return {
        data: await context.call('uploads.create', {
          accountId: id,
          ...(await uploadOf(files, context, id, input)),
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        }),
      };
    },
  }),
  ...operationsWithFile.map((name) => routeWithFile(name, files)),
];
