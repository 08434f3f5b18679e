import { type Api, messageOf } from './api';
import type { ConsoleStore } from './console-store';
import { openDialog } from './dialog';
import { button, element, setHidden, setText } from './element';
import { linkPanel } from './link-panel';
import { statePill } from './pill';
import { isRunning, wordsOfState } from './state-words';
import { accountTile } from './tile';
import type { View } from './view';

/** What can be done with a session without asking first. */
const actions = {
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
} as const;

/** Name, state and buttons of the chosen session, and its code while it waits for a phone. */
export const sessionHead = (store: ConsoleStore, api: Api, back: () => void): View => {
  const tile = accountTile();
  const pill = statePill();
  const name = element('h2', { class: 'name' });
  const number = element('bdi', { class: 'quiet tabular' });
  const detail = element('p', { class: 'detail', hidden: true });
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const link = linkPanel(api, store.closed);

  const complain = (words: string | undefined): void => {
    setText(problem, words ?? '');
    setHidden(problem, words === undefined);
  };
  const chosen = () => store.state.accounts.find(({ id }) => id === store.state.chosen);

  const act = async (action: keyof typeof actions): Promise<void> => {
    const account = chosen();
    if (account === undefined) return;
    complain(undefined);
    try {
      await api.post(`/sessions/${account.id}/${action}`);
    } catch (thrown) {
      if (chosen()?.id === account.id) complain(messageOf(thrown));
    }
  };
  const actionButton = (action: keyof typeof actions): HTMLButtonElement =>
    button(actions[action], () => void act(action));
  const start = actionButton('start');
  const stop = actionButton('stop');
  const restart = actionButton('restart');

  const ask =
    (title: string, words: string, go: string, busy: string, run: (id: string) => Promise<unknown>) => (): void => {
      const account = chosen();
      if (account === undefined) return;
      openDialog(
        `${title} ${account.label}`,
        [element('p', {}, words)],
        {
          words: go,
          busy,
          look: 'danger',
          run: () =>
            run(account.id).then(
              () => true,
              (thrown: unknown) => messageOf(thrown),
            ),
        },
        'Keep it',
      );
    };
  const logOut = button(
    'Log out',
    ask(
      'Log out',
      'This unlinks the phone and deletes the login on the computer of Switchboard. Chats and messages stay. To use the session again, the phone has to be linked once more.',
      'Log out',
      'Logging out',
      (id) => api.post(`/sessions/${id}/logout`),
    ),
  );
  const remove = button(
    'Delete',
    ask(
      'Delete',
      'This logs the session out and deletes its chats, messages, media and what waits to be sent from the computer of Switchboard, for good. Everything on the phone stays.',
      'Delete for good',
      'Deleting',
      (id) => api.remove(`/sessions/${id}`),
    ),
    { class: 'button danger-ghost' },
  );

  const tab = (id: 'chats' | 'log', words: string): HTMLButtonElement =>
    button(words, () => store.showTab(id), { class: 'button tab' });
  const tabs = { chats: tab('chats', 'Chats'), log: tab('log', 'Log') };

  const root = element(
    'header',
    { class: 'session-head' },
    element(
      'div',
      { class: 'session-title' },
      button('Back', back, { class: 'button back', 'aria-label': 'Back to the sessions' }),
      tile.root,
      element('div', { class: 'names' }, name, number),
      pill.root,
    ),
    element('div', { class: 'session-actions' }, start, stop, restart, logOut, remove),
    detail,
    problem,
    link.root,
    element(
      'div',
      { class: 'tabs', role: 'group', 'aria-label': 'What is shown of the session' },
      tabs.chats,
      tabs.log,
    ),
  );
  let shown: string | undefined;
  return {
    root,
    update(state) {
      const account = chosen();
      if (account === undefined) {
        shown = undefined;
        return link.update(state);
      }
      if (shown !== account.id) complain(undefined);
      shown = account.id;
      const status = state.statuses[account.id];
      const words = wordsOfState(status);
      tile.update(account);
      pill.update(words);
      setText(name, account.label);
      name.title = account.label;
      setText(
        number,
        [account.identity?.phone, account.network === 'practice' ? 'practice network' : undefined]
          .filter(Boolean)
          .join(' · '),
      );
      setText(detail, words.detail ?? '');
      detail.dataset['tone'] = words.tone;
      setHidden(detail, words.detail === undefined);
      const runs = isRunning(status);
      setHidden(start, runs);
      setHidden(stop, !runs);
      setHidden(restart, !runs);
      setHidden(logOut, account.identity === undefined);
      for (const [id, one] of Object.entries(tabs)) one.setAttribute('aria-pressed', String(id === state.tab));
      link.update(state);
    },
  };
};
