import type { BrowserWindow } from 'electron';

/** Resolves in the page once the inbox has painted its first row, or says that there is nothing to show. */
const untilFirstRow = `new Promise((done) => {
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
  const look = () => document.querySelector('[role="option"], [data-empty]') !== null;
  if (look()) return painted();
  new MutationObserver((_records, observer) => {
    if (!look()) return;
    observer.disconnect();
    painted();
  }).observe(document, { childList: true, subtree: true });
})`;

/** For measuring starts from outside: one line on standard output when the inbox can be used. */
export const reportUsable = async (window: BrowserWindow, say: (line: string) => void): Promise<void> => {
  await window.webContents.executeJavaScript(untilFirstRow);
  say('usable');
};
