import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { actions, readConsole } from '../state/use-console';
import { currentRegion, cycleRegion, focusRegion } from './regions';

/** Whether a dialog or menu is on top: it has the keys then. */
const isCovered = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** Frames to wait for a list that is being read. */
const patience = 30;

/** Puts the focus on the list of chats as soon as it is there, or on the page that takes its place. */
export const focusListSoon = (framesLeft = patience): void => {
  requestAnimationFrame(() => {
    const isThere = document.querySelector('[role="listbox"]') !== null;
    if (isThere || framesLeft === 0) focusRegion('list');
    else if (document.querySelector('[data-region="list"]') === null) focusRegion('conversation');
    else focusListSoon(framesLeft - 1);
  });
};

/** One level out: a page about the console goes, then the conversation closes, then the filter, then the list has the focus. */
export const stepOut = (): void => {
  const { openChat, filter, consolePage } = readConsole();
  if (consolePage !== undefined) actions.showConsolePage(undefined);
  else if (openChat !== undefined) actions.openConversation(undefined);
  else if (filter !== 'all' && currentRegion() === 'list') actions.chooseFilter('all');
  focusListSoon();
};

const chooseAccount = (place: number): void => {
  const id = readConsole().accountOrder[place];
  if (id === undefined) return;
  actions.chooseScope(id);
  focusListSoon();
};

/** The keys that work everywhere in the window, also while a message is being written. */
export const useShortcuts = (): void => {
  useEffect(() => {
    const free = (run: () => void) => (event: KeyboardEvent) => {
      if (isCovered() || event.isComposing) return;
      event.preventDefault();
      run();
    };
    const accounts = Object.fromEntries(
      Array.from({ length: 9 }, (_, place) => [`$mod+Digit${place + 1}`, free(() => chooseAccount(place))]),
    );
    return tinykeys(
      window,
      {
        ...accounts,
        '$mod+Backquote': free(() => {
          actions.chooseScope('all');
          focusListSoon();
        }),
        '$mod+n': free(() => actions.openDialog({ kind: 'addAccount', network: 'whatsapp' })),
        '$mod+,': free(() => {
          actions.showConsolePage('settings');
          requestAnimationFrame(() => focusRegion('conversation'));
        }),
        F6: free(() => cycleRegion(1)),
        'Shift+F6': free(() => cycleRegion(-1)),
        Escape: free(stepOut),
      },
      { ignore: () => false },
    );
  }, []);
};
