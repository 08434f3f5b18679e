import { useEffect } from 'react';
import type { ApiKeyList } from './console-state';
import { actions, useConsole } from './use-console';

/** Keys are also made, used and revoked by programs, and no event tells of it. */
const everyMs = 5_000;

/** The keys of the local API, read again while somebody looks at them; undefined before the first look. */
export const useApiKeys = (): ApiKeyList | undefined => {
  useEffect(() => {
    void actions.readApiKeys();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void actions.readApiKeys();
    }, everyMs);
    return () => {
      clearInterval(timer);
      actions.closeApiKeys();
    };
  }, []);
  return useConsole((state) => state.apiKeys);
};
