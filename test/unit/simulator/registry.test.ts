import { expect, test } from 'vitest';
import { define, definePartly, requireModule, requireWithout } from '../../../electron/simulator/page/core/registry';

interface Gap {
  (): void;
  readonly member: Gap & { readonly deeper: () => void };
}

test('a module is one object that may be changed by whoever requires it', () => {
  define('WATestOne', { answer: () => 1 });
  const first = requireModule('WATestOne') as { answer: () => number };
  first.answer = () => 2;
  expect((requireModule('WATestOne') as typeof first).answer()).toBe(2);
});

test('an unknown module is refused', () => {
  expect(() => requireModule('WANobodyKnows')).toThrow('WANobodyKnows');
});

test('what is not offered says so by name, however deep and however it is called', async () => {
  definePartly('WATestPart', {});
  const { gap } = requireModule('WATestPart') as { readonly gap: Gap };
  expect(() => gap.member()).toThrow('WATestPart.gap.member is not offered by the practice network yet');
  expect(() => gap.member.deeper()).toThrow('WATestPart.gap.member.deeper is not offered');
  expect(() => Reflect.construct(gap, [])).toThrow('WATestPart.gap is not offered');
  // Passing it through a promise must not call it.
  expect(await Promise.resolve(gap)).toBe(gap);
});

test('a module with gaps keeps what it has', () => {
  definePartly('WATestPartly', { known: () => 'yes', absent: undefined });
  const partly = requireModule('WATestPartly') as { known(): string; unknown(): void; absent: unknown };
  expect(partly.known()).toBe('yes');
  expect(partly.absent).toBeUndefined();
  expect(() => partly.unknown()).toThrow('WATestPartly.unknown is not offered');
});

test('a module that a build no longer has is unknown to whoever drives the page, and the page itself still has it', () => {
  define('WATestGone', { answer: () => 1 });
  const found = requireWithout(['WATestGone']);
  expect(() => found('WATestGone')).toThrow('Requiring unknown module "WATestGone"');
  expect(found('WATestOne')).toBe(requireModule('WATestOne'));
  expect((requireModule('WATestGone') as { answer: () => number }).answer()).toBe(1);
});
