import { expect, test } from 'vitest';
import { MsgKey } from '../../../electron/simulator/page/core/msg-key';
import { createWid, Wid } from '../../../electron/simulator/page/core/wid';

test('ids are accepted in every form that the library hands over', () => {
  for (const form of ['4915112345678@c.us', '4915112345678@s.whatsapp.net', '4915112345678', '4915112345678:3@c.us']) {
    expect(createWid(form)._serialized).toBe('4915112345678@c.us');
  }
  expect(createWid({ _serialized: '12036304@g.us' }).isGroup()).toBe(true);
  expect(createWid('status@broadcast').isStatus()).toBe(true);
  expect(createWid('1234@lid').isLid()).toBe(true);
});

test('nonsense is refused as an id', () => {
  for (const nonsense of ['', 'abc', 'a b@c.us', '1@nowhere', '1@c.us@g.us', undefined, 7, {}]) {
    expect(() => createWid(nonsense)).toThrow('wid error');
  }
});

test('an id is an object with own fields for evaluate and a string for events', () => {
  const wid = new Wid('4915112345678', 'c.us');
  expect(Object.keys(wid).sort()).toEqual(['_serialized', 'server', 'user']);
  expect(JSON.stringify({ from: wid })).toBe('{"from":"4915112345678@c.us"}');
  expect(wid.toJid()).toBe('4915112345678@s.whatsapp.net');
});

test('a message key is written as direction, chat, id and writer, and reads back the same', () => {
  const own = new MsgKey({ from: '1234567@c.us', to: '7654321@c.us', id: '3EB0AA', selfDir: 'out' });
  expect(own.toString()).toBe('true_7654321@c.us_3EB0AA');
  const group = new MsgKey({ fromMe: false, remote: '120363@g.us', id: 'ABC', participant: '7654321@c.us' });
  expect(group.toString()).toBe('false_120363@g.us_ABC_7654321@c.us');
  for (const key of [own, group]) expect(MsgKey.fromString(key.toString())).toEqual(key);
  expect(() => MsgKey.fromString('true_x')).toThrow('msgkey error');
});

test('the fields of a message key are own fields, a writer only where there is one', () => {
  const own = new MsgKey({ to: '7654321@c.us', id: 'A', selfDir: 'out' });
  expect(Object.keys(own).sort()).toEqual(['_serialized', 'fromMe', 'id', 'remote']);
});

test('ids made here look like those of a web device', async () => {
  const id = await MsgKey.newId();
  expect(id).toMatch(/^3EB0[0-9A-F]{18}$/);
  expect(await MsgKey.newId()).not.toBe(id);
});
