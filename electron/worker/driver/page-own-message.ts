import type { PageMessage, PageMessageKey, PageWid, PageWorld } from './page-world';

/** An own message as the page has it, and what became of asking the page to go on with it. */
export interface OwnMessageVisit {
  /** Absent: the page does not have the message, neither in memory nor in its table. */
  readonly message?: unknown;
  /** `needless`: it has left already. `no_way`: this build has none. */
  readonly resent?: 'asked' | 'needless' | 'no_way';
}

/**
 * Runs inside the page: its source text is sent there. Looks for an own message in memory and in the page's table, under every
 * name that its key may have. With `resend` it asks the page to go on with a message that did not leave, without waiting until
 * it has left.
 */
export const visitOwnMessage = async (chatId: string, messageId: string, resend: boolean): Promise<OwnMessageVisit> => {
  const world = globalThis as unknown as PageWorld & { setTimeout(task: () => void, delayMs: number): void };
  const { Chat, Msg, Status } = world.require('WAWebCollections');
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const textOf = (id: PageWid | PageMessageKey | string | undefined | null): string | undefined => {
    if (id === undefined || id === null || typeof id === 'string') return id ?? undefined;
    return id._serialized ?? id.toString();
  };
  const isStatus = chatId === 'status@broadcast';
  const mine = (message: PageMessage | undefined): boolean =>
    message?.id.fromMe === true && message.id.id === messageId && (!isStatus || textOf(message.id.remote) === chatId);
  const me = attempt(() => world.require('WAWebUserPrefsMeUser'));
  const own = [attempt(() => me?.getMaybeMePnUser()), attempt(() => me?.getMaybeMeLidUser?.())].map(textOf);
  // In groups and of statuses the key ends with the writer, and builds differ in how they write it.
  const ends = /@(g\.us|broadcast)$/.test(chatId)
    ? ['', ...own.filter((id) => id !== undefined).map((id) => `_${id}`)]
    : [''];
  const keys = ends.map((end) => `true_${chatId}_${messageId}${end}`);
  let found = keys.map((key) => attempt(() => Msg.get(key))).find(mine);
  found ??= attempt(() => Chat.get(chatId)?.msgs?.getModelsArray().find(mine));
  // A chat may go by another name here than there.
  found ??= Msg.getModelsArray().find(mine);
  // Some builds keep statuses apart from all other messages.
  if (isStatus) {
    found ??= attempt(() => Status?.getMyStatus()?.msgs?.getModelsArray().find(mine));
  }
  if (found === undefined && typeof Msg.getMessagesById === 'function') {
    found = (await Msg.getMessagesById(keys))?.messages?.find(mine);
  }
  if (found === undefined) return {};

  const message = found;
  let resent: OwnMessageVisit['resent'];
  if (resend) {
    const ack = typeof message['ack'] === 'number' ? message['ack'] : 0;
    const failed = attempt(() => world.require('WAWebResendMsgAction').resendMsg);
    const any = attempt(() => world.require('WAWebSendMsgRecordAction').sendMsgRecord);
    // The one acts on messages that have failed, the other on all; a build may have only one of them.
    const way = ack < 0 || message['isSendFailure'] === true ? (failed ?? any) : (any ?? failed);
    if (ack >= 1) resent = 'needless';
    else if (way === undefined) resent = 'no_way';
    else {
      const asked = Promise.resolve(way(message));
      // Without a connection it may take for ever; what it says at once is worth hearing.
      await Promise.race([asked, new Promise<void>((resolve) => world.setTimeout(resolve, 500))]);
      asked.catch(() => undefined);
      resent = 'asked';
    }
  }
  const plain = {
    id: { fromMe: true, remote: chatId, id: message.id.id },
    type: message['type'],
    // The body of media is its preview picture.
    body: message['type'] === 'chat' ? message['body'] : undefined,
    caption: message['caption'],
    pollName: message['pollName'],
    loc: message['loc'],
    vcardFormattedName: message['vcardFormattedName'],
    t: message.t,
    ack: message['ack'],
  };
  return { message: plain, ...(resent === undefined ? {} : { resent }) };
};
