import { shell } from 'electron';

/** Only web pages leave the window, and only to the person's own browser. Everything else a link can name is dropped. */
export const openExternalLink = (address: string): void => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return;
  if (url.username !== '' || url.password !== '') return;
  void shell.openExternal(url.href).catch(() => undefined);
};
