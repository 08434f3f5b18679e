import { mediaIdSchema } from '../../contract/entities/outgoing';
import { OperationError } from '../../contract/errors';
import type { sendOperations } from '../../contract/operations/sends';
import { bytesOfBase64 } from '../../domain/base64';
import { noSuchSend } from '../outbox/hand-actions';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createSendHandlers = (ports: HandlerPorts): HandlersOf<typeof sendOperations> => {
  const { accounts, store, stores, outbox, uploads, randomness } = ports;
  return {
    'sends.list': async ({ accountId, filter, chatId, cursor, limit }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const { sends, nextCursor } = await store.listSends({ accountId, filter, chatId, cursor, limit });
      return {
        sends: [...(await outbox.describe(accountId, sends))],
        ...(nextCursor === undefined ? {} : { nextCursor }),
      };
    },

    'sends.get': async ({ accountId, chatId, messageId }) => {
      const { label } = accounts.get(accountId);
      await stores.ensureOpen(accountId);
      const send = await store.findSend(accountId, chatId, messageId);
      const [described] = send === undefined ? [] : await outbox.describe(accountId, [send]);
      if (described === undefined) throw noSuchSend(label, { chatId, messageId });
      return { send: described };
    },

    'sends.cancel': async ({ accountId, chatId, messageId }) => {
      const account = accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { send: await outbox.cancel(account, chatId, messageId) };
    },

    'sends.resend': async ({ accountId, chatId, messageId }) => {
      const account = accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { send: await outbox.resend(account, chatId, messageId) };
    },

    'sends.dismiss': async ({ accountId, chatId, messageId }) => {
      const account = accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { send: await outbox.dismiss(account, chatId, messageId) };
    },

    'gates.get': async ({ accountId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      return { gate: await outbox.gate(accountId) };
    },

    'gates.pause': async ({ accountId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      await outbox.pause(accountId);
      return { gate: await outbox.gate(accountId) };
    },

    'gates.resume': async ({ accountId }) => {
      accounts.get(accountId);
      await stores.ensureOpen(accountId);
      await outbox.resumeGate(accountId);
      return { gate: await outbox.gate(accountId) };
    },

    'uploads.create': async ({ accountId, filename, mimetype, data, received, idempotencyKey }) => {
      const { label } = accounts.get(accountId);
      if ((data === undefined) === (received === undefined)) {
        throw new OperationError('VALIDATION_ERROR', `${label}: data is missing; give the bytes of the file.`);
      }
      const receivedId =
        received ?? (await uploads.receive(accountId, data === undefined ? [] : [bytesOfBase64(data)])).receivedId;
      const bytes = uploads.take(accountId, label, receivedId);
      try {
        const called =
          idempotencyKey === undefined ? { mediaId: mediaIdSchema.parse(randomness.hex(32)) } : { key: idempotencyKey };
        return { upload: await bytes.keep({ filename, mimetype }, called) };
      } finally {
        await bytes.discard();
      }
    },
  };
};
