import type { Chat, MessagePreview } from '../../../contract/entities/chat';
import type { ConsoleStore } from './console-store';
import { button, element, setHidden, setText } from './element';
import { keyedList } from './keyed-list';
import { kindWords } from './message-words';
import { newChatForm } from './new-chat';
import { fullTime, shortTime } from './times';
import type { View } from './view';

const previewOf = (message: MessagePreview | undefined): string => {
  if (message === undefined) return '';
  const said = message.body === '' ? kindWords[message.type] : message.body.replaceAll('\n', ' ');
  return message.fromMe ? `You: ${said}` : said;
};

interface Item {
  readonly chat: Chat;
  readonly isOpen: boolean;
}

/** The latest chats of the chosen session, and a way to somebody who is not among them. */
export const chatList = (store: ConsoleStore): View => {
  const list = element('ul', { class: 'rows' });
  const words = element('p', { class: 'quiet note' });
  const again = button('Read again', store.retry);
  const more = button('Older chats', () => void store.readMoreChats());
  const root = element(
    'section',
    { class: 'chat-list', 'aria-label': 'Chats' },
    newChatForm((chatId) => store.openChat(chatId)),
    list,
    element('div', { class: 'list-foot' }, words, again, more),
  );
  const show = keyedList<Item>(
    list,
    ({ chat }) => chat.id,
    ({ chat: { id } }) => {
      const name = element('bdi');
      const time = element('time', { class: 'quiet tabular' });
      const preview = element('bdi');
      const count = element('span', { class: 'count' });
      const row = element(
        'button',
        { type: 'button', class: 'row', click: () => store.openChat(id) },
        element(
          'span',
          { class: 'row-text' },
          element('span', { class: 'row-line' }, element('span', { class: 'name' }, name), time),
          element('span', { class: 'row-line' }, element('span', { class: 'line quiet' }, preview), count),
        ),
      );
      return {
        root: element('li', {}, row),
        update({ chat, isOpen }) {
          setText(name, chat.name);
          setText(preview, previewOf(chat.lastMessage));
          setText(time, chat.lastActivityMs === 0 ? '' : shortTime(chat.lastActivityMs));
          if (chat.lastActivityMs !== 0) time.title = fullTime(chat.lastActivityMs);
          setText(count, String(chat.unreadCount));
          count.setAttribute('aria-label', `${chat.unreadCount} unread`);
          setHidden(count, chat.unreadCount === 0);
          if (isOpen) row.setAttribute('aria-current', 'true');
          else row.removeAttribute('aria-current');
        },
      };
    },
  );
  return {
    root,
    update({ chatPage: { phase, error, chats, nextCursor }, conversation }) {
      show(chats.map((chat) => ({ chat, isOpen: chat.id === conversation?.chatId })));
      const note =
        phase === 'failed'
          ? `The chats could not be read. ${error ?? ''}`
          : phase === 'loading'
            ? 'Reading the chats'
            : chats.length === 0
              ? 'No chats yet. They come with the first message, or when the phone is linked.'
              : '';
      setText(words, note);
      setHidden(words, note === '');
      setHidden(again, phase !== 'failed');
      setHidden(more, phase !== 'ready' || nextCursor === undefined);
    },
  };
};
