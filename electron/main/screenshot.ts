import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { Dispatch } from '../application/dispatch';
import { windowCaller } from '../surfaces/ipc';

/** Long enough for a slow machine to start two browsers; a picture of a half-started window would be worse than an error. */
const settleLimitMs = 120_000;
const lookEveryMs = 250;

/**
 * Saves what the window shows once every account that starts with the app is ready or has failed and the inbox has
 * rows. Rejects with a sentence when that does not happen in time.
 */
export const saveScreenshot = async (window: BrowserWindow, dispatch: Dispatch, file: string): Promise<void> => {
  const deadline = Date.now() + settleLimitMs;
  while (!(await isSettled(dispatch))) {
    if (Date.now() > deadline)
      throw new Error(`The accounts were not ready after ${settleLimitMs / 1000} s: no picture was saved.`);
    await pause(lookEveryMs);
  }
  await window.webContents.executeJavaScript(openFirstConversation);
  await window.webContents.executeJavaScript(twoFramesLater);
  // Ticks, previews and fonts that arrive with the conversation.
  await pause(1_000);
  const image = await window.webContents.capturePage();
  if (image.isEmpty()) throw new Error('The window had nothing to show: no picture was saved.');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, image.toPNG());
};

const isSettled = async (dispatch: Dispatch): Promise<boolean> => {
  const snapshot = await dispatch(windowCaller, 'snapshots.get', {});
  if (!snapshot.ok) return false;
  const { accounts, sessions } = snapshot.data;
  const stateOf = (accountId: string) => sessions.find((session) => session.accountId === accountId)?.status.state;
  const starting = accounts.filter((account) => account.autoStart);
  if (!starting.every((account) => ['ready', 'failed'].includes(stateOf(account.id) ?? ''))) return false;
  if (accounts.length === 0) return true;
  const chats = await dispatch(windowCaller, 'chats.list', { limit: 1 });
  return chats.ok && chats.data.chats.length > 0;
};

/** The picture shows a conversation beside the list, as a person at work would have it. */
const openFirstConversation = `new Promise((done) => {
  const row = document.querySelector('[role="option"]');
  if (row instanceof HTMLElement) row.click();
  setTimeout(done, 300);
})`;
const twoFramesLater = `document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))`;

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
