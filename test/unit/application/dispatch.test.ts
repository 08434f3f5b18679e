import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/application/caller';
import { createDispatch } from '../../../electron/application/dispatch';
import type { Handlers } from '../../../electron/application/handlers/handler-types';
import { OperationError, operationErrorSchema } from '../../../electron/contract/errors';
import { registry } from '../../../electron/contract/registry';
import { accountId, anAccount, ana, anInbound, anObservedChat } from '../../fakes/entities';
import { createManualClock } from '../../fakes/manual-clock';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders } from '../../fakes/temporary-folder';
import { createTestApplication, type TestApplication } from '../../fakes/test-application';

let app: TestApplication;
beforeEach(async () => {
  app = await createTestApplication({ accounts: [anAccount('sales', { label: 'Sales' })] });
});
afterEach(() => {
  app.closeStore();
  removeTemporaryFolders();
});

const failure = async (name: string, input: unknown, caller: Caller = app.caller) => {
  const envelope = await app.dispatch(caller, name, input);
  if (envelope.ok) throw new Error(`${name} was expected to fail`);
  expect(operationErrorSchema.safeParse(envelope.error).success).toBe(true);
  return envelope.error;
};

describe('a call with wrong input', () => {
  it.each([
    ['accounts.update', { label: 'x'.repeat(10_240) }, 'Sales: label must have at most 64 characters (it has 10240)'],
    ['accounts.update', { label: '   ' }, 'Sales: label must not be empty'],
    ['accounts.update', { label: 'a\nb' }, 'Sales: label must be one line of text without control characters'],
    ['accounts.update', { label: 'a\u202Eb' }, 'Sales: label must not contain text direction overrides'],
    ['accounts.update', { label: 7 }, 'Sales: label must be text'],
    ['accounts.update', { color: 10 }, 'Sales: color must be at most 9'],
    ['accounts.update', { color: 1.5 }, 'Sales: color must be a whole number'],
    ['accounts.update', { nickname: 'x' }, 'Sales: the input has fields that are not known here: "nickname"'],
    ['messages.send', { chatId: ana }, 'Sales: body is missing'],
    ['messages.send', { chatId: ana, body: '' }, 'Sales: body must not be empty'],
    [
      'messages.send',
      { chatId: ana, body: 'half \uD83D' },
      'Sales: body contains half of a character (a lone surrogate), which WhatsApp cannot carry',
    ],
    [
      'messages.send',
      { chatId: ana, body: 'a\u0000b' },
      'Sales: body contains a NUL character, which WhatsApp cannot carry',
    ],
    [
      'messages.send',
      { chatId: ana, body: 'x'.repeat(1_048_576) },
      "Sales: body must have at most 65536 characters, WhatsApp's limit for one message (it has 1048576)",
    ],
    [
      'messages.send',
      { chatId: '../../etc/passwd', body: 'x' },
      'Sales: chat id must look like 551140020022@c.us or 1203630@g.us',
    ],
    [
      'messages.send',
      { chatId: ana, body: 'x', idempotencyKey: '' },
      'Sales: idempotency key must have at least 1 character',
    ],
    ['chats.list', { filter: 'mine' }, 'Sales: filter must be one of all, unread, groups'],
    ['chats.list', { limit: 'many' }, 'Sales: limit must be a number'],
    ['chats.list', { limit: 1_000 }, 'Sales: limit must be at most 200'],
  ])('%s %# says in words what is wrong with which field of which account', async (name, input, message) => {
    const error = await failure(name, { accountId: 'sales', ...input });
    expect(error).toMatchObject({ code: 'VALIDATION_ERROR', category: 'invalid_input', effect: 'none', message });
  });

  it('names the operation where there is no account to name', async () => {
    expect((await failure('accounts.create', { label: 'x'.repeat(10_240), network: 'practice' })).message).toBe(
      'Add an account: label must have at most 64 characters (it has 10240)',
    );
    expect((await failure('sessions.get', { accountId: '../sales' })).message).toBe(
      'Read a session: account id must be 1 to 64 of a-z, 0-9, _ and -',
    );
  });

  it.each([null, 'text', 7, [], () => 1, Symbol('x')])('refuses an input that is %o', async (input) => {
    expect((await failure('accounts.list', input)).message).toBe(
      'List accounts: the input must be an object with named fields',
    );
  });

  it('lists the issues as data and never repeats the value', async () => {
    const error = await failure('accounts.update', { accountId: 'sales', label: 'secret\u0007label', color: 99 });
    expect(error.data).toEqual({
      operation: 'accounts.update',
      issues: [
        { path: 'label', message: 'must be one line of text without control characters' },
        { path: 'color', message: 'must be at most 9' },
      ],
    });
    expect(JSON.stringify([error, app.lines])).not.toContain('secret');
  });

  it('shortens and cleans the names of unknown fields', async () => {
    const { message } = await failure('accounts.list', { [`<b>\u202E${'x'.repeat(500)}`]: 1 });
    expect(message).toBe(`List accounts: the input has fields that are not known here: "?b??${'x'.repeat(36)}"`);
  });
});

describe('a call', () => {
  it('of an operation that does not exist is refused without repeating its name', async () => {
    for (const name of ['nothing.here', '__proto__', 'constructor', 'toString', '']) {
      const error = await failure(name, {});
      expect(error).toMatchObject({ code: 'OPERATION_NOT_FOUND', category: 'not_found' });
      expect(app.lines.at(-1)?.fields['operation']).toBe('unknown');
    }
  });

  it('writes one line with a correlation id, name, duration and code, and no input', async () => {
    app.lines.length = 0;
    await app.dispatch(app.caller, 'accounts.update', { accountId: 'sales', label: 'Sales Brazil' });
    await failure('sessions.qr', { accountId: 'sales' });
    expect(app.lines).toMatchObject([
      { level: 'info', fields: { operation: 'accounts.update', code: 'OK', durationMs: 0, caller: 'window' } },
      { level: 'warn', fields: { operation: 'sessions.qr', code: 'QR_NOT_AVAILABLE' } },
    ]);
    const ids = app.lines.map((line) => line.fields['correlationId']);
    expect(new Set(ids).size).toBe(2);
    expect(JSON.stringify(app.lines)).not.toContain('Brazil');
  });

  it('names the account by its label, whoever below it failed', async () => {
    app.sessions.screenshot = async () => {
      throw new OperationError('SESSION_TIMEOUT', 'Account sales gave no picture.', { retryAfterMs: 500 });
    };
    const error = await failure('sessions.screenshot', { accountId: 'sales' });
    expect(error).toMatchObject({ message: 'Account “Sales” gave no picture.', retryAfterMs: 500 });
  });

  it('is refused without the scope, before its input is looked at', async () => {
    const reader: Caller = { kind: 'api', name: 'reporting key', scopes: ['read'] };
    const error = await failure('accounts.create', 'not even an object', reader);
    expect(error).toMatchObject({ code: 'FORBIDDEN', category: 'forbidden', effect: 'none' });
    expect((await app.dispatch(reader, 'accounts.list', {})).ok).toBe(true);
  });

  it('of a caller with accounts of its own is answered with those where it names none', async () => {
    await app.dispatch(app.caller, 'accounts.create', { id: 'shop', label: 'Shop', network: 'practice' });
    const caller: Caller = { kind: 'api', name: 'key', scopes: ['read'], accountIds: [accountId('shop')] };
    expect(await app.dispatch(caller, 'accounts.list', {})).toMatchObject({ data: { accounts: [{ id: 'shop' }] } });
    expect(await app.dispatch(caller, 'sessions.list', {})).toMatchObject({
      data: { sessions: [{ accountId: 'shop' }] },
    });
    await app.store.upsertChats(accountId('sales'), [anObservedChat()]);
    expect(await app.dispatch(caller, 'chats.list', {})).toEqual({ ok: true, data: { chats: [] } });
    await app.store.upsertChats(accountId('shop'), [anObservedChat()]);
    expect(await app.dispatch(caller, 'chats.list', {})).toMatchObject({ data: { chats: [{ accountId: 'shop' }] } });
    // Bulk sends name several accounts, or none but their own: campaign-plans.test.ts looks at who may touch which.
    const narrowed = Object.values(registry).flatMap(({ name, ...rest }) => ('narrowed' in rest ? [name] : []));
    expect(narrowed.filter((name) => !name.startsWith('campaigns.'))).toEqual([
      'accounts.list',
      'sessions.list',
      'chats.list',
      'chats.find',
      'messages.search',
      'drafts.list',
      'snapshots.get',
      'clocks.wait',
    ]);
  });

  it('of a caller with accounts of its own searches those only, also from where another search ended', async () => {
    await app.dispatch(app.caller, 'accounts.create', { id: 'shop', label: 'Shop', network: 'practice' });
    for (const id of ['sales', 'shop']) {
      await app.store.open(accountId(id));
      const messages = [1, 2].map((count) =>
        anInbound(`${id}${count}`, { body: 'secret chair', timestampMs: count * 1_000 }),
      );
      await app.store.saveMessages(accountId(id), messages);
    }
    const caller: Caller = { kind: 'api', name: 'key', scopes: ['read'], accountIds: [accountId('shop')] };
    const found = async (who: Caller, input: object = {}) => {
      const answer = await app.dispatch(who, 'messages.search', { query: 'chair', ...input });
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.data;
    };
    const idsOf = ({ messages }: Awaited<ReturnType<typeof found>>) => messages.map(({ id }) => id);
    expect(idsOf(await found(app.caller))).toEqual(['sales2', 'shop2', 'sales1', 'shop1']);
    expect(idsOf(await found(caller))).toEqual(['shop2', 'shop1']);
    const { nextCursor } = await found(app.caller, { limit: 1 });
    expect(idsOf(await found(caller, { cursor: nextCursor }))).toEqual(['shop2', 'shop1']);
    expect((await failure('messages.search', { query: 'chair', accountId: 'sales' }, caller)).code).toBe('FORBIDDEN');
  });

  it('of a caller with accounts of its own finds chats of those only', async () => {
    await app.dispatch(app.caller, 'accounts.create', { id: 'shop', label: 'Shop', network: 'practice' });
    for (const id of ['sales', 'shop']) {
      await app.store.open(accountId(id));
      await app.store.upsertChats(accountId(id), [anObservedChat()]);
    }
    const caller: Caller = { kind: 'api', name: 'key', scopes: ['read'], accountIds: [accountId('shop')] };
    const found = async (who: Caller) => {
      const answer = await app.dispatch(who, 'chats.find', { query: 'ana' });
      return answer.ok ? answer.data.chats.map((chat) => chat.accountId) : answer.error;
    };
    expect(await found(app.caller)).toEqual(['sales', 'shop']);
    expect(await found(caller)).toEqual(['shop']);
    expect((await failure('chats.find', { query: 'ana', accountId: 'sales' }, caller)).code).toBe('FORBIDDEN');
  });

  it('of a caller with accounts of its own reaches no other account, and no other list over all', async () => {
    const caller: Caller = { kind: 'api', name: 'key', scopes: ['read'], accountIds: [accountId('sales')] };
    expect((await app.dispatch(caller, 'sessions.get', { accountId: 'sales' })).ok).toBe(true);
    for (const [name, input] of [
      ['sessions.get', { accountId: 'support' }],
      ['settings.get', {}],
      ['events.list', { after: 0 }],
      ['sessions.get', Object.create({ accountId: 'sales' })],
    ] as const) {
      expect((await failure(name, input, caller)).code).toBe('FORBIDDEN');
    }
  });

  it('names an account that does not exist', async () => {
    expect(await failure('sessions.get', { accountId: 'nobody' })).toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
      message: expect.stringContaining('nobody'),
    });
  });

  it('puts the label in place of the id in what the store says', async () => {
    const error = await failure('messages.list', { accountId: 'sales', chatId: ana });
    expect(error).toMatchObject({ code: 'CHAT_NOT_FOUND', message: `Sales: there is no chat ${ana}` });
  });
});

describe('a handler’s own mistake', () => {
  const dispatchWith = (changes: Partial<Handlers>) => {
    const { log, lines } = createMemoryLog();
    const unused = () => {
      throw new Error('not part of this test');
    };
    const handlers = new Proxy(changes, { get: (target, name) => Reflect.get(target, name) ?? unused }) as Handlers;
    const dispatch = createDispatch({
      handlers,
      log,
      clock: createManualClock(0),
      labelOf: () => undefined,
      newCorrelationId: () => 'c1',
    });
    return { dispatch, lines };
  };

  it('is an INTERNAL_ERROR that gives nothing away, and is in the log', async () => {
    const { dispatch, lines } = dispatchWith({
      'settings.get': () => {
        throw new TypeError('secret path /home/ana');
      },
    });
    const envelope = await dispatch(app.caller, 'settings.get', {});
    expect(envelope).toMatchObject({ ok: false, error: { code: 'INTERNAL_ERROR', effect: 'none' } });
    expect(JSON.stringify(envelope)).not.toContain('secret');
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('leaves it open whether a write happened', async () => {
    const { dispatch } = dispatchWith({});
    expect(await dispatch(app.caller, 'settings.update', {})).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL_ERROR', effect: 'unknown' },
    });
  });

  it('of answering with something else than promised never reaches the caller', async () => {
    const { dispatch, lines } = dispatchWith({
      'settings.get': () => ({
        settings: {
          theme: 'dark',
          enterSends: true,
          listWidth: 5,
          proxyTestUrl: '',
          api: { enabled: false, port: 8_080 },
          secret: 1,
        },
      }),
    });
    const envelope = await dispatch(app.caller, 'settings.get', {});
    expect(envelope).toMatchObject({ ok: false, error: { code: 'INTERNAL_ERROR' } });
    expect(lines.some((line) => line.level === 'error' && JSON.stringify(line).includes('settings.listWidth'))).toBe(
      true,
    );
  });
});
