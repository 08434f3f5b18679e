import type { PageModel, PagePresence, PageWid, PageWorld } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

/** Presences that the page has been told, of one chat or of all. Undefined: this build has no such list. */
export const readPresences = (chatId: string | undefined): readonly unknown[] | undefined => {
  const world = globalThis as unknown as PageWorld;
  const { Presence } = world.require('WAWebCollections');
  if (Presence === undefined) return undefined;
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const textOf = (id: unknown): string | undefined => (id as PageWid | undefined)?._serialized ?? id?.toString();
  /** Both names of a person: builds differ in which of them presence goes by. */
  const namesOf = (id: string): readonly string[] => {
    const wid = world.require('WAWebWidFactory').createWid(id);
    const other = attempt(() => world.require('WAWebApiContact').getAlternateUserWid(wid));
    return [id, ...(other === undefined || other === null ? [] : [textOf(other) ?? id])];
  };
  const stateOf = (state: PageModel | undefined): unknown => {
    if (state === undefined || state['type'] === undefined) return undefined;
    return { id: textOf(state['id']), type: state['type'], t: state['t'] };
  };
  const plain = (presence: PagePresence): unknown => {
    const many = attempt(() => presence.chatstates?.getModelsArray()) ?? [];
    const people = [...many, ...(many.length === 0 ? [presence.chatstate] : [])].map(stateOf);
    return {
      id: textOf(presence.id),
      isSubscribed: presence.isSubscribed === true,
      people: people.filter((one) => one !== undefined),
    };
  };
  if (chatId === undefined) return Presence.getModelsArray().map(plain);
  return namesOf(chatId)
    .map((name) => attempt(() => Presence.get(name)))
    .filter((presence) => presence !== undefined)
    .map(plain);
};

/** Has WhatsApp tell from now on who comes, goes and types in a chat. `no_way`: this build has none. */
export const subscribePresence = async (chatId: string): Promise<'subscribed' | 'unknown_chat' | 'no_way'> => {
  const world = globalThis as unknown as PageWorld;
  const { Presence, Chat } = world.require('WAWebCollections');
  if (Presence?.find === undefined) return 'no_way';
  const wid = world.require('WAWebWidFactory').createWid(chatId);
  if (chatId.endsWith('@g.us') && Chat.get(wid) === undefined) return 'unknown_chat';
  let lid: PageWid | null | undefined;
  try {
    lid = world.require('WAWebApiContact').getCurrentLid(wid);
  } catch {
    lid = undefined;
  }
  // Builds differ in which name presence goes by, and each ignores the other.
  const wids = lid === undefined || lid === null ? [wid] : [wid, lid];
  let problem: unknown;
  let isDone = false;
  for (const one of wids) {
    try {
      const presence = Presence.get(one) ?? (await Presence.find(one));
      if (presence?.isSubscribed !== true && typeof presence?.subscribe === 'function') await presence.subscribe();
      isDone ||= presence !== undefined;
    } catch (error) {
      problem = error;
    }
  }
  if (!isDone && problem !== undefined) throw problem;
  return isDone ? 'subscribed' : 'unknown_chat';
};

/** Shows in a chat that this account types, records or has stopped. `false`: the page does not have the chat. */
export const showChatState = async (chatId: string, state: 'typing' | 'recording' | 'stop'): Promise<boolean> => {
  const world = globalThis as unknown as PageWorld;
  const { Chat } = world.require('WAWebCollections');
  const wid = world.require('WAWebWidFactory').createWid(chatId);
  let other: PageWid | null | undefined;
  try {
    other = world.require('WAWebApiContact').getAlternateUserWid(wid);
  } catch {
    other = undefined;
  }
  const chat = Chat.get(wid) ?? (other ? Chat.get(other) : undefined);
  if (chat === undefined) return false;
  // The library's own function; its methods do not wait for it.
  await world.WWebJS.sendChatstate(state, chat.id._serialized ?? chat.id.toString());
  return true;
};
