import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
    document.removeEventListener('visibilitychange', listener);
  };
};

/** Whether a person can be looking at this window. */
export const isWindowWatched = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

/** {@link isWindowWatched}, followed. */
export const useWindowFocus = (): boolean => useSyncExternalStore(subscribe, isWindowWatched);
