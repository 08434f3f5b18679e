import { useEffect } from 'react';
import type { ChatKey } from '../../state/keys';
import { actions } from '../../state/use-console';

/** Reads what is not settled in an open chat, once its messages are there; events keep it up to date. */
export const useSendsOfChat = (key: ChatKey, shown: boolean): void => {
  useEffect(() => {
    if (shown) void actions.loadSendsOf(key);
  }, [key, shown]);
};
