import { expect, test } from 'vitest';
import { Collection } from '../../../electron/simulator/page/core/collection';
import { Model } from '../../../electron/simulator/page/core/model';
import { MsgKey } from '../../../electron/simulator/page/core/msg-key';
import { createWid } from '../../../electron/simulator/page/core/wid';

class Note extends Model {
  declare id: unknown;
  declare body: string;
  declare type: string;
}

test('attributes read and write like plain properties and are not own fields', () => {
  const note = new Note({ id: 'a', body: 'one' });
  note.body = 'two';
  expect(note.body).toBe('two');
  expect(Object.keys(note)).toEqual([]);
});

test('everything is set before anybody is told: each attribute with new and old value, then one change', () => {
  const note = new Note({ id: 'a', body: 'one', type: 'chat' });
  const told: unknown[] = [];
  note.on('change:body', (model: Note, next: unknown, before: unknown) => told.push([next, before, model.type]));
  note.on('change', () => told.push('change'));
  note.set({ body: '', type: 'revoked' });
  expect(told).toEqual([['', 'one', 'revoked'], 'change']);
});

test('setting what is there already tells nobody, equal ids included', () => {
  const note = new Note({ id: createWid('1234567@c.us'), body: 'one' });
  let told = 0;
  note.on('change', () => {
    told += 1;
  });
  note.set({ id: createWid('1234567@c.us'), body: 'one' });
  expect(told).toBe(0);
});

test('a serialised copy is fresh at every depth, has ids as objects and leaves functions out', () => {
  const inner = new Note({ id: 'inner', body: 'x' });
  const note = new Note({ id: createWid('1234567@c.us'), list: [{ a: 1 }], inner, call: () => 1 });
  const copy = note.serialize();
  expect(copy).toEqual({ id: createWid('1234567@c.us'), list: [{ a: 1 }], inner: { id: 'inner', body: 'x' } });
  (copy['list'] as { a: number }[])[0] = { a: 2 };
  delete copy['id'];
  expect(note.serialize()['list']).toEqual([{ a: 1 }]);
  expect(JSON.parse(JSON.stringify(note))).toEqual({
    id: '1234567@c.us',
    list: [{ a: 1 }],
    inner: { id: 'inner', body: 'x' },
  });
});

test('every collection that holds a model hears what the model tells', () => {
  const all = new Collection<Note>({ modelClass: Note });
  const some = new Collection<Note>({ modelClass: Note });
  const note = new Note({ id: 'a', body: 'one' });
  const heard: string[] = [];
  all.on('change:body', () => heard.push('all'));
  some.on('change:body', () => heard.push('some'));
  all.add(note);
  some.add(note);
  note.body = 'two';
  some.remove(note);
  note.body = 'three';
  expect(heard).toEqual(['all', 'some', 'all']);
});

test('a collection finds by text, id object and key, and adds each model once', () => {
  const notes = new Collection<Note>({ modelClass: Note });
  const key = new MsgKey({ to: '1234567@c.us', id: 'A', selfDir: 'out' });
  const added: unknown[] = [];
  notes.on('add', (model: Note) => added.push(model));
  const note = new Note({ id: key });
  notes.add(note);
  notes.add([note, new Note({ id: key })]);
  expect(added).toEqual([note]);
  expect([notes.get(key), notes.get(key.toString()), notes.get('other')]).toEqual([note, note, undefined]);
});

test('older models go in front in the order given, silently when asked', () => {
  const notes = new Collection<Note>({ modelClass: Note });
  let told = 0;
  notes.add(new Note({ id: '3' }));
  notes.on('add', () => {
    told += 1;
  });
  notes.add([new Note({ id: '1' }), new Note({ id: '2' })], { atStart: true, silent: true });
  expect(notes.map((note) => note.id)).toEqual(['1', '2', '3']);
  expect(told).toBe(0);
});

test('find loads what is not there, and rejects where nothing can be loaded', async () => {
  const loading = new Collection<Note>({ modelClass: Note, load: async (id) => new Note({ id }) });
  expect((await loading.find('new')).id).toBe('new');
  await expect(new Collection<Note>({ modelClass: Note }).find('new')).rejects.toThrow('not found');
});
