import type { Operation } from '../contract/operation';

type ParseInput = Operation['input']['safeParse'];
/** What a schema of the contract finds wrong. */
type SchemaIssue = NonNullable<ReturnType<ParseInput>['error']>['issues'][number];
type SchemaWords = NonNullable<NonNullable<Parameters<ParseInput>[1]>['error']>;

export interface InputIssue {
  /** Field names joined by dots; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  object: 'must be an object with named fields',
  array: 'must be a list',
};

/** Names of entries come from outside: short, and without what could dress up the sentence. */
const plainName = (name: string): string => name.replace(/[^\p{L}\p{N}_. -]/gu, '?').slice(0, 80);
/** The same for names of unknown fields, in quotes. */
const quotedName = (name: string): string => `"${name.replace(/[^\p{L}\p{N}_.-]/gu, '?').slice(0, 40)}"`;

const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

const amount = (issue: { readonly origin: string }, bound: number | bigint): string => {
  const [one, many] = counted[issue.origin] ?? ['', ''];
  return `${bound} ${bound === 1 ? one : many}`.trimEnd();
};

const has = (issue: { readonly origin: string }): string => (issue.origin in counted ? 'have ' : 'be ');

/**
 * Plain words for what zod finds wrong, used wherever a schema has no words of its own. They follow the field's name in the
 * sentence and never hold the value.
 */
export const issueWords: SchemaWords = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : (typeWords[issue.expected] ?? 'has the wrong type');
    case 'too_big':
      return `must ${has(issue)}at most ${amount(issue, issue.maximum)}`;
    case 'too_small':
      return `must ${has(issue)}at least ${amount(issue, issue.minimum)}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `has fields that are not known here: ${issue.keys.slice(0, 5).map(quotedName).join(', ')}`;
    case 'invalid_key':
      return `(its name) ${issue.issues[0]?.message ?? 'is not valid'}`;
    case 'invalid_format':
      return 'does not have the right form';
    default:
      return 'is not valid';
  }
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );

/** `idempotencyKey` → `idempotency key` */
const fieldWords = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the input'
    : path.map((key) => plainName(String(key)).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(' › ');

const sizeOf = (issue: SchemaIssue, rawInput: unknown): string => {
  const value = issue.code === 'too_big' ? valueAt(rawInput, issue.path) : undefined;
  return typeof value === 'string' || Array.isArray(value) ? ` (it has ${value.length})` : '';
};

/**
 * A value that fits none of several forms: what is wrong with it in the form that it comes nearest to. A complaint about the
 * value as a whole means another form; one about a field means this form.
 */
const opened = (issue: SchemaIssue): readonly SchemaIssue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const nearest = issue.errors.find(
    (form) => form.length > 0 && form.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  if (nearest === undefined) return [issue];
  return nearest.flatMap((inner) => opened({ ...inner, path: [...issue.path, ...inner.path] }));
};

/** The issues as data, and the sentence for a person without whom it concerns. */
export const describeIssues = (
  found: readonly SchemaIssue[],
  rawInput: unknown,
): { readonly sentence: string; readonly issues: readonly InputIssue[] } => {
  const issues = found.flatMap(opened);
  // One complaint per field: an empty label need not also hear that it is not one line of text.
  const first = issues.filter(
    (issue, index) => issues.findIndex((other) => other.path.join('.') === issue.path.join('.')) === index,
  );
  const words = first.map((issue) => `${fieldWords(issue.path)} ${issue.message}${sizeOf(issue, rawInput)}`);
  const more = words.length > 3 ? `; and ${words.length - 3} more` : '';
  return {
    sentence: words.slice(0, 3).join('; ') + more,
    issues: issues.map((issue) => ({
      path: issue.path.map((key) => plainName(String(key))).join('.'),
      message: `${issue.message}${sizeOf(issue, rawInput)}`,
    })),
  };
};
