import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const conformance = join(root, 'test/conformance');

const coverage = () => {
  const text = readFileSync(join(root, 'docs/simulator.md'), 'utf8');
  return text.slice(text.indexOf('## Coverage'), text.indexOf('## How it is built'));
};

const rows = () =>
  coverage()
    .split('\n')
    .flatMap((line) => {
      const [, member, , tests] = /^\| (.*) \| (.*) \| (.*?) \|$/.exec(line) ?? [];
      return member === undefined || tests === undefined || tests === 'Test' ? [] : [{ member, tests }];
    });

/** What programs work with; the other interfaces are options and parts of these. */
const INTERFACES = [
  ...['ClientInfo', 'GroupNotification', 'Message', 'PollVote', 'Label', 'Broadcast', 'Contact', 'BusinessContact'],
  ...['Chat', 'Channel', 'GroupChat', 'Call', 'Product', 'Order', 'Payment'],
];

/** The classes of the library with their members, as its types have them. */
function* publicMembers(): Generator<readonly [name: string, member: string]> {
  const types = readFileSync(join(root, 'node_modules/whatsapp-web.js/index.d.ts'), 'utf8').replace(
    /\/\*[\s\S]*?\*\//g,
    '',
  );
  for (const match of types.matchAll(/export (?:abstract )?(class|interface) (\w+)[^{]*\{/g)) {
    const [head, kind, name = ''] = match;
    if (kind === 'interface' && !INTERFACES.includes(name)) continue;
    let depth = 1;
    let end = match.index + head.length;
    for (; depth > 0; end += 1) depth += { '{': 1, '}': -1 }[types[end] ?? '}'] ?? 0;
    const body = types.slice(match.index + head.length, end);
    const members = body.matchAll(/^ {8}(?:(?:public|private|readonly|static|get|abstract) )*(\w+)\s*[(?:<]/gm);
    for (const [, member = ''] of members) if (member !== 'constructor') yield [name, member];
  }
}

test('every row of the coverage table names tests that there are', () => {
  const sources = readdirSync(conformance)
    .map((file) => readFileSync(join(conformance, file), 'utf8'))
    .join('\n')
    .replaceAll('`', '');
  const isTest = (name: string) => sources.includes(name);
  const unknown = rows().filter(({ tests }) => {
    const names = tests
      .replaceAll('`', '')
      .replace(/(^|; )([a-z-]+): /g, (all, before: string, file: string) =>
        existsSync(join(conformance, `${file}.test.ts`)) ? before : all,
      );
    // A dash: why not is in the second column; a name may have a semicolon of its own.
    return names !== '–' && !names.startsWith('see ') && !isTest(names) && !names.split('; ').every(isTest);
  });
  expect(rows().length).toBeGreaterThan(150);
  expect(unknown).toEqual([]);
});

test('every public member of the library is in the coverage table', () => {
  const text = coverage();
  const missing = [...publicMembers()].filter(([, member]) => !new RegExp(`\\b${member}\\b`).test(text));
  expect(missing.map(([name, member]) => `${name}.${member}`)).toEqual([]);
  expect([...publicMembers()].length).toBeGreaterThan(300);
});
