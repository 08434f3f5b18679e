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

/** A field with its label, a hint, and what is wrong with it. */
export interface TextField {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  value(): string;
  complain(problem: string | undefined): void;
}

let fields = 0;

export const textField = (label: string, attributes: Attributes = {}, hint?: string): TextField => {
  fields += 1;
  const id = `field-${fields}`;
  const problem = element('p', { class: 'problem', id: `${id}-problem`, role: 'alert', hidden: true });
  const input = element('input', { id, class: 'input', autocomplete: 'off', spellcheck: 'false', ...attributes });
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
