import { type Api, ApiError, messageOf, newKey } from './api';
import type { ConsoleStore } from './console-store';
import { element, setHidden, setText } from './element';
import type { View } from './view';

/** Longest text that WhatsApp takes. */
const longest = 65_536;

/** Answers in the open chat, and says from which number. */
export const sendForm = (store: ConsoleStore, api: Api): View => {
  const as = element('p', { class: 'as quiet' });
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const input = element('textarea', {
    class: 'input',
    rows: '2',
    'aria-label': 'Message',
    placeholder: 'Write a message',
    maxlength: String(longest),
    dir: 'auto',
  });
  const send = element('button', { type: 'submit', class: 'button primary' }, 'Send');
  /** What is written to whom, and the key of a send that may have got through: the same text again goes under the same key. */
  const drafts = new Map<string, string>();
  let tried: { readonly chat: string; readonly text: string; readonly key: string } | undefined;
  let shown: string | undefined;
  let isSending = false;

  const complain = (words: string | undefined): void => {
    setText(problem, words ?? '');
    setHidden(problem, words === undefined);
  };

  const submit = async (): Promise<void> => {
    const { chosen, conversation } = store.state;
    const text = input.value;
    if (isSending || chosen === undefined || conversation === undefined || text.trim() === '') return;
    const chat = `${chosen} ${conversation.chatId}`;
    const isAgain = tried?.chat === chat && tried.text === text;
    const key = isAgain && tried !== undefined ? tried.key : newKey();
    tried = { chat, text, key };
    isSending = true;
    complain(undefined);
    setText(send, 'Sending');
    try {
      await api.post(
        `/sessions/${chosen}/chats/${encodeURIComponent(conversation.chatId)}/messages`,
        { body: text },
        key,
      );
      tried = undefined;
      drafts.delete(chat);
      if (shown === chat && input.value === text) input.value = '';
      if (conversation.messages.length === 0) store.retry();
    } catch (thrown) {
      if (shown === chat) {
        const isOpen = thrown instanceof ApiError && thrown.status === 0;
        complain(isOpen ? `${thrown.message} Press Send again: it is not sent twice.` : messageOf(thrown));
      }
    }
    isSending = false;
    setText(send, 'Send');
  };

  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void submit();
  });
  input.addEventListener('input', () => {
    if (shown !== undefined) drafts.set(shown, input.value);
  });

  const root = element(
    'form',
    {
      class: 'send',
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    as,
    problem,
    element('div', { class: 'send-row' }, input, send),
  );
  return {
    root,
    update({ accounts, chosen, conversation }) {
      if (chosen === undefined || conversation === undefined) {
        shown = undefined;
        return;
      }
      const account = accounts.find(({ id }) => id === chosen);
      setText(
        as,
        `Answering as ${account?.label ?? chosen}${account?.identity === undefined ? '' : ` · ${account.identity.phone}`}`,
      );
      const chat = `${chosen} ${conversation.chatId}`;
      if (chat === shown) return;
      shown = chat;
      input.value = drafts.get(chat) ?? '';
      complain(undefined);
    },
  };
};
