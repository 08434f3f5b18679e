import type { Message } from '../../../contract/entities/message';
import type { Api } from './api';
import type { ConsoleStore } from './console-store';
import { button, element, setHidden, setText } from './element';
import { keyedList } from './keyed-list';
import { deliveryWords, kindWords } from './message-words';
import { sendForm } from './send-form';
import { fullTime, messageTime } from './times';
import type { View } from './view';

/** Distance from the end, in CSS pixels, up to which new messages are followed. */
const nearEnd = 80;

const messageRow = () => {
  const author = element('bdi', { class: 'author' });
  const kind = element('span', { class: 'kind' });
  const body = element('p', { class: 'said', dir: 'auto' });
  const time = element('time');
  const mark = element('span', { class: 'mark' });
  const problem = element('p', { class: 'problem' });
  const bubble = element(
    'div',
    { class: 'bubble' },
    author,
    kind,
    body,
    element('p', { class: 'meta tabular' }, time, mark),
    problem,
  );
  return {
    root: element('div', { class: 'message' }, bubble),
    update(message: Message): void {
      bubble.parentElement?.classList.toggle('own', message.fromMe);
      setText(author, message.author?.name ?? '');
      setHidden(author, message.fromMe || message.author === undefined);
      setText(kind, kindWords[message.type]);
      setHidden(kind, message.type === 'text');
      setText(body, message.body);
      setHidden(body, message.body === '');
      setText(time, messageTime(message.timestampMs));
      time.title = fullTime(message.timestampMs);
      setText(mark, message.status === undefined ? '' : deliveryWords[message.status]);
      mark.dataset['status'] = message.status ?? '';
      setHidden(mark, message.status === undefined);
      setText(problem, message.problem ?? '');
      setHidden(problem, message.problem === undefined);
    },
  };
};

/** One conversation: its stored messages, live, and the form that answers. */
export const conversation = (store: ConsoleStore, api: Api): View => {
  const title = element('h3', { class: 'name' });
  const list = element('div', { class: 'messages', role: 'log', 'aria-label': 'Messages', tabindex: '0' });
  const note = element('p', { class: 'quiet note' });
  const again = button('Read again', store.retry);
  const older = button('Older messages', () => void keepPlace(store.readOlder));
  const nothing = element('p', { class: 'quiet note choose' }, 'Choose a chat to read it here.');
  const form = sendForm(store, api);
  const open = element(
    'div',
    { class: 'open-chat' },
    element(
      'header',
      { class: 'chat-head' },
      button('Back', () => store.openChat(undefined), { class: 'button back', 'aria-label': 'Back to the chats' }),
      title,
    ),
    element('div', { class: 'list-foot' }, older, note, again),
    list,
    form.root,
  );
  const root = element('section', { class: 'conversation', 'aria-label': 'Conversation' }, nothing, open);
  const show = keyedList<Message>(list, ({ id, fromMe }) => `${fromMe ? 'out' : 'in'}:${id}`, messageRow);

  /** Older messages come above: what is being read stays where it is. */
  const keepPlace = async (change: () => Promise<void>): Promise<void> => {
    const fromEnd = list.scrollHeight - list.scrollTop;
    await change();
    // Drawn in the microtask before.
    list.scrollTop = list.scrollHeight - fromEnd;
  };

  let shown: string | undefined;
  return {
    root,
    update(state) {
      const { conversation: talk, chatPage, chosen } = state;
      setHidden(nothing, talk !== undefined);
      setHidden(open, talk === undefined);
      form.update(state);
      if (talk === undefined) {
        shown = undefined;
        return show([]);
      }
      const key = `${chosen} ${talk.chatId}`;
      const isNew = shown !== key;
      const follows = isNew || list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd;
      shown = key;
      const chat = chatPage.chats.find(({ id }) => id === talk.chatId);
      setText(title, chat?.name ?? `+${talk.chatId.split('@')[0]}`);
      show(talk.messages);
      const words =
        talk.phase === 'failed'
          ? `The messages could not be read. ${talk.error ?? ''}`
          : talk.phase === 'loading'
            ? 'Reading the messages'
            : talk.messages.length === 0
              ? 'No messages yet.'
              : '';
      setText(note, words);
      setHidden(note, words === '');
      setHidden(again, talk.phase !== 'failed');
      setHidden(older, talk.phase !== 'ready' || talk.olderCursor === undefined);
      if (follows) list.scrollTop = list.scrollHeight;
    },
  };
};
