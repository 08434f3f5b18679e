import { useEffect } from 'react';
import { actions, useConsole } from './use-console';

/** Reads what others have left in chats once the window knows its accounts; events and snapshots keep it up to date. */
export const useStoredDrafts = (): void => {
  const isLive = useConsole((state) => state.link.phase === 'live');
  useEffect(() => {
    if (isLive) void actions.loadStoredDrafts();
  }, [isLive]);
};
