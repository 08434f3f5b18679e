import { renderSVG } from 'uqr';
import type { AccountStore } from './chats/account-store';
import type { ChatModel } from './chats/chat-model';
import type { SessionModels } from './session/modules';
import { qrTail } from './session/qr-text';
import type { Session } from './session/session';

const SHOWN_CHATS = 40;
const SHOWN_MESSAGES = 40;
/** However much happens, the picture is drawn at most this often. */
const REDRAW_MS = 250;

/** The plain picture for a person who opens the account's own window. */
export function drawView(models: SessionModels, store: AccountStore, session: Session): void {
  let open: ChatModel | undefined;
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
    if (state === 'UNPAIRED' && models.conn.ref !== undefined) {
      head.textContent = 'Practice network: not linked';
      view.replaceChildren(qr(`${models.conn.ref},${qrTail(session.keys)}`));
    } else if (models.conn.wid !== undefined) {
      head.textContent = `Practice network: linked as ${models.conn.pushname} (+${models.conn.wid.user}), ${state.toLowerCase()}`;
      view.replaceChildren(
        chatList(store, open, (chat) => {
          open = chat;
          draw();
        }),
        conversation(open),
      );
    } else {
      head.textContent = `Practice network: ${state.toLowerCase()}`;
    }
  };
  models.socket.on('change:state', redraw);
  models.conn.on('change:ref', redraw);
  store.chats.on('add change', redraw);
  store.messages.on('add change', redraw);
  document.addEventListener('visibilitychange', redraw);
  redraw();
}

function qr(text: string): HTMLElement {
  const box = element('div', 'link');
  box.innerHTML = renderSVG(text, { border: 2 });
  box.append(element('p', '', 'Scan this code with a practice phone.'));
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

function conversation(chat: ChatModel | undefined): HTMLElement {
  const box = element('section', 'open');
  if (chat === undefined) return box;
  for (const message of chat.msgs.getModelsArray().slice(-SHOWN_MESSAGES)) {
    const line = element('p', message.id.fromMe ? 'mine' : '', message.body ?? '');
    line.dir = 'auto';
    box.append(line);
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
