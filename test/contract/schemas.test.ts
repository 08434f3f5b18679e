import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountLabelSchema } from '../../electron/contract/entities/account';
import { messageBodySchema } from '../../electron/contract/entities/outgoing';
import { OperationError, operationErrorSchema } from '../../electron/contract/errors';
import { eventSchema } from '../../electron/contract/events';
import { workerCommandSchema, workerFrameSchema, workerRequests } from '../../electron/contract/frames';
import { accountIdSchema, chatIdSchema, messageIdSchema } from '../../electron/contract/ids';

const hostileIds = [
  '',
  '.',
  '..',
  '../x',
  '..\\x',
  'a/b',
  'a\\b',
  '/etc/passwd',
  '%2e%2e',
  '%2F',
  'a\u0000',
  'CON:',
  'a b',
  'a\n',
  '~',
  '$HOME',
  '\u202Ea',
  'a\uFF0Fb',
  '\u0430bc',
  'x'.repeat(300),
  'a*',
  'a?',
  '"a"',
  "a'--",
  '{a}',
  '\u{1F600}',
];

describe('ids', () => {
  it.each(hostileIds)('of accounts are never %j', (id) => expect(accountIdSchema.safeParse(id).success).toBe(false));
  it.each(hostileIds)('of chats and messages never hold %j', (part) => {
    expect(chatIdSchema.safeParse(`${part}@c.us`).success).toBe(false);
    expect(messageIdSchema.safeParse(`${part}/x`).success).toBe(false);
  });

  it('of accounts have no twin that differs by case or by looking alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 70 }), (id) => {
        if (!accountIdSchema.safeParse(id).success) return;
        expect(id).toBe(id.toLowerCase());
        expect(id).toMatch(/^[\x21-\x7e]+$/);
        expect(id).not.toMatch(/[./\\]/);
      }),
    );
  });

  it('that WhatsApp has are taken', () => {
    for (const id of [
      '551140020022@c.us',
      '120363-1403@g.us',
      '98765432101234@lid',
      'status@broadcast',
      '1203@newsletter',
    ]) {
      expect(chatIdSchema.safeParse(id).success, id).toBe(true);
    }
    for (const id of ['3EB0ABCDEF0123456789AB', 'A.B-c']) {
      expect(messageIdSchema.safeParse(id).success, id).toBe(true);
    }
  });
});

describe('the text of an outgoing message', () => {
  it.each(['<b>x</b>', 'a\u202Eb', '👩‍👩‍👧‍👦', ' x ', 'a\r\nb', 'x'.repeat(65_536), '\u200Bx'])('may be %#', (body) => {
    expect(messageBodySchema.parse(body)).toBe(body);
  });
  it.each(['', ' \n\t', 'x\u0000', '\uD83D', 'x'.repeat(65_537)])('may not be %#', (body) => {
    expect(messageBodySchema.safeParse(body).success).toBe(false);
  });
});

describe('labels', () => {
  it.each(['Sales', '  Sales  ', '<script>', 'Ação 😀', 'x'.repeat(64)])(
    'keep %j as text, without outer spaces',
    (label) => {
      expect(accountLabelSchema.parse(label)).toBe(label.trim());
    },
  );
  it.each(['', '   ', 'x'.repeat(65), 'a\tb', 'a\u0000b', 'a\u2028b', '\uD83D', 'a\u202Eb', 'a\u2066b'])(
    'refuse %j',
    (label) => {
      expect(accountLabelSchema.safeParse(label).success).toBe(false);
    },
  );
});

describe('errors', () => {
  it('arrive on the other side of a process as they left', () => {
    const error = new OperationError('SEND_UNCONFIRMED', 'Sales: nobody knows.', {
      effect: 'unknown',
      retryAfterMs: 5,
      data: { chatId: 'x' },
    });
    const shape = operationErrorSchema.parse(structuredClone(error.toShape()));
    expect(OperationError.fromShape(shape).toShape()).toEqual(shape);
    expect(shape).toMatchObject({ category: 'upstream', effect: 'unknown' });
  });

  it('say that nothing happened unless told otherwise', () => {
    expect(new OperationError('CHAT_NOT_FOUND', 'x').toShape()).toEqual({
      code: 'CHAT_NOT_FOUND',
      category: 'not_found',
      message: 'x',
      effect: 'none',
    });
  });
});

describe('events and frames', () => {
  it('can be described as JSON Schema for other programs', () => {
    for (const schema of [eventSchema, workerFrameSchema, workerCommandSchema]) {
      const described = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'throw' });
      expect(JSON.stringify(described)).toContain('"additionalProperties":false');
    }
  });

  it('refuse what they do not know', () => {
    const event = { sequence: 1, atMs: 1, body: { type: 'account.removed', accountId: 'support' } };
    expect(eventSchema.safeParse(event).success).toBe(true);
    expect(eventSchema.safeParse({ ...event, sequence: 0 }).success).toBe(false);
    expect(eventSchema.safeParse({ ...event, body: { ...event.body, extra: 1 } }).success).toBe(false);
    expect(eventSchema.safeParse({ ...event, body: { type: 'account.exploded', accountId: 'support' } }).success).toBe(
      false,
    );
  });

  it('ask the worker with strict inputs only', () => {
    for (const [kind, { input }] of Object.entries(workerRequests)) {
      const issues = input.safeParse({ surelyNotAField: 1 }).error?.issues ?? [];
      expect(
        issues.map((issue) => issue.code),
        kind,
      ).toContain('unrecognized_keys');
    }
  });
});
