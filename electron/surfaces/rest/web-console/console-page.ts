import type { Api } from './api';
import { chatList } from './chat-list';
import type { ConsoleState } from './console-state';
import type { ConsoleStore } from './console-store';
import { conversation } from './conversation';
import { button, element, setHidden, setText } from './element';
import { logPanel } from './log-panel';
import { createMarkRead } from './mark-read';
import { openNewSession } from './new-session';
import { sessionHead } from './session-head';
import { sessionList } from './session-list';
import { isLinking } from './state-words';
import type { View } from './view';

const banner = (): View => {
  const root = element('p', { class: 'banner', role: 'alert', hidden: true });
  return {
    root,
    update({ link }) {
      setText(
        root,
        link === 'broken'
          ? 'Switchboard does not answer. What is shown may be old; it is asked again until it does.'
          : '',
      );
      setHidden(root, link !== 'broken');
    },
  };
};

const topBar = (forget: (() => void) | undefined): View => {
  const version = element('span', { class: 'quiet tabular' });
  const root = element(
    'header',
    { class: 'top' },
    element('h1', {}, 'Switchboard'),
    version,
    element('span', { class: 'space' }),
    element('a', { class: 'link', href: '/api-docs' }, 'All calls'),
    forget === undefined ? undefined : button('Forget the key', forget),
  );
  return { root, update: (state) => setText(version, state.version ?? '') };
};

/** What is worth saying while no session is chosen. */
const nothingChosen = (create: () => void): View => {
  const title = element('h2');
  const words = element('p', { class: 'quiet' });
  const make = button('New session', create);
  const root = element('section', { class: 'empty' }, title, words, make);
  return {
    root,
    update({ accounts, chosen, link }) {
      setHidden(root, chosen !== undefined || link === 'connecting');
      const isEmpty = accounts.length === 0;
      setText(title, isEmpty ? 'No sessions yet' : 'Choose a session');
      setText(
        words,
        isEmpty
          ? 'A session is one WhatsApp number. Make one, then scan its code with the phone that has the number.'
          : 'Its state, code, chats and log are shown here.',
      );
      setHidden(make, !isEmpty);
    },
  };
};

/** The address says which session is chosen, so that back, forward and a bookmark work. */
const followAddress = (store: ConsoleStore): void => {
  const take = (): void => {
    const id = /^#\/([a-z0-9_-]{1,64})$/.exec(location.hash)?.[1];
    store.choose(store.state.accounts.some((account) => account.id === id) ? id : undefined);
  };
  window.addEventListener('hashchange', take, { signal: store.closed });
  // One that is on its way, and one that is gone.
  store.onChange(take);
};

/** Waits for its first phone: there is nothing to read yet. */
const isNew = ({ accounts, chosen, statuses }: ConsoleState): boolean =>
  chosen !== undefined &&
  isLinking(statuses[chosen]) &&
  accounts.find(({ id }) => id === chosen)?.identity === undefined;

/** The console behind the key. */
export const consolePage = (
  store: ConsoleStore,
  api: Api,
  forget: (() => void) | undefined,
): readonly HTMLElement[] => {
  const create = (): void => openNewSession(api);
  const choose = (id: string | undefined): void => {
    location.hash = id === undefined ? '' : `/${id}`;
  };
  const chats = element('div', { class: 'chats' });
  const chosen = element('section', { class: 'session', 'aria-label': 'Session' });
  const main = element('main', { class: 'body' });
  const views = {
    banner: banner(),
    top: topBar(forget),
    sessions: sessionList(choose, create),
    nothing: nothingChosen(create),
    head: sessionHead(store, api, () => choose(undefined)),
    list: chatList(store),
    conversation: conversation(store, api),
    log: logPanel(api),
  } satisfies Record<string, View>;
  chats.append(views.list.root, views.conversation.root);
  chosen.append(views.head.root, chats, views.log.root);
  main.append(views.nothing.root, chosen);
  const page = element('div', { class: 'page' }, views.sessions.root, main);

  const draw = (state: ConsoleState): void => {
    for (const view of Object.values(views)) view.update(state);
    setHidden(chosen, state.chosen === undefined);
    setHidden(chats, state.tab !== 'chats' || isNew(state));
    page.dataset['shows'] = state.chosen === undefined ? 'sessions' : 'session';
    chats.dataset['shows'] = state.conversation === undefined ? 'list' : 'conversation';
    page.setAttribute('aria-busy', String(state.link === 'connecting'));
  };
  const markRead = createMarkRead(api);
  store.onChange(draw);
  store.onChange(markRead);
  window.addEventListener('focus', () => markRead(store.state), { signal: store.closed });
  draw(store.state);
  followAddress(store);
  return [views.top.root, views.banner.root, page];
};
