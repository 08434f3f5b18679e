import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedMessageSchema } from '../../../electron/contract/entities/message';
import { messageKeyOf, statusOfAck, translateMessage } from '../../../electron/worker/translate-message';

const ana = '551100000001@c.us';
/** Any sequence of UTF-16 code units, lone surrogates included. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
const team = '120363000000000001@g.us';
const wid = (serialized: string) => {
  const [user, server] = serialized.split('@');
  return { _serialized: serialized, user, server };
};
const raw = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: { fromMe: false, remote: ana, id: '3EB0AA' },
  type: 'chat',
  body: 'Good morning',
  t: 1_700_000_000,
  ...changes,
});

describe('message of the page', () => {
  it('becomes a message of the contract', () => {
    expect(translateMessage(raw(), 0)).toEqual({
      id: '3EB0AA',
      chatId: ana,
      fromMe: false,
      type: 'text',
      body: 'Good morning',
      timestampMs: 1_700_000_000_000,
    });
  });

  it('is the same message whether its ids are texts, objects or one serialized key', () => {
    const own = { ack: 1 };
    const expected = { id: '3EB0AA', chatId: ana, fromMe: true, status: 'sent' };
    for (const id of [
      { fromMe: true, remote: ana, id: '3EB0AA' },
      { fromMe: true, remote: wid(ana), id: '3EB0AA' },
      { fromMe: true, remote: { user: '551100000001', server: 'c.us' }, id: '3EB0AA', $1: `true_${ana}_3EB0AA` },
      `true_${ana}_3EB0AA`,
    ]) {
      expect(translateMessage(raw({ id, ...own }), 0)).toMatchObject(expected);
    }
  });

  it.each([
    [-1, 'failed'],
    [0, 'pending'],
    [1, 'sent'],
    [2, 'delivered'],
    [3, 'read'],
    [4, 'played'],
    [17, undefined],
    [undefined, undefined],
  ])('reads ack %s as %s', (ack, status) => {
    expect(statusOfAck(ack)).toBe(status);
  });

  it('has a status only when it is our own, and waits when WhatsApp says nothing', () => {
    const id = { fromMe: true, remote: ana, id: '3EB0AA' };
    expect(translateMessage(raw({ id }), 0)).toHaveProperty('status', 'pending');
    expect(translateMessage(raw({ ack: 3 }), 0)).not.toHaveProperty('status');
  });

  it('names who wrote in a group: by contact, by what they call themselves, by number, by id', () => {
    const id = { fromMe: false, remote: team, id: '3EB0AA', participant: wid(ana) };
    const author = wid(ana);
    expect(translateMessage(raw({ id, author, notifyName: 'ana' }), 0, { [ana]: 'Ana Prado' })?.author).toEqual({
      id: ana,
      name: 'Ana Prado',
    });
    expect(translateMessage(raw({ id, author: ana, notifyName: 'ana' }), 0)?.author).toEqual({ id: ana, name: 'ana' });
    expect(translateMessage(raw({ id, notifyName: ' ' }), 0)?.author).toEqual({ id: ana, name: '+551100000001' });
    expect(translateMessage(raw({ id: { ...id, participant: '77@lid' } }), 0)?.author).toEqual({
      id: '77@lid',
      name: '77@lid',
    });
    expect(translateMessage(raw({ id: { ...id, fromMe: true }, author }), 0)).not.toHaveProperty('author');
  });

  it('never takes the preview picture of media for text', () => {
    for (const type of ['image', 'video', 'sticker', 'document', 'audio', 'ptt']) {
      expect(translateMessage(raw({ type, body: '/9j/4AAQSkZJRg' }), 0)?.body).toBe('');
      expect(translateMessage(raw({ type, body: '/9j/4AAQSkZJRg', caption: 'The invoice' }), 0)?.body).toBe(
        'The invoice',
      );
    }
  });

  it.each(['e2e_notification', 'protocol', 'ciphertext', 'gp2', 'notification_template', 'call_log', undefined, 7])(
    'is not reported when its type is %s: nobody wrote it',
    (type) => {
      expect(translateMessage(raw({ type }), 0)).toBeUndefined();
    },
  );

  it('is shown as unsupported when WhatsApp has invented a new type', () => {
    expect(translateMessage(raw({ type: 'hologram' }), 0)).toMatchObject({ type: 'unsupported', body: '' });
    expect(translateMessage(raw({ type: 'constructor' }), 0)).toMatchObject({ type: 'unsupported' });
  });

  it('is the revoked message itself, not the notice about it, and keeps no text', () => {
    const notice = raw({
      type: 'revoked',
      id: { fromMe: false, remote: ana, id: '3EB0NOTICE' },
      protocolMessageKey: { fromMe: false, remote: ana, id: '3EB0AA' },
    });
    expect(translateMessage(notice, 0)).toMatchObject({ id: '3EB0AA', type: 'revoked', body: '' });
    expect(translateMessage(raw({ type: 'revoked' }), 0)).toMatchObject({ id: '3EB0AA', type: 'revoked', body: '' });
  });

  it('is no conversation when it is a status update or has no usable id', () => {
    expect(
      translateMessage(raw({ id: { fromMe: false, remote: 'status@broadcast', id: '3EB0AA' } }), 0),
    ).toBeUndefined();
    expect(translateMessage(raw({ id: { fromMe: false, remote: 'nobody', id: '3EB0AA' } }), 0)).toBeUndefined();
    expect(translateMessage(raw({ id: { fromMe: false, remote: ana } }), 0)).toBeUndefined();
    expect(messageKeyOf('maybe_551100000001@c.us_3EB0AA')).toBeUndefined();
  });

  it('takes the time of now when WhatsApp gives none', () => {
    expect(translateMessage(raw({ t: undefined }), 42)?.timestampMs).toBe(42);
    expect(translateMessage(raw({ t: Number.NaN }), 42)?.timestampMs).toBe(42);
  });

  it('keeps every well-formed text exactly and repairs lone surrogates', () => {
    const hostile = '<script>\u202Egnp.exe\u0000 👩‍👩‍👧 \uD83D';
    expect(translateMessage(raw({ body: hostile }), 0)?.body).toBe('<script>\u202Egnp.exe\u0000 👩‍👩‍👧 \uFFFD');
    fc.assert(
      fc.property(anyText, (body) => {
        expect(translateMessage(raw({ body }), 0)?.body).toBe(body.toWellFormed());
      }),
    );
  });

  it('never throws and only ever gives what the contract allows, whatever the page hands out', () => {
    const value = fc.oneof(fc.anything(), fc.constantFrom('chat', 'image', 'revoked', ana, team, 1, -1, true));
    const anyRaw = fc.record(
      {
        id: fc.oneof(fc.record({ fromMe: value, remote: value, id: value, participant: value }), value),
        type: value,
        body: value,
        caption: value,
        author: value,
        notifyName: value,
        t: value,
        ack: value,
        protocolMessageKey: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anyRaw, fc.anything()), (thing) => {
        const message = translateMessage(thing, 1);
        if (message !== undefined) expect(observedMessageSchema.safeParse(message).error).toBeUndefined();
      }),
    );
  });
});
