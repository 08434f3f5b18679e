import { afterEach, expect, test, vi } from 'vitest';
import { Emitter } from '../../../electron/simulator/page/core/emitter';

afterEach(() => vi.unstubAllGlobals());

test('several names in one subscription are each heard', () => {
  const emitter = new Emitter();
  const heard: unknown[] = [];
  emitter.on('change:body change:caption', (value: unknown) => heard.push(value));
  emitter.trigger('change:body', 1);
  emitter.trigger('change:caption', 2);
  expect(heard).toEqual([1, 2]);
});

test('a listener that throws keeps nobody else from hearing, and the page reports it', () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const emitter = new Emitter();
  const heard: string[] = [];
  emitter.on('add', () => {
    throw new Error('broken');
  });
  emitter.on('add', () => heard.push('second'));
  emitter.trigger('add');
  expect(heard).toEqual(['second']);
  expect(String(reported.mock.calls[0]?.[0])).toContain('broken');
});

test('a listener that removes itself while it runs skips nobody', () => {
  const emitter = new Emitter();
  const heard: string[] = [];
  const first = () => {
    heard.push('first');
    emitter.off('x', first);
  };
  emitter.on('x', first);
  emitter.on('x', () => heard.push('second'));
  emitter.trigger('x');
  emitter.trigger('x');
  expect(heard).toEqual(['first', 'second', 'second']);
});

test('once is called once', () => {
  const emitter = new Emitter();
  const listener = vi.fn();
  emitter.once('x', listener);
  emitter.trigger('x', 'a', 'b');
  emitter.trigger('x');
  expect(listener.mock.calls).toEqual([['a', 'b']]);
});
