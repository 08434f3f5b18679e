import type { PageChat, PageMessage, PageMessageKey, PageWid, PageWorld } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

/** A message of a chat as the page has it now. */
export interface MessageLook {
  /** Whether the page has the chat. */
  readonly hasChat: boolean;
  /** Absent: the page does not have the message, neither in memory nor in its table. */
  readonly found?: {
    /** The message's key, as the library wants it. */
    readonly key: string;
    /** What the worker translates; the chat is named as it was asked for. */
    readonly message: unknown;
    readonly type: string;
    readonly body: string | undefined;
    readonly fromMe: boolean;
    readonly star: boolean;
    /** What WhatsApp lets this account do with it now. */
    readonly may: { readonly edit: boolean; readonly revoke: boolean; readonly star: boolean };
    readonly pollOptions: readonly string[];
    readonly pollTakesSeveral: boolean;
    readonly latitude: unknown;
    readonly longitude: unknown;
    readonly place: unknown;
    readonly mimetype: unknown;
    readonly filename: unknown;
    /** Bytes. */
    readonly size: unknown;
    readonly isViewOnce: boolean;
  };
}

/** Looks for a message in memory and in the page's table, under every name that its chat and key may have. */
export const lookAtMessage = async (chatId: string, messageId: string): Promise<MessageLook> => {
  const world = globalThis as unknown as PageWorld;
  const { Chat, Contact, Msg } = world.require('WAWebCollections');
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const textOf = (id: unknown): string | undefined => {
    if (id === undefined || id === null) return undefined;
    if (typeof id === 'string') return id;
    return (id as PageWid | PageMessageKey)._serialized ?? (id as PageWid).toString();
  };
  // A person may be met by number here and by hidden id there.
  const wid = world.require('WAWebWidFactory').createWid(chatId);
  const others = [
    attempt(() => world.require('WAWebLidMigrationUtils').toPn(wid)),
    attempt(() => world.require('WAWebApiContact').getAlternateUserWid(wid)),
  ].map(textOf);
  const chatIds = [...new Set([chatId, ...others])].filter((id) => id !== undefined);
  const chats = chatIds.map((id) => attempt(() => Chat.get(id))).filter((chat) => chat !== undefined);
  const isIt = (message: PageMessage): boolean =>
    message.id.id === messageId && chatIds.includes(textOf(message.id.remote) ?? '');
  let found: PageMessage | undefined;
  for (const chat of chats) found ??= attempt(() => chat.msgs?.getModelsArray().find(isIt));
  found ??= Msg.getModelsArray().find(isIt);
  if (found === undefined && typeof Msg.getMessagesById === 'function') {
    // In groups a key ends with its writer.
    const me = attempt(() => world.require('WAWebUserPrefsMeUser'));
    const mine = [attempt(() => me?.getMaybeMePnUser()), attempt(() => me?.getMaybeMeLidUser?.())].map(textOf);
    const keysIn = (chat: PageChat): readonly string[] => {
      const id = textOf(chat.id) ?? chatId;
      const isGroup = id.endsWith('@g.us');
      const members = attempt(() => chat.groupMetadata?.participants?.getModelsArray()) ?? [];
      const writers = isGroup ? [...mine, ...members.map((member) => textOf(member.id))] : [];
      const ends = ['', ...writers.filter((writer) => writer !== undefined).map((writer) => `_${writer}`)];
      return [...new Set(ends)].flatMap((end) => [`true_${id}_${messageId}${end}`, `false_${id}_${messageId}${end}`]);
    };
    for (const chat of chats) found ??= (await Msg.getMessagesById(keysIn(chat)))?.messages?.find(isIt);
  }
  if (found === undefined) return { hasChat: chats.length > 0 };

  const message = found;
  const type = String(message['type']);
  const may = attempt(() => world.require('WAWebMsgActionCapability'));
  const asked = (question: ((of: PageMessage) => boolean) | undefined): boolean =>
    question !== undefined && attempt(() => question(message)) === true;
  const contact = attempt(() => (message['author'] ? Contact.get(message['author']) : undefined));
  // The body of media is its preview picture.
  const pictured = ['image', 'video', 'sticker', 'document', 'audio', 'ptt', 'location'];
  const isPlain = !pictured.includes(type);
  const pollOptions = (Array.isArray(message['pollOptions']) ? message['pollOptions'] : []) as readonly {
    readonly name?: unknown;
  }[];
  return {
    hasChat: true,
    found: {
      key: textOf(message.id) ?? '',
      message: {
        id: { fromMe: message.id.fromMe, remote: chatId, id: messageId, participant: textOf(message.id.participant) },
        type,
        body: isPlain ? message['body'] : undefined,
        caption: message['caption'],
        pollName: message['pollName'],
        loc: message['loc'],
        vcardFormattedName: message['vcardFormattedName'],
        latestEditSenderTimestampMs: message['latestEditSenderTimestampMs'],
        author: textOf(message['author']),
        authorName: contact?.['name'] || contact?.['verifiedName'] || contact?.['pushname'],
        notifyName: message['notifyName'],
        t: message.t,
        ack: message['ack'],
      },
      type,
      body: isPlain && typeof message['body'] === 'string' ? message['body'] : undefined,
      fromMe: message.id.fromMe,
      star: message['star'] === true,
      may: {
        edit: asked(may?.canEditText) || asked(may?.canEditCaption),
        revoke: asked(may?.canSenderRevokeMsg) || asked(may?.canAdminRevokeMsg),
        star: asked(may?.canStarMsg),
      },
      pollOptions: pollOptions.map((option) => String(option.name)),
      pollTakesSeveral: !message['pollSelectableOptionsCount'],
      latitude: message['lat'],
      longitude: message['lng'],
      place: message['loc'],
      mimetype: message['mimetype'],
      filename: message['filename'],
      size: message['size'],
      isViewOnce: message['isViewOnce'] === true,
    },
  };
};

/** A chat as the page has it; undefined when it has none, under no name. Nothing is asked of WhatsApp. */
export interface ChatLook {
  /** The chat's id in the page. */
  readonly id: string;
  /** Whether this account is in the group; true for everything that is no group. */
  readonly isMember: boolean;
  /** Messages of it that the page has in memory. */
  readonly messages: number;
}

export const lookAtChat = (chatId: string): ChatLook | undefined => {
  const world = globalThis as unknown as PageWorld;
  const { Chat } = world.require('WAWebCollections');
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const textOf = (id: unknown): string | undefined => {
    if (id === undefined || id === null) return undefined;
    return typeof id === 'string' ? id : ((id as PageWid)._serialized ?? (id as PageWid).toString());
  };
  const wid = world.require('WAWebWidFactory').createWid(chatId);
  const names = [
    wid,
    attempt(() => world.require('WAWebLidMigrationUtils').toPn(wid)),
    attempt(() => world.require('WAWebApiContact').getAlternateUserWid(wid)),
  ];
  const chat = names.map((id) => (id ? attempt(() => Chat.get(id)) : undefined)).find((one) => one !== undefined);
  if (chat === undefined) return undefined;
  const me = attempt(() => world.require('WAWebUserPrefsMeUser'));
  const mine = [attempt(() => me?.getMaybeMePnUser()), attempt(() => me?.getMaybeMeLidUser?.())].map(textOf);
  const members = attempt(() => chat.groupMetadata?.participants?.getModelsArray()) ?? [];
  const id = textOf(chat.id) ?? chatId;
  return {
    id,
    isMember: !id.endsWith('@g.us') || members.some((member) => mine.includes(textOf(member.id))),
    messages: attempt(() => chat.msgs?.getModelsArray().length) ?? 0,
  };
};
