import type { PageMessage, PageMessageKey, PageWid, PageWorld } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

/** `no_way`: this build takes statuses in another way than the library hands them over. */
export type StatusOutlook = 'go' | 'no_way';

/**
 * Sees to it that the media status that the library is about to hand over gets its id. As with messages of chats the id travels
 * with the status itself, as the library's `extra.id`, and becomes a key where the library makes the page's message of it.
 */
export const prepareMediaStatus = (messageId: string, types: readonly string[]): StatusOutlook => {
  const world = globalThis as unknown as PageWorld;
  const { Msg } = world.require('WAWebCollections');
  // Later builds take one object with other names; what they are given otherwise they break over half way.
  if (world.require('WAWebSendStatusMsgAction').sendStatusMediaMsgAction?.length !== 2) return 'no_way';
  if (world.switchboardModel === undefined || world.switchboardModel !== Msg.modelClass) {
    const original = Msg.modelClass;
    if (original === undefined) return 'no_way';
    const model = new Proxy(original, {
      construct(target, given: readonly unknown[], newTarget): object {
        const attributes = given[0] as Readonly<Record<string, unknown>> | undefined;
        const chosen = attributes?.['id'];
        // What is sent by hand or by the page itself has a key.
        if (attributes === undefined || typeof chosen !== 'string') return Reflect.construct(target, given, newTarget);
        const send = world.switchboardSend;
        if (send === undefined || send.id !== chosen || send.givenUp || send.consumed) {
          throw new Error('This send was given up');
        }
        if (!send.types.includes(String(attributes['type']))) {
          send.refused = 'type';
          throw new Error(`It would have become ${String(attributes['type'])}`);
        }
        const from = attributes['from'] as PageWid;
        const participant = world.require('WAWebWidFactory').asUserWidOrThrow(from);
        const Key = world.require('WAWebMsgKey');
        const id = new Key({ from, to: attributes['to'] as PageWid, id: chosen, participant, selfDir: 'out' });
        send.consumed = true;
        return Reflect.construct(target, [{ ...attributes, id }, ...given.slice(1)], newTarget);
      },
    });
    Msg.modelClass = model;
    if (Msg.modelClass !== model) return 'no_way';
    world.switchboardModel = model;
  }
  world.switchboardSend = { id: messageId, types, quotes: false, consumed: false, givenUp: false };
  return 'go';
};

/**
 * Posts a text status under its id. The library throws away the message that it makes of one, and so does its id: the page
 * makes another. So the page's own action is called here, and the id is what the page's next new id is, for the moment between
 * that call and the first id that is asked for. There is no upload in it that anything else could come into.
 */
export const postTextStatus = async (
  messageId: string,
  status: { readonly color: number; readonly font: number; readonly text: string },
): Promise<StatusOutlook> => {
  const world = globalThis as unknown as PageWorld;
  const actions = world.require('WAWebSendStatusMsgAction');
  const Key = world.require('WAWebMsgKey');
  const { newId } = Key;
  if (actions.sendStatusTextMsgAction === undefined || newId === undefined) return 'no_way';
  // Whoever waited for it has given up before it came here.
  const before = world.switchboardSend;
  if (before?.id === messageId && before.givenUp) throw new Error('This send was given up');
  const send = { id: messageId, types: [], quotes: false, consumed: false, givenUp: false };
  world.switchboardSend = send;
  const chosen = async (): Promise<string> => {
    Key.newId = newId;
    if (send.givenUp) throw new Error('This send was given up');
    send.consumed = true;
    return messageId;
  };
  Key.newId = chosen;
  try {
    await actions.sendStatusTextMsgAction(status);
  } finally {
    if (Key.newId === chosen) Key.newId = newId;
  }
  return 'go';
};

/** A status by its id, as far as it is the account's own and still there: the text of its key. */
export const findOwnStatus = (messageId: string): { readonly key?: string; readonly isOthers: boolean } => {
  const world = globalThis as unknown as PageWorld;
  const { Msg, Status } = world.require('WAWebCollections');
  const textOf = (id: PageWid | PageMessageKey | string): string =>
    typeof id === 'string' ? id : (id._serialized ?? id.toString());
  const isIt = (message: PageMessage): boolean =>
    message.id.id === messageId && textOf(message.id.remote) === 'status@broadcast' && message['type'] !== 'revoked';
  let own: readonly PageMessage[] = [];
  try {
    own = Status?.getMyStatus()?.msgs?.getModelsArray() ?? [];
  } catch {
    own = [];
  }
  const found = [...own, ...Msg.getModelsArray()].filter(isIt);
  const mine = found.find((message) => message.id.fromMe);
  return { isOthers: mine === undefined && found.length > 0, ...(mine === undefined ? {} : { key: textOf(mine.id) }) };
};
