import type { PageChat, PageWorld } from './page-world';

// This function runs inside the page: its source text is sent there. It stands alone, without anything from this file or its
// imports but types.

/** What the phone says it is, and the labels of one chat, under the id by which the page has it. */
export interface LabelledChat {
  readonly platform: unknown;
  readonly chat?: { readonly id: string | undefined; readonly labels: unknown };
}

/** A chat that the page does not have is not made for this. */
export const readLabelledChat = (chatId: string | undefined): LabelledChat => {
  const world = globalThis as unknown as PageWorld;
  const { platform } = world.require('WAWebConnModel').Conn;
  if (chatId === undefined) return { platform };
  const { Chat } = world.require('WAWebCollections');
  const wid = world.require('WAWebWidFactory').createWid(chatId);
  const { getPhoneNumber, getCurrentLid } = world.require('WAWebApiContact');
  let chat: PageChat | undefined = Chat.get(wid);
  if (chat === undefined && !chatId.endsWith('@g.us')) {
    const other = chatId.endsWith('@lid') ? getPhoneNumber(wid) : getCurrentLid(wid);
    chat = other ? Chat.get(other) : undefined;
  }
  return chat === undefined
    ? { platform }
    : { platform, chat: { id: chat.id._serialized ?? chat.id.toString(), labels: chat['labels'] } };
};
