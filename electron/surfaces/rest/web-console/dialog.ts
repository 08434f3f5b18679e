import { button, element } from './element';

export interface DialogAction {
  readonly words: string;
  /** On the button while it is being done. */
  readonly busy: string;
  readonly look: 'primary' | 'danger';
  /** Closes the dialog when it resolves to true; a sentence stays in it. */
  run(): Promise<true | string>;
}

/** Asks for something on top of the page. Esc and Cancel close it, and the focus goes back to where it was. */
export const openDialog = (
  title: string,
  body: readonly (Node | string)[],
  action: DialogAction,
  cancel = 'Cancel',
): void => {
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const go = element('button', { type: 'submit', class: `button ${action.look}` }, action.words);
  const stay = button(cancel, () => dialog.close());
  let isRunning = false;
  const submit = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    go.textContent = action.busy;
    go.setAttribute('aria-disabled', 'true');
    problem.hidden = true;
    const outcome = await action.run();
    isRunning = false;
    go.textContent = action.words;
    go.removeAttribute('aria-disabled');
    if (outcome === true) return dialog.close();
    problem.textContent = outcome;
    problem.hidden = outcome === '';
  };
  const form = element(
    'form',
    {
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    element('h2', { id: 'dialog-title' }, title),
    ...body,
    problem,
    element('div', { class: 'actions' }, stay, go),
  );
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title' }, form);
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  // What takes back nothing has the focus where something would be lost.
  if (action.look === 'danger') stay.focus();
};
