import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedChatSchema } from '../../../electron/contract/entities/chat';
import { translateChat, translateIdentity } from '../../../electron/worker/translate-chat';

const ana = '551100000001@c.us';
/** Any sequence of UTF-16 code units, lone surrogates included. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe('chat of the page', () => {
  it('becomes a chat of the contract', () => {
    const raw = { id: ana, name: 'Ana Prado', unreadCount: 2, t: 1_700_000_000, archived: false, pinned: true };
    expect(translateChat(raw)).toEqual({
      id: ana,
      kind: 'direct',
      name: 'Ana Prado',
      phone: '+551100000001',
      unreadCount: 2,
      lastActivityMs: 1_700_000_000_000,
      archived: false,
      pinned: true,
    });
  });

  it('is called by its name, else by what the person calls themselves, else by number, else by id', () => {
    const nameOf = (raw: Readonly<Record<string, unknown>>) => translateChat({ id: ana, ...raw })?.name;
    expect(nameOf({ name: ' Ana ', pushName: 'aninha' })).toBe('Ana');
    expect(nameOf({ name: '', pushName: 'aninha' })).toBe('aninha');
    expect(nameOf({})).toBe('+551100000001');
    expect(nameOf({ id: '77@lid' })).toBe('77');
  });

  it('shows the number of a @lid chat when WhatsApp knows it', () => {
    expect(translateChat({ id: '77@lid', phoneWid: ana })).toMatchObject({ kind: 'direct', phone: '+551100000001' });
    expect(translateChat({ id: '77@lid' })).not.toHaveProperty('phone');
    expect(translateChat({ id: '120363000000000001@g.us', phoneWid: ana })).not.toHaveProperty('phone');
  });

  it('waits for an answer when it was marked as unread by hand', () => {
    expect(translateChat({ id: ana, unreadCount: -1 })?.unreadCount).toBe(1);
  });

  it.each([
    ['120363000000000001@g.us', 'group'],
    ['12@newsletter', 'channel'],
    ['12@broadcast', 'broadcast'],
    ['1@lid', 'direct'],
  ])('with id %s is a %s', (id, kind) => {
    expect(translateChat({ id })?.kind).toBe(kind);
  });

  it('is left out when it is the status feed or has no usable id', () => {
    expect([translateChat({ id: 'status@broadcast' }), translateChat({ id: 'x' }), translateChat(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    [0, undefined],
    [undefined, undefined],
    ['1', undefined],
    [-1, {}],
    [1_795_000_000, { untilMs: 1_795_000_000_000 }],
  ])('is silent as WhatsApp’s %s says', (muteExpiration, muted) => {
    expect(translateChat({ id: ana, muteExpiration })?.muted).toEqual(muted);
  });

  it('never throws and only ever gives what the contract allows', () => {
    const anyRaw = fc.record({
      id: fc.oneof(fc.constantFrom(ana, '77@lid', '1@g.us'), fc.anything()),
      name: fc.oneof(anyText, fc.anything()),
      phoneWid: fc.anything(),
      unreadCount: fc.oneof(fc.double(), fc.anything()),
      t: fc.oneof(fc.double({ min: -1e10, max: 1e10 }), fc.anything()),
      archived: fc.anything(),
      pinned: fc.anything(),
      muteExpiration: fc.oneof(fc.double(), fc.maxSafeInteger(), fc.anything()),
    });
    fc.assert(
      fc.property(fc.oneof(anyRaw, fc.anything()), (thing) => {
        const chat = translateChat(thing);
        if (chat !== undefined) expect(observedChatSchema.safeParse(chat).error).toBeUndefined();
      }),
    );
  });
});

describe('identity of the phone', () => {
  it('is read from an id with or without a device number', () => {
    expect(translateIdentity({ _serialized: '551140020022:7@c.us' }, 'Sales')).toEqual({
      wid: '551140020022:7@c.us',
      phone: '+551140020022',
      pushName: 'Sales',
    });
    expect(translateIdentity(undefined, undefined)).toEqual({ wid: '', phone: '', pushName: '' });
  });
});
