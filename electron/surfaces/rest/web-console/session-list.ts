import type { Account } from '../../../contract/entities/account';
import type { SessionState } from '../../../contract/entities/session';
import { button, element, setHidden, setText } from './element';
import { keyedList } from './keyed-list';
import { wordsOfState } from './state-words';
import { accountTile } from './tile';
import type { View } from './view';

interface Item {
  readonly account: Account;
  readonly status: SessionState | undefined;
  readonly unread: number;
  readonly isChosen: boolean;
}

/** All sessions with their live state. */
export const sessionList = (choose: (id: string) => void, create: () => void): View => {
  const list = element('ul', { class: 'rows' });
  const root = element(
    'nav',
    { class: 'sessions', 'aria-label': 'Sessions' },
    element('div', { class: 'side-head' }, element('h2', {}, 'Sessions'), button('New session', create)),
    list,
  );
  const show = keyedList<Item>(
    list,
    ({ account }) => account.id,
    ({ account: { id } }) => {
      const tile = accountTile();
      const label = element('bdi');
      const line = element('span', { class: 'line quiet' });
      const dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
      const count = element('span', { class: 'count' });
      const row = element(
        'button',
        { type: 'button', class: 'row', click: () => choose(id) },
        tile.root,
        element(
          'span',
          { class: 'row-text' },
          element('span', { class: 'name' }, label),
          element('span', { class: 'row-line' }, dot, line),
        ),
        count,
      );
      return {
        root: element('li', {}, row),
        update({ account, status, unread, isChosen }) {
          tile.update(account);
          const { word, tone } = wordsOfState(status);
          setText(label, account.label);
          label.title = account.label;
          setText(line, account.identity === undefined ? word : `${word} · ${account.identity.phone}`);
          dot.dataset['tone'] = tone;
          setText(count, unread > 999 ? '999+' : String(unread));
          setHidden(count, unread === 0);
          count.setAttribute('aria-label', `${unread} unread`);
          if (isChosen) row.setAttribute('aria-current', 'true');
          else row.removeAttribute('aria-current');
        },
      };
    },
  );
  return {
    root,
    update({ accounts, statuses, unread, chosen }) {
      show(
        accounts.map((account) => ({
          account,
          status: statuses[account.id],
          unread: unread[account.id] ?? 0,
          isChosen: account.id === chosen,
        })),
      );
    },
  };
};
