import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, type InputEvent } from 'electron';

/** Exists as long as the window is on the screen. Whoever drives this browser reads it; a page cannot write it. */
const shownMark = 'switchboard-window-shown';

/**
 * Keys that no keyboard has under fingers, with all three modifiers. Whoever holds the debugging pipe presses them; what a
 * page's script pretends to press never comes by here.
 */
const signals: Readonly<Record<string, 'show' | 'hide'>> = { F24: 'show', F23: 'hide' };

/** The part of a keyboard event that Electron hands over beside what its types say. */
type KeyEvent = InputEvent & { readonly key?: string };

const signalOf = ({ type, key = '', modifiers = [] }: KeyEvent): 'show' | 'hide' | undefined =>
  type === 'rawKeyDown' && (['control', 'alt', 'shift'] as const).every((modifier) => modifiers.includes(modifier))
    ? signals[key]
    : undefined;

/** Shows and hides the account's window when it is told to; closing it by hand hides it, the session goes on. */
export const ownWindow = (window: BrowserWindow, profile: string): void => {
  const mark = join(profile, shownMark);
  let ending = false;
  rmSync(mark, { force: true });
  app.on('before-quit', () => {
    ending = true;
  });
  // Not 'before-input-event': keys that come over the debugging pipe do not pass there.
  window.webContents.on('input-event', (_event, input) => {
    const signal = signalOf(input);
    if (signal === undefined) return;
    if (signal === 'hide') window.hide();
    else {
      app.setActivationPolicy?.('accessory');
      window.show();
      window.moveTop();
      window.focus();
    }
  });
  window.on('show', () => writeFileSync(mark, '', { mode: 0o600 }));
  window.on('hide', () => {
    rmSync(mark, { force: true });
    app.setActivationPolicy?.('prohibited');
  });
  window.on('close', (event) => {
    // A hidden window is closed by whoever drives the browser, a shown one by the person who looks at it.
    if (ending || !window.isVisible()) return;
    event.preventDefault();
    window.hide();
  });
};
