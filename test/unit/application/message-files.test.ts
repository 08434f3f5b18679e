import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageWithMedia } from '../../../electron/contract/entities/message';
import { OperationError } from '../../../electron/contract/errors';
import { limits } from '../../../electron/contract/limits';
import { ana, anInbound, anOwn } from '../../fakes/entities';
import { createOutboxBench, type OutboxBench, support } from '../../fakes/outbox-bench';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import type { TestApplication } from '../../fakes/test-application';

let bench: OutboxBench;
let app: TestApplication;

beforeEach(async () => {
  bench = await createOutboxBench();
  ({ app } = bench);
  await bench.becomeReady();
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

interface Wanted {
  readonly messageId: string;
  readonly maxBytes: number;
}

/** How the page answers for a file; the wishes it heard, in order. */
const pageHas = (answer: (wanted: Wanted) => { readonly size: number }): Wanted[] => {
  const heard: Wanted[] = [];
  app.sessions.answers.look = (_account, { operation, input }) => {
    expect(operation).toBe('messages.getMedia');
    const wanted = input as unknown as Wanted;
    heard.push(wanted);
    return { result: { mimetype: 'image/png', data: 'AAAA', ...answer(wanted) } };
  };
  return heard;
};
const list = async (input: object = {}): Promise<readonly MessageWithMedia[]> => {
  const answer = await app.dispatch(app.caller, 'messages.listWithMedia', {
    accountId: support,
    chatId: ana,
    ...input,
  });
  if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error);
  return answer.data.messages;
};
const pictures = (count: number) =>
  app.store.saveMessages(
    support,
    Array.from({ length: count }, (_, index) =>
      anInbound(`P${index}`, { type: 'image', timestampMs: 1_000 * (index + 1) }),
    ),
  );
const missing = (messages: readonly MessageWithMedia[]) =>
  messages.flatMap(({ id, media }) => (media?.state === 'missing' ? [{ id, ...media }] : []));

describe('a page of messages with their files', () => {
  it('has the file beside each message that has one, asks for no other, and pages as the plain list', async () => {
    await app.store.saveMessages(support, [
      anInbound('A1', { timestampMs: 1_000 }),
      anInbound('A2', { type: 'image', body: 'a picture', timestampMs: 2_000 }),
      anOwn('A3', { type: 'document', timestampMs: 3_000, status: 'read' }),
      anInbound('A4', { type: 'revoked', timestampMs: 4_000 }),
      anInbound('A5', { type: 'poll', timestampMs: 5_000 }),
    ]);
    const heard = pageHas(() => ({ size: 3 }));
    const messages = await list();
    expect(messages.map(({ id, media }) => [id, media?.state])).toEqual([
      ['A1', undefined],
      ['A2', 'fetched'],
      ['A3', 'fetched'],
      ['A4', undefined],
      ['A5', undefined],
    ]);
    expect(messages[1]).toMatchObject({ body: 'a picture', media: { mimetype: 'image/png', size: 3, data: 'AAAA' } });
    expect(heard.map(({ messageId }) => messageId)).toEqual(['A3', 'A2']);
    expect((await list({ limit: 1, offset: 2 })).map(({ id }) => id)).toEqual(['A3']);
  });

  it('says for each message why its file is not there, by the account’s name, and gives the others', async () => {
    await pictures(3);
    pageHas(({ messageId }) => {
      if (messageId !== 'P1') return { size: 3 };
      throw new OperationError('MEDIA_NOT_FOUND', `WhatsApp no longer has the file of account ${support}.`);
    });
    const messages = await list();
    expect(messages.map(({ media }) => media?.state)).toEqual(['fetched', 'missing', 'fetched']);
    expect(missing(messages)).toEqual([
      {
        id: 'P1',
        state: 'missing',
        code: 'MEDIA_NOT_FOUND',
        problem: 'WhatsApp no longer has the file of account “Support”.',
      },
    ]);
  });

  it('gives the messages of an account that is not ready, and says so of each file', async () => {
    await pictures(2);
    app.sessions.answers.look = () => {
      throw new OperationError('SESSION_NOT_READY', 'Support is not ready: start it.');
    };
    const problems = missing(await list());
    expect(problems.map(({ id, code }) => [id, code])).toEqual([
      ['P0', 'SESSION_NOT_READY'],
      ['P1', 'SESSION_NOT_READY'],
    ]);
  });

  it('fetches so many files at most, the newest', async () => {
    await pictures(limits.mediaAtOnce + 2);
    const heard = pageHas(() => ({ size: 3 }));
    const messages = await list({ limit: limits.pageSize });
    expect(heard).toHaveLength(limits.mediaAtOnce);
    const problems = missing(messages);
    expect(problems.map(({ id, code }) => [id, code])).toEqual([
      ['P0', 'MEDIA_REFUSED'],
      ['P1', 'MEDIA_REFUSED'],
    ]);
    expect(problems[0]?.problem).toMatch(/P0.*account “Support”.*20 files at most.*messages\.getMedia/);
  });

  it('fetches so many bytes at most in all: each file may have what those before it have left', async () => {
    await pictures(4);
    const half = limits.mediaAtOnceBytes / 2;
    const sizes: Readonly<Record<string, number>> = { P3: half, P2: half + 1, P1: half, P0: 1 };
    const heard = pageHas(({ messageId, maxBytes }) => {
      const size = sizes[messageId] ?? 0;
      if (size > maxBytes) throw new OperationError('MEDIA_REFUSED', `it has ${size} bytes`);
      return { size };
    });
    const messages = await list();
    expect(heard.map(({ maxBytes }) => maxBytes)).toEqual([half * 2, half, half]);
    expect(messages.map(({ media }) => media?.state)).toEqual(['missing', 'fetched', 'missing', 'fetched']);
    expect(missing(messages)[0]?.problem).toContain('have filled the answer');
  });

  it('begins no further file when those before it took too long', async () => {
    await pictures(3);
    const heard = pageHas(() => {
      app.clock.advance(limits.mediaAtOnceMs / 2);
      return { size: 3 };
    });
    const messages = await list();
    expect(heard.map(({ messageId }) => messageId)).toEqual(['P2', 'P1']);
    expect(missing(messages)[0]).toMatchObject({ id: 'P0', problem: expect.stringContaining('took too long') });
  });

  it('of a chat that is not there is refused as a whole', async () => {
    await expect(list({ chatId: '551199999999@c.us' })).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
  });
});
