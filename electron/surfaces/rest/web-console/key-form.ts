import { type Api, ApiError, createApi, messageOf } from './api';
import { element, textField } from './element';

/** Asks for a key and tries it. `opened` gets the calls that it opens, and the key itself. */
export const keyForm = (opened: (api: Api, key: string) => void, said: string | undefined): HTMLElement => {
  const field = textField('API key', { type: 'password', name: 'key', autocomplete: 'off', maxlength: '200' });
  const go = element('button', { type: 'submit', class: 'button primary' }, 'Open the console');
  let isAsking = false;
  const open = async (): Promise<void> => {
    const key = field.value();
    if (isAsking) return;
    if (!/^[\x21-\x7e]+$/.test(key)) {
      field.complain(key === '' ? 'Type the key first.' : 'A key has no spaces and only plain letters.');
      return field.input.focus();
    }
    isAsking = true;
    go.textContent = 'Opening';
    try {
      const api = createApi(key);
      await api.get('/accounts');
      return opened(api, key);
    } catch (thrown) {
      const isWeak = thrown instanceof ApiError && thrown.status === 403;
      field.complain(isWeak ? `This key may not look at the sessions. ${thrown.message}` : messageOf(thrown));
      field.input.focus();
      field.input.select();
    }
    isAsking = false;
    go.textContent = 'Open the console';
  };
  if (said !== undefined) field.complain(said);
  return element(
    'main',
    { class: 'gate' },
    element(
      'form',
      {
        class: 'card gate-card',
        novalidate: true,
        submit: (event) => {
          event.preventDefault();
          void open();
        },
      },
      element('h1', {}, 'Switchboard'),
      element('p', { class: 'quiet' }, 'The web console of the API at this address.'),
      field.root,
      element(
        'p',
        { class: 'hint' },
        'Keys are made in the Switchboard window: Settings, Keys for programs. A server prints its first one. The key stays in this tab and is gone when the tab closes.',
      ),
      element(
        'div',
        { class: 'gate-actions' },
        go,
        element('a', { class: 'link', href: '/api-docs' }, 'All calls of the API'),
      ),
    ),
  );
};
