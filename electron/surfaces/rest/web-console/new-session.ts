import { type Api, messageOf } from './api';
import { openDialog } from './dialog';
import { checkbox, choiceField, element, linesField, type TextField, textField } from './element';

/** A number of seconds with its bounds, which are those of the API. */
const secondsField = (label: string, usual: number, least: number, most: number) => {
  const field = textField(label, { inputmode: 'numeric', value: String(usual) }, `${least} to ${most}.`);
  const isGood = (): boolean => {
    const good = /^\d{1,4}$/.test(field.value()) && Number(field.value()) >= least && Number(field.value()) <= most;
    if (!good) field.complain(`Type ${least} to ${most}.`);
    return good;
  };
  return { ...field, isGood };
};

/** How a new session runs, for those who want. */
const createSettings = () => {
  const proxy = textField(
    'Proxy',
    { placeholder: 'socks5h://proxy.example:1080', dir: 'ltr' },
    'Empty: it goes out directly.',
  );
  const user = textField('Proxy user', { name: 'proxy-user' });
  const password = textField('Proxy password', { type: 'password', name: 'proxy-password', autocomplete: 'off' });
  const start = secondsField('A start may take, in seconds', 60, 10, 600);
  const codes = secondsField('Codes are shown for, in seconds', 120, 20, 3_600);
  const browser = choiceField('Browser', {
    usual: 'As this server is set up',
    builtin: 'Built-in',
    installed: 'Installed Chrome, Chromium or Edge',
  });
  const switches = linesField(
    'Switches of the browser',
    { rows: '2', placeholder: '--lang=de', dir: 'ltr' },
    'One on each line. What weakens the browser is refused.',
  );
  const restart = checkbox('Restart after a crash', 'With growing pauses.', true);
  const window = checkbox('Show its window', 'Once, on the screen of the computer that it runs on.', false);

  for (const one of [proxy, browser, switches]) one.root.classList.add('wide');
  const parts = [proxy, user, password, start, codes, browser, switches, restart, window];
  const root = element(
    'details',
    {},
    element('summary', {}, 'More settings'),
    element('div', { class: 'fields' }, ...parts.map((part) => part.root)),
  );

  const config = (): Readonly<Record<string, unknown>> => {
    const lines = switches
      .value()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const credentials = {
      address: proxy.value(),
      ...(user.value() === '' ? {} : { username: user.value() }),
      ...(password.input.value === '' ? {} : { password: password.input.value }),
    };
    return {
      headless: !window.input.checked,
      restartOnCrash: restart.input.checked,
      authTimeout: Number(start.value()),
      qrTimeout: Number(codes.value()),
      ...(browser.value() === 'usual' ? {} : { useChrome: browser.value() === 'installed' }),
      ...(lines.length === 0 ? {} : { chromiumArgs: lines }),
      ...(proxy.value() === '' ? {} : { proxyServerCredentials: credentials }),
    };
  };

  /** The first field that cannot stay so; it has said why. */
  const wrongField = (): TextField | undefined => {
    const wrong = [start, codes].filter((field) => !field.isGood())[0];
    if (wrong !== undefined) root.open = true;
    return wrong;
  };
  return { root, config, wrongField };
};

/** Asks for the id of a new session and, for those who want, how it runs; then shows it. */
export const openNewSession = (api: Api): void => {
  const id = textField(
    'Session id',
    { name: 'session', placeholder: 'shop', maxlength: '64', autocapitalize: 'none' },
    'Letters, digits, _ and -. Programs call it by this name.',
  );
  const settings = createSettings();

  openDialog('New session', [id.root, settings.root], {
    words: 'Make and start',
    busy: 'Making',
    look: 'primary',
    async run() {
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id.value())) {
        id.complain('Use 1 to 64 letters, digits, _ and -.');
        id.input.focus();
        return '';
      }
      const wrong = settings.wrongField();
      if (wrong !== undefined) {
        wrong.input.focus();
        return '';
      }
      try {
        await api.post('/sessions', { sessionId: id.value(), waitForQR: false, config: settings.config() });
      } catch (thrown) {
        return messageOf(thrown);
      }
      location.hash = `/${id.value().toLowerCase()}`;
      return true;
    },
  });
  id.input.focus();
};
