import type { FastifyRequest } from 'fastify';
import type { Received } from '../../application/uploads';
import { OperationError } from '../../contract/errors';
import { limits } from '../../contract/limits';
import { RestError, restError } from './rest-error';

/** Bounds of a form: far above what a call has fields for. */
const formLimits = { fields: 30, files: 2, parts: 34, fieldNameSize: 100, fieldSize: 64 * 1024, headerPairs: 50 };
/** How long the rest of a refused body is read and dropped, so that its sender gets to read why; in ms. */
const lingerMs = 5_000;

/** The file of a form, on the disk and not yet with the account. */
export interface FormFile extends Received {
  readonly filename: string | undefined;
  readonly mimetype: string;
}

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: FormFile | undefined;
}

const refused = (message: string, status = 400, code = 'VALIDATION_ERROR'): RestError =>
  restError(status, code, message, { Connection: 'close' });

const tooLarge = (): RestError =>
  refused(`The file is larger than ${limits.mediaBytes / 1024 / 1024} MiB.`, 413, 'BODY_TOO_LARGE');

async function* bounded(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const bytes of file) {
    size += bytes.length;
    if (size > limits.mediaBytes) throw tooLarge();
    yield bytes;
  }
  if (size === 0) throw refused('The file is empty.');
}

const toRefusal = (error: unknown): Error => {
  if (error instanceof RestError || error instanceof OperationError) return error;
  const { statusCode, message } = error as { readonly statusCode?: number; readonly message?: string };
  if (statusCode === 413) return refused('The form has more fields than any call takes.', 413, 'BODY_TOO_LARGE');
  return refused(`The form cannot be read: ${message ?? 'it is not multipart/form-data'}.`);
};

const linger = ({ raw }: FastifyRequest): Promise<void> =>
  new Promise((resolve) => {
    if (raw.readableEnded || raw.destroyed) return resolve();
    const patience = setTimeout(resolve, lingerMs);
    const finish = (): void => {
      clearTimeout(patience);
      resolve();
    };
    raw.once('end', finish).once('close', finish).once('error', finish);
    // The parser lets go of it a moment later, which would hold it again.
    raw.unpipe();
    raw.resume();
  });

/**
 * Reads a form: at most one file, whose bytes go on as they come, and fields around it in any order. Throws a RestError in
 * words, or the OperationError of `receive`; nothing of the file is left then.
 */
export const readForm = async (
  request: FastifyRequest,
  receive: (bytes: AsyncIterable<Uint8Array>) => Promise<Received>,
  discard: (received: Received) => Promise<void>,
): Promise<Form> => {
  const fields: Record<string, string> = {};
  let file: FormFile | undefined;
  try {
    if (Number(request.headers['content-length'] ?? 0) > limits.mediaBytes + 1024 * 1024) throw tooLarge();
    const limitsOfForm = { ...formLimits, fileSize: limits.mediaBytes + 1 };
    for await (const part of request.parts({ limits: limitsOfForm })) {
      if (part.type === 'file') {
        if (file !== undefined) throw refused('The form holds more than one file; send one with each call.');
        file = { ...(await receive(bounded(part.file))), filename: part.filename, mimetype: part.mimetype };
      } else {
        if (typeof part.value !== 'string' || part.valueTruncated) {
          throw refused(`The field ${part.fieldname} of the form must be text of at most 64 KiB.`);
        }
        if (Object.hasOwn(fields, part.fieldname)) throw refused(`The form has the field ${part.fieldname} twice.`);
        fields[part.fieldname] = part.value;
      }
    }
    return { fields, file };
  } catch (error) {
    if (file !== undefined) await discard(file);
    await linger(request);
    throw toRefusal(error);
  }
};
