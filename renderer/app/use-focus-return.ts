import { useEffect, useRef } from 'react';
import { focusRegion } from './regions';

const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Gives the focus back to where it was when the last dialog closes, also when the dialog was opened from a menu. */
export const useFocusReturn = (isOpen: boolean): void => {
  const before = useRef<HTMLElement>(undefined);
  useEffect(() => {
    const note = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && event.target.closest(overlays) === null) before.current = event.target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const wasOpen = useRef(false);
  useEffect(() => {
    const closed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (!closed) return;
    const frame = requestAnimationFrame(() => {
      const active = document.activeElement;
      if (active !== null && active !== document.body) return;
      if (before.current?.isConnected === true) before.current.focus();
      else if (!focusRegion('conversation')) focusRegion('list');
    });
    return () => cancelAnimationFrame(frame);
  }, [isOpen]);
};
