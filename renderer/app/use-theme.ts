import { useLayoutEffect } from 'react';
import { useConsole } from '../state/use-console';

/** Puts the chosen theme on the root element; without one the stylesheet follows the system. */
export const useTheme = (): void => {
  const theme = useConsole((state) => state.settings.theme);
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
};
