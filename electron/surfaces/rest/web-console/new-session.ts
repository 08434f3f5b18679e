import { type Api, messageOf } from './api';
import { openDialog } from './dialog';
import { element, textField } from './element';

const checkbox = (label: string, hint: string, checked: boolean) => {
  const input = element('input', { type: 'checkbox' });
  input.checked = checked;
  const root = element(
    'label',
    { class: 'check' },
    input,
    element('span', {}, element('b', {}, label), element('span', { class: 'hint' }, hint)),
  );
  return { root, input };
};

/** Asks for the id of a new session and, for those who want, how it runs; then shows it. */
export const openNewSession = (api: Api): void => {
  const id = textField(
    'Session id',
    { name: 'session', placeholder: 'shop', maxlength: '64', autocapitalize: 'none' },
    'Letters, digits, _ and -. Programs call it by this name.',
  );
  const proxy = textField(
    'Proxy',
    { placeholder: 'socks5h://proxy.example:1080', dir: 'ltr' },
    'Empty: it goes out directly.',
  );
  const user = textField('Proxy user', { name: 'proxy-user' });
  const password = textField('Proxy password', { type: 'password', name: 'proxy-password', autocomplete: 'off' });
  const chrome = checkbox(
    'Installed browser',
    'Runs in Chrome, Chromium or Edge of that computer instead of the built-in one.',
    false,
  );
  const restart = checkbox('Restart after a crash', 'With growing pauses.', true);
  const seconds = textField('A start may take, in seconds', { inputmode: 'numeric', value: '60' });

  for (const one of [proxy, seconds]) one.root.classList.add('wide');
  const body = (): Readonly<Record<string, unknown>> => ({
    sessionId: id.value(),
    waitForQR: false,
    config: {
      useChrome: chrome.input.checked,
      restartOnCrash: restart.input.checked,
      authTimeout: Number(seconds.value()),
      ...(proxy.value() === ''
        ? {}
        : {
            proxyServerCredentials: {
              address: proxy.value(),
              ...(user.value() === '' ? {} : { username: user.value() }),
              ...(password.input.value === '' ? {} : { password: password.input.value }),
            },
          }),
    },
  });

  const settings = element(
    'details',
    {},
    element('summary', {}, 'How it runs'),
    element('div', { class: 'fields' }, proxy.root, user.root, password.root, seconds.root, restart.root, chrome.root),
  );
  openDialog('New session', [id.root, settings], {
    words: 'Make and start',
    busy: 'Making',
    look: 'primary',
    async run() {
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id.value())) {
        id.complain('Use 1 to 64 letters, digits, _ and -.');
        id.input.focus();
        return '';
      }
      if (!/^\d{2,3}$/.test(seconds.value()) || Number(seconds.value()) < 10 || Number(seconds.value()) > 600) {
        settings.open = true;
        seconds.complain('Type 10 to 600.');
        seconds.input.focus();
        return '';
      }
      try {
        await api.post('/sessions', body());
      } catch (thrown) {
        return messageOf(thrown);
      }
      location.hash = `/${id.value().toLowerCase()}`;
      return true;
    },
  });
  id.input.focus();
};
