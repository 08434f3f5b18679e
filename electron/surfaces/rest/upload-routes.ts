import { z } from 'zod';
import { registry } from '../../contract/registry';
import { filenameFor, mimetypeFor } from './media-types';
import type { FormFile } from './multipart';
import { mediaBody } from './operation-routes';
import { restError } from './rest-error';
import type { Route, RouteContext } from './route';
import { dialectRoute, sessionIdSchema } from './session-routes';

const { filename, mimetype, data } = registry['uploads.create'].input.shape;

/** The file of the form as `uploads.create` takes it; fields of the form go before what the file says of itself. */
export const fromForm = (
  { receivedId, ...file }: FormFile,
  given: { readonly filename?: unknown; readonly mimetype?: unknown },
): { readonly received: string; readonly filename: string; readonly mimetype: string } => {
  const name = typeof given.filename === 'string' ? given.filename : file.filename;
  const type = typeof given.mimetype === 'string' ? given.mimetype : mimetypeFor(file.mimetype, name);
  return { received: receivedId, filename: name ?? filenameFor(type), mimetype: type };
};

const given = (input: Readonly<Record<string, unknown>>, { file }: RouteContext) => {
  const isJson = input['data'] !== undefined;
  if (file !== undefined && !isJson) return fromForm(file, input);
  if (file !== undefined || !isJson || input['filename'] === undefined || input['mimetype'] === undefined) {
    throw restError(
      400,
      'VALIDATION_ERROR',
      'Give one file: in a form (multipart/form-data), or as data in base64 with filename and mimetype.',
    );
  }
  return {
    filename: input['filename'] as string,
    mimetype: input['mimetype'] as string,
    data: input['data'] as string,
  };
};

/** Handing over files: as a form, whose bytes go to the disk as they come, or in JSON. */
export const uploadRoutes: readonly Route[] = [
  dialectRoute({
    method: 'POST',
    path: '/sessions/:sessionId/uploads',
    operation: 'uploads.create',
    status: 201,
    bodyLimit: mediaBody,
    takesFile: true,
    input: z.strictObject({
      sessionId: sessionIdSchema,
      filename: filename.optional(),
      mimetype: mimetype.optional(),
      data,
    }),
    output: registry['uploads.create'].output,
    async run(input, context) {
      const { id } = await context.account(input['sessionId'] as string);
      const { idempotencyKey } = context;
      return {
        data: await context.call('uploads.create', {
          accountId: id,
          ...given(input, context),
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        }),
      };
    },
  }),
];
