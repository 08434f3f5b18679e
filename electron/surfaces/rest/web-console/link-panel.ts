import { type Api, ApiError, messageOf } from './api';
import type { ConsoleState } from './console-state';
import { element, setHidden, setText, textField } from './element';
import { isLinking } from './state-words';
import type { View } from './view';

interface ShownCode {
  readonly qrCode: string;
  readonly expiresAt: string;
}

const secondsUntil = (iso: string): number => Math.max(0, Math.ceil((Date.parse(iso) - Date.now()) / 1_000));

/** Which code is on show: another attempt is another code. Undefined while there is none. */
const codeOnShow = ({ chosen, statuses }: ConsoleState): string | undefined => {
  const status = chosen === undefined ? undefined : statuses[chosen];
  if (status?.state !== 'linking' || !isLinking(status)) return undefined;
  return `${chosen} ${status.attempt} ${status.expiresAtMs}`;
};

/** The code of a session that waits for its phone: to be scanned, or asked for by number and typed there. */
export const linkPanel = (api: Api, closed: AbortSignal): View => {
  const picture = element('img', { class: 'qr', width: '240', height: '240', alt: '' });
  const countdown = element('p', { class: 'quiet tabular', role: 'timer', 'aria-live': 'off' });
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const number = textField(
    'No camera at hand? Phone number',
    { type: 'tel', inputmode: 'tel', placeholder: '+55 11 94002-0022', dir: 'ltr' },
    'With its country code. A code to type on the phone comes.',
  );
  const pairing = element('output', { class: 'pairing' });
  const root = element(
    'section',
    { class: 'card link-card', 'aria-label': 'Link a phone', hidden: true },
    element('div', { class: 'qr-box' }, picture, countdown, problem),
    element(
      'div',
      { class: 'link-text' },
      element('h3', {}, 'Link a phone'),
      element(
        'ol',
        { class: 'steps' },
        element('li', {}, 'Open WhatsApp on the phone of this number'),
        element('li', {}, 'Go to Settings, Linked devices, then Link a device'),
        element('li', {}, 'Point the phone at this code'),
      ),
      element(
        'form',
        {
          class: 'inline-form',
          novalidate: true,
          submit: (event) => {
            event.preventDefault();
            void askForCode();
          },
        },
        number.root,
        element('button', { type: 'submit', class: 'button' }, 'Show a code'),
      ),
      pairing,
    ),
  );

  let session: string | undefined;
  /** The code that is drawn or being fetched. */
  let shown: string | undefined;
  let expiresAt: string | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = (): void => {
    const left = expiresAt === undefined ? undefined : secondsUntil(expiresAt);
    setText(
      countdown,
      left === undefined ? 'No code to scan now' : left === 0 ? 'New code on its way' : `New code in ${left} s`,
    );
    picture.classList.toggle('faded', left === undefined || left === 0);
  };

  const fetchCode = async (id: string, code: string): Promise<void> => {
    try {
      const { qrCode, expiresAt: until } = await api.get<ShownCode>(`/sessions/${id}/qr`);
      if (shown !== code) return;
      picture.src = qrCode;
      picture.alt = 'QR code to scan with the phone';
      expiresAt = until;
      setHidden(problem, true);
    } catch (thrown) {
      if (shown !== code) return;
      // Between two codes there is none, nor while one is typed on the phone; the next one is announced.
      const isBetween = thrown instanceof ApiError && thrown.code === 'QR_NOT_AVAILABLE';
      picture.removeAttribute('src');
      picture.alt = '';
      expiresAt = undefined;
      setText(problem, isBetween ? '' : messageOf(thrown));
      setHidden(problem, isBetween);
    }
    tick();
  };

  const askForCode = async (): Promise<void> => {
    const id = session;
    if (id === undefined) return;
    if (number.value() === '') return number.complain('Type the number first.');
    setText(pairing, 'Asking for a code');
    try {
      const { code } = await api.post<{ readonly code: string }>(`/sessions/${id}/pairing-code`, {
        phoneNumber: number.value().replace(/[^\d]/g, ''),
      });
      if (session === id) setText(pairing, `Type this on the phone: ${code}`);
    } catch (thrown) {
      if (session !== id) return;
      setText(pairing, '');
      number.complain(messageOf(thrown));
    }
  };

  const close = (): void => {
    clearInterval(timer);
    timer = undefined;
    shown = undefined;
    expiresAt = undefined;
    // A code is a secret: it does not stay on a page that no longer shows it.
    picture.removeAttribute('src');
    picture.alt = '';
    setText(pairing, '');
    number.input.value = '';
    number.complain(undefined);
  };

  closed.addEventListener('abort', close);
  return {
    root,
    update(state) {
      const code = codeOnShow(state);
      setHidden(root, code === undefined);
      if (session !== state.chosen || code === undefined) {
        if (shown !== undefined) close();
        session = state.chosen;
      }
      if (code === undefined || session === undefined || code === shown) return;
      shown = code;
      timer ??= setInterval(tick, 1_000);
      void fetchCode(session, code);
      tick();
    },
  };
};
