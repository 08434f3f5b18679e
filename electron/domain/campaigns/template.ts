/** A place in a template that takes a variable. */
interface Place {
  readonly variable: string;
  /** Stands in for a variable that is missing or blank; undefined: there must be one. */
  readonly fallback: string | undefined;
}

/** A text with places for variables, as it was read once. */
export interface Template {
  readonly parts: readonly (string | Place)[];
}

export type ReadTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: string };

/** Names as columns of a table have them. */
const variableName = /^[\p{L}\p{N}_][\p{L}\p{N}_.\- ]{0,63}$/u;

/**
 * Reads `{{name}}` and `{{name|what to say without one}}`. `problem` follows the field's name in a sentence. Single braces and a
 * lone `}}` are text.
 */
export const readTemplate = (text: string): ReadTemplate => {
  const parts: (string | Place)[] = [];
  let rest = text;
  for (let opens = rest.indexOf('{{'); opens >= 0; opens = rest.indexOf('{{')) {
    const closes = rest.indexOf('}}', opens);
    if (closes < 0) return { ok: false, problem: 'has a {{ without its }}' };
    const [name = '', ...fallback] = rest.slice(opens + 2, closes).split('|');
    if (!variableName.test(name.trim())) {
      const problem = 'has {{…}} around something that is no name of a variable (letters, digits, blanks, _ . -)';
      return { ok: false, problem };
    }
    parts.push(rest.slice(0, opens), {
      variable: name.trim(),
      fallback: fallback.length === 0 ? undefined : fallback.join('|'),
    });
    rest = rest.slice(closes + 2);
  }
  return { ok: true, template: { parts: [...parts, rest] } };
};

export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly missing: readonly string[] };

/** What one person gets. A blank variable counts as missing: “Hello ,” is never meant. */
export const renderTemplate = ({ parts }: Template, variables: Readonly<Record<string, string>>): Rendered => {
  const missing = new Set<string>();
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const given = Object.hasOwn(variables, part.variable) ? variables[part.variable] : undefined;
    if (given !== undefined && given.trim() !== '') return given;
    if (part.fallback === undefined) missing.add(part.variable);
    return part.fallback ?? '';
  });
  return missing.size === 0 ? { ok: true, text: texts.join('') } : { ok: false, missing: [...missing] };
};
