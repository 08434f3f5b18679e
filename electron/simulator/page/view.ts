import { renderSVG } from 'uqr';
import type { Pushed } from '../account-frames';
import type { AccountStore } from './chats/account-store';
import type { ChatModel } from './chats/chat-model';
import type { MsgKey } from './core/msg-key';
import type { MsgModel } from './messages/msg-model';
import { shownText } from './messages/shown-text';
import { isBanned } from './session/ban-notice';
import type { SessionModels } from './session/modules';
import { qrTail } from './session/qr-text';
import type { Session } from './session/session';

const SHOWN_CHATS = 40;
const SHOWN_MESSAGES = 40;
const REFUSALS: Readonly<Partial<Record<string, string>>> = {
  TOS_BLOCK: 'This account may not use WhatsApp: it broke the terms of service.',
  SMB_TOS_BLOCK: 'This business account may not use WhatsApp: it broke the terms of service.',
  PROXYBLOCK: 'WhatsApp cannot be reached over this proxy.',
  DEPRECATED_VERSION: 'This version of WhatsApp Web is too old. Load the page again.',
};
/** However much happens, the picture is drawn at most this often. */
const REDRAW_MS = 250;

const DOING: Readonly<Partial<Record<Pushed, string>>> = {
  composing: 'typing…',
  recording: 'recording…',
  available: 'online',
};

/** What a caller tells the interface to show; a drawer of `undefined` closes the one that is open. */
interface ViewWish {
  readonly chat?: ChatModel;
  readonly message?: MsgModel;
  readonly at?: MsgKey;
  readonly drawer?: 'chat' | 'search' | 'message' | undefined;
}

/** The plain picture for a person who opens the account's own window. */
export function drawView(models: SessionModels, store: AccountStore, session: Session): void {
  let open: ChatModel | undefined;
  let at: string | undefined;
  let aside: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const redraw = () => {
    if (timer !== undefined || document.hidden) return;
    timer = setTimeout(() => {
      timer = undefined;
      draw();
    }, REDRAW_MS);
  };
  const draw = () => {
    const head = byId('head');
    const view = byId('view');
    const { state } = models.socket;
    if (state === 'UNPAIRED' && isBanned()) {
      head.textContent = 'Practice network: banned';
      view.replaceChildren(step('This account is not allowed to use WhatsApp.'));
    } else if (state === 'UNPAIRED' && session.link.passkey) {
      head.textContent = 'Practice network: passkey needed';
      view.replaceChildren(passkey(session));
    } else if (state === 'UNPAIRED' && session.link.code !== undefined) {
      head.textContent = 'Practice network: not linked';
      view.replaceChildren(pairingCode(session.link.code, session.link.phone ?? ''));
    } else if (state === 'UNPAIRED' && models.conn.ref !== undefined) {
      head.textContent = 'Practice network: not linked';
      view.replaceChildren(qr(`${models.conn.ref},${qrTail(session.keys)}`));
    } else if (state === 'CONFLICT') {
      head.textContent = 'Practice network: open in another window';
      view.replaceChildren(
        step('WhatsApp is open in another window. Use it here?', ['Use here', () => models.socket.takeover()]),
      );
    } else if (REFUSALS[state] !== undefined) {
      head.textContent = 'Practice network: refused';
      view.replaceChildren(step(REFUSALS[state]));
    } else if (models.conn.wid !== undefined) {
      head.textContent = `Practice network: linked as ${models.conn.pushname} (+${models.conn.wid.user}), ${state.toLowerCase()}`;
      view.replaceChildren(
        chatList(store, open, (chat) => {
          open = chat;
          at = undefined;
          draw();
        }),
        conversation(store, open, at),
        ...(aside === undefined ? [] : [aside]),
      );
    } else {
      head.textContent = `Practice network: ${state.toLowerCase()}`;
    }
  };
  models.socket.on('change:state', redraw);
  models.conn.on('change:ref', redraw);
  session.link.on('change', redraw);
  store.chats.on('add change', redraw);
  store.messages.on('add change', redraw);
  store.presences.on('add change', redraw);
  // What callers tell the interface to show is there when their call returns, seen or not.
  models.cmd.on('view', (wish: ViewWish) => {
    if (wish.chat !== undefined) [open, at] = [wish.chat, wish.at?.toString()];
    if ('drawer' in wish) aside = wish.drawer === undefined ? undefined : drawer(wish);
    draw();
  });
  document.addEventListener('visibilitychange', redraw);
  redraw();
}

function qr(text: string): HTMLElement {
  const box = element('div', 'link');
  box.innerHTML = renderSVG(text, { border: 2 });
  box.append(element('p', '', 'Scan this code with a practice phone.'));
  return box;
}

function pairingCode(code: string, phone: string): HTMLElement {
  const box = step(`Enter this code on the practice phone +${phone}.`);
  box.prepend(element('h1', '', `${code.slice(0, 4)}-${code.slice(4)}`));
  return box;
}

/** A practice network has no keys to check: the person says whether the step succeeds. */
function passkey(session: Session): HTMLElement {
  const answer = (ok: boolean) => () => {
    session.wire.request('passkey', { ok }, { early: true }).catch(() => undefined);
  };
  const box = step(
    'WhatsApp wants to make sure that it is you. Confirm with the passkey of your account to link this device.',
    ['Continue with passkey', answer(true)],
    ['Cancel', answer(false)],
  );
  box.id = 'passkey';
  return box;
}

function step(text: string, ...buttons: readonly (readonly [name: string, press: () => void])[]): HTMLElement {
  const box = element('div', 'link');
  box.append(element('p', '', text));
  for (const [name, press] of buttons) {
    const button = element('button', '', name);
    button.addEventListener('click', press);
    box.append(button, ' ');
  }
  return box;
}

function chatList(store: AccountStore, open: ChatModel | undefined, choose: (chat: ChatModel) => void): HTMLElement {
  const list = element('nav', 'chats');
  for (const chat of store.chats.getModelsArray().slice(0, SHOWN_CHATS)) {
    const row = element('button', '', chat.formattedTitle);
    row.setAttribute('aria-current', String(chat === open));
    if (chat.unreadCount > 0) row.append(element('small', '', String(chat.unreadCount)));
    row.addEventListener('click', () => choose(chat));
    list.append(row);
  }
  return list;
}

function conversation(store: AccountStore, chat: ChatModel | undefined, at: string | undefined): HTMLElement {
  const box = element('section', 'open');
  if (chat === undefined) return box;
  const doing = DOING[store.presences.get(chat.id)?.chatstate?.type ?? 'paused'];
  box.append(element('h2', '', [chat.formattedTitle, doing].filter((part) => part !== undefined).join(' · ')));
  const messages = chat.msgs.getModelsArray();
  const found = messages.findIndex((message) => message.id.toString() === at);
  const end = found < 0 ? messages.length : Math.min(messages.length, found + SHOWN_MESSAGES / 2);
  for (const message of messages.slice(Math.max(0, end - SHOWN_MESSAGES), end)) {
    const line = element('p', message.id.fromMe ? 'mine' : '', shownText(message));
    line.dir = 'auto';
    if (message.id.toString() === at) line.setAttribute('aria-current', 'true');
    box.append(line);
  }
  return box;
}

/** What stands beside the conversation: who it is with, a search, or what became of a message. */
function drawer({ drawer: kind, chat, message }: ViewWish): HTMLElement {
  const box = element('aside', 'drawer');
  if (kind === 'message' && message !== undefined) {
    box.append(
      element('h2', '', 'Message info'),
      element('p', '', message.body),
      element('p', '', `Ack ${message.ack}`),
    );
  } else if (chat !== undefined) {
    const title = kind === 'search' ? `Search in ${chat.formattedTitle}` : chat.formattedTitle;
    box.append(element('h2', '', title));
    if (kind === 'search') box.append(document.createElement('input'));
    else box.append(element('p', '', String(chat.id)));
  }
  return box;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`page.html has no element "${id}"`);
  return found;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.textContent = text;
  return made;
}
