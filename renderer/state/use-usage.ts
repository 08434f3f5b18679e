import { useEffect } from 'react';
import type { Usage } from '../../electron/contract/entities/observation';
import { actions, useConsole } from './use-console';

/** Often enough to see a change, seldom enough to cost nothing. */
const everyMs = 3000;

let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

const look = (): void => {
  if (document.visibilityState === 'visible') void actions.readUsage();
};

const watch = (): (() => void) => {
  watchers += 1;
  if (timer === undefined) {
    look();
    timer = setInterval(look, everyMs);
  }
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** What everything costs, measured only while somebody looks at it; undefined before the first look. */
export const useUsage = (): Usage | undefined => {
  useEffect(watch, []);
  return useConsole((state) => state.usage);
};
