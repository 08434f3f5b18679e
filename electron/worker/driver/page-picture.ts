import type { PageWorld } from './page-world';

/** What the page shows as the picture of somebody, or why not. */
export type PagePicture =
  | { readonly kind: 'picture'; readonly mimetype: string; readonly size: number; readonly data: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'too_large'; readonly size: number };

/**
 * Runs inside the page: its source text is sent there. The picture of a person or a group with its bytes, fetched by the page
 * itself, so the way the account's own traffic goes. With `refresh` WhatsApp is asked anew; without, what the page has will do.
 */
export const readPagePicture = async (chatId: string, refresh: boolean, mostBytes: number): Promise<PagePicture> => {
  const world = globalThis as unknown as PageWorld;
  const { Chat, Contact, ProfilePicThumb } = world.require('WAWebCollections');
  const wid = world.require('WAWebWidFactory').createWid(chatId);
  const kept = async (): Promise<unknown> => {
    try {
      const thumb = await ProfilePicThumb.find(wid);
      return thumb?.['eurl'] ?? thumb?.['imgFull'] ?? thumb?.['img'];
    } catch {
      return undefined;
    }
  };
  const asked = async (): Promise<unknown> => {
    try {
      const whose = Chat.get(wid) ?? Contact.get(wid) ?? { id: wid };
      return (await world.require('WAWebContactProfilePicThumbBridge').requestProfilePicFromServer(whose))?.eurl;
    } catch (error) {
      // There is none, or it is hidden from this account.
      if ((error as { readonly name?: unknown } | null)?.name === 'ServerStatusCodeError') return undefined;
      throw error;
    }
  };
  let problem: string | undefined;
  for (const source of refresh ? [asked] : [kept, asked]) {
    const url = await source();
    if (typeof url !== 'string' || url === '') continue;
    const response = await fetch(url).catch((error: unknown) => String(error));
    if (typeof response === 'string' || !response.ok) {
      // An address that the page has kept may have expired.
      problem = typeof response === 'string' ? response : `status ${response.status}`;
      continue;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > mostBytes) return { kind: 'too_large', size: bytes.length };
    let binary = '';
    for (let start = 0; start < bytes.length; start += 8_192) {
      binary += String.fromCharCode(...bytes.subarray(start, start + 8_192));
    }
    const mimetype = response.headers.get('content-type')?.split(';')[0] || 'image/jpeg';
    return { kind: 'picture', mimetype, size: bytes.length, data: btoa(binary) };
  }
  if (problem !== undefined) throw new Error(`the picture could not be fetched (${problem})`);
  return { kind: 'none' };
};
