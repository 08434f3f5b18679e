import { z } from 'zod';
import type { RemoteFiles } from '../../application/ports/remote-files';
import { mediaIdSchema } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import { limits } from '../../contract/limits';
import { type OperationInput, registry } from '../../contract/registry';
import { filenameFor, mimetypeFor } from './media-types';
import type { FormFile } from './multipart';
import { fromOperationError, restError } from './rest-error';
import type { RouteContext } from './route';

const { filename, mimetype } = registry['uploads.create'].input.shape;

/** The ways in which a call can be given its file beside a form. */
export const fileFields = {
  /** A data URI in base64. */
  data: z.string().optional(),
  url: z
    .url({ protocol: /^https?$/, error: 'must be a web address that starts with https:// or http://' })
    .max(2_000)
    .optional(),
  mediaId: mediaIdSchema.optional(),
  filename: filename.optional(),
};

/** The same for an upload, which says itself what the file is where its bytes do not; `data` may also be plain base64. */
export const uploadFields = {
  data: fileFields.data,
  url: fileFields.url,
  filename: fileFields.filename,
  mimetype: mimetype.optional(),
};

/** Of a file that is handed over, what `uploads.create` takes. */
export type GivenFile = Pick<OperationInput<'uploads.create'>, 'data' | 'received' | 'filename' | 'mimetype'>;

interface Named {
  readonly filename?: unknown;
  readonly mimetype?: unknown;
}

const textOr = (given: unknown, otherwise: string): string => (typeof given === 'string' ? given : otherwise);

const fromForm = ({ receivedId, ...file }: FormFile, given: Named): GivenFile => {
  const name = typeof given.filename === 'string' ? given.filename : file.filename;
  const type = textOr(given.mimetype, mimetypeFor(file.mimetype, name));
  return { received: receivedId, filename: name ?? filenameFor(type), mimetype: type };
};

const fromDataUri = (uri: string, given: Named): GivenFile => {
  const match = /^data:([^,;]+(?:;[a-z0-9-]+=[^,;]+)*);base64,([\s\S]*)$/i.exec(uri);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw restError(400, 'VALIDATION_ERROR', 'data must be a data URI in base64, such as data:image/png;base64,….');
  }
  const type = textOr(given.mimetype, match[1]);
  return { mimetype: type, data: match[2], filename: textOr(given.filename, filenameFor(type)) };
};

const fromUrl = async (
  files: RemoteFiles,
  { receive }: RouteContext,
  accountId: AccountId,
  url: string,
  given: Named,
): Promise<GivenFile> => {
  try {
    const file = await files.fetch(url, limits.mediaBytes);
    const { receivedId } = await receive(accountId, [file.bytes]);
    const type = textOr(given.mimetype, file.mediaType ?? 'application/octet-stream');
    return {
      mimetype: type,
      filename: textOr(given.filename, file.filename ?? filenameFor(type)),
      received: receivedId,
    };
  } catch (error) {
    if (error instanceof OperationError) throw fromOperationError(error.toShape());
    throw error;
  }
};

/** The one file of a call: in its form, as a data URI, or behind a web address. Undefined when `given` holds none of them. */
export const givenFile = async (
  files: RemoteFiles,
  context: RouteContext,
  accountId: AccountId,
  given: Readonly<Record<string, unknown>>,
): Promise<GivenFile | undefined> => {
  const { data, url } = given;
  if (context.file !== undefined) return fromForm(context.file, given);
  if (typeof data === 'string') return fromDataUri(data, given);
  return typeof url === 'string' ? fromUrl(files, context, accountId, url, given) : undefined;
};

/** How many files a call is given. */
export const filesIn = (given: Readonly<Record<string, unknown>>, { file }: RouteContext): number =>
  [given['data'], given['url'], given['mediaId'], file].filter((one) => one !== undefined).length;

/** The file of a call as one that is with the account. Throws for none and for more than one. */
export const mediaIdOf = async (
  files: RemoteFiles,
  context: RouteContext,
  accountId: AccountId,
  given: Readonly<Record<string, unknown>>,
): Promise<string> => {
  if (filesIn(given, context) !== 1) {
    throw restError(
      400,
      'VALIDATION_ERROR',
      'Exactly one of data, url and mediaId must be given, or one file in a form.',
    );
  }
  const { mediaId } = given;
  const file = await givenFile(files, context, accountId, given);
  if (file === undefined) return mediaId as string;
  const { idempotencyKey } = context;
  // Under the same key the same file has the same id: so a repeated call is known as one.
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  return (await context.call('uploads.create', { accountId, ...file, ...key })).upload.mediaId;
};
