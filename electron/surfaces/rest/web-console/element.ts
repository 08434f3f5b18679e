type Child = Node | string | undefined;
type Handler = (event: Event) => void;
/** Texts become attributes, `true` an attribute without a value, functions listeners. */
type Attributes = Readonly<Record<string, string | boolean | Handler | undefined>>;

/** One element with what belongs to it. Text is always text: nothing that a person wrote can become markup. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
};

const setAttribute = (on: HTMLElement, name: string, value: Attributes[string]): void => {
  if (typeof value === 'function') on.addEventListener(name, value);
  else if (value === true) on.setAttribute(name, '');
  else if (typeof value === 'string') on.setAttribute(name, value);
};

/** Writes only what changed: a text under the person's selection stays as it is. */
export const setText = (on: Node, text: string): void => {
  if (on.textContent !== text) on.textContent = text;
};

export const setHidden = (on: HTMLElement, hidden: boolean): void => {
  if (on.hidden !== hidden) on.hidden = hidden;
};

/** A button that does one thing. */
export const button = (words: string, press: Handler, attributes: Attributes = {}): HTMLButtonElement =>
  element('button', { type: 'button', class: 'button', click: press, ...attributes }, words);

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field with its label, a hint, and what is wrong with it. */
export interface Field<Kind extends Control> {
  readonly root: HTMLElement;
  readonly input: Kind;
  value(): string;
  complain(problem: string | undefined): void;
}
export type TextField = Field<HTMLInputElement>;

let fields = 0;

const field = <Kind extends Control>(label: string, input: Kind, hint?: string): Field<Kind> => {
  fields += 1;
  const id = `field-${fields}`;
  input.id = id;
  const problem = element('p', { class: 'problem', id: `${id}-problem`, role: 'alert', hidden: true });
  const hintLine = hint === undefined ? undefined : element('p', { class: 'hint', id: `${id}-hint` }, hint);
  input.setAttribute('aria-describedby', hintLine === undefined ? problem.id : `${hintLine.id} ${problem.id}`);
  const complain = (words: string | undefined): void => {
    setText(problem, words ?? '');
    setHidden(problem, words === undefined);
    if (words === undefined) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  };
  input.addEventListener('input', () => complain(undefined));
  return {
    root: element('div', { class: 'field' }, element('label', { for: id }, label), input, hintLine, problem),
    input,
    value: () => input.value.trim(),
    complain,
  };
};

const plainText = { class: 'input', autocomplete: 'off', spellcheck: 'false' } as const;

export const textField = (label: string, attributes: Attributes = {}, hint?: string): TextField =>
  field(label, element('input', { ...plainText, ...attributes }), hint);

/** A field for several lines. */
export const linesField = (label: string, attributes: Attributes = {}, hint?: string): Field<HTMLTextAreaElement> =>
  field(label, element('textarea', { ...plainText, ...attributes }), hint);

/** A choice of one, by what is sent and what the person reads; the first is chosen. */
export const choiceField = (
  label: string,
  choices: Readonly<Record<string, string>>,
  hint?: string,
): Field<HTMLSelectElement> => {
  const options = Object.entries(choices).map(([value, words]) => element('option', { value }, words));
  return field(label, element('select', { class: 'input' }, ...options), hint);
};

/** Yes or no, with what it means. */
export const checkbox = (label: string, hint: string, checked: boolean) => {
  const input = element('input', { type: 'checkbox' });
  input.checked = checked;
  const words = element('span', {}, element('b', {}, label), element('span', { class: 'hint' }, hint));
  return { root: element('label', { class: 'check' }, input, words), input };
};
