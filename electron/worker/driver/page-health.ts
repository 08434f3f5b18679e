import type { PageWid, PageWorld } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

/** What a page that is not ready yet shows. */
export interface PageStart {
  /** The page's own word for its connection; undefined while there is none. */
  readonly state: string | undefined;
  readonly passkey: boolean;
  readonly banned: boolean;
}

/** What an unlinked page says, in its own words and in those that a person can read on it. */
export const readStart = (): PageStart => {
  const world = globalThis as unknown as PageWorld & {
    readonly document?: { readonly body?: { readonly innerText?: string } };
  };
  let state: string | undefined;
  try {
    state = world.require('WAWebSocketModel').Socket.state;
  } catch {
    state = undefined;
  }
  const unlinked = state === undefined || ['UNPAIRED', 'UNPAIRED_IDLE', 'PAIRING'].includes(state);
  // Customers' words stand on a linked page; only those of an unlinked one are WhatsApp's own.
  const text = unlinked ? (world.document?.body?.innerText ?? '').slice(0, 4_000).toLowerCase() : '';
  return {
    state,
    passkey:
      unlinked &&
      (world.switchboardPasskey === true || /passkey|clave de acceso|chave de acesso|clé d.accès/.test(text)),
    banned: /not allowed to use whatsapp|account (is|has been|was) banned|banned from (using )?whatsapp/.test(text),
  };
};

/** Asks the page for a new code after it has stopped showing new ones by itself. */
export const refreshCode = (): void => {
  (globalThis as unknown as PageWorld).require('WAWebLaunchSocketUtils').refreshQR();
};

/** Tells WhatsApp that this device is no longer linked. */
export const unlinkDevice = async (): Promise<void> => {
  await (globalThis as unknown as PageWorld).require('WAWebSocketModel').Socket.logout();
};

/** Who the page is logged in as, if it still says so. */
export const readOwnId = (): { readonly wid: string; readonly pushName: string } | undefined => {
  const world = globalThis as unknown as PageWorld;
  try {
    const me = world.require('WAWebUserPrefsMeUser');
    const wid: PageWid | null | undefined = me.getMaybeMePnUser() ?? me.getMaybeMeLidUser?.();
    const text = wid?._serialized ?? wid?.toString();
    if (text === undefined) return undefined;
    let pushName = '';
    try {
      pushName = world.require('WAWebConnModel').Conn.pushname ?? '';
    } catch {
      // A name is a courtesy.
    }
    return { wid: text, pushName };
  } catch {
    return undefined;
  }
};

/**
 * The canary: which pieces of WhatsApp Web that reading and sending rest on are not there any more, by name. Empty in every
 * build that this version knows.
 */
export const findMissing = (): readonly string[] => {
  const world = globalThis as unknown as { require(name: string): Readonly<Record<string, unknown>> };
  const needed: readonly (readonly [module: string, path: string])[] = [
    ['WAWebSocketModel', 'Socket.state'],
    ['WAWebCmd', 'Cmd.on'],
    ['WAWebConnModel', 'Conn.serialize'],
    ['WAWebUserPrefsMeUser', 'getMaybeMePnUser'],
    ['WAWebCollections', 'Msg.get'],
    ['WAWebCollections', 'Msg.on'],
    ['WAWebCollections', 'Chat.get'],
    ['WAWebCollections', 'Chat.getModelsArray'],
    ['WAWebCollections', 'Contact.get'],
    ['WAWebMsgKey', 'newId'],
    ['WAWebWidFactory', 'createWid'],
    ['WAWebFindChatAction', 'findOrCreateLatestChat'],
    ['WAWebChatLoadMessages', 'loadEarlierMsgs'],
    ['WAWebSendMsgChatAction', 'addAndSendMsgToChat'],
    ['WAWebUpdateUnreadChatAction', 'sendSeen'],
    ['WAWebGetEphemeralFieldsMsgActionsUtils', 'getEphemeralFields'],
    ['WALinkify', 'findLinks'],
  ];
  const missing = new Set<string>();
  for (const [module, path] of needed) {
    let value: unknown;
    try {
      value = world.require(module);
    } catch {
      missing.add(module);
      continue;
    }
    if (value === undefined || value === null) {
      missing.add(module);
      continue;
    }
    for (const step of path.split('.')) {
      value =
        (typeof value === 'object' && value !== null) || typeof value === 'function'
          ? (value as Readonly<Record<string, unknown>>)[step]
          : undefined;
    }
    if (value === undefined || value === null) missing.add(`${module}.${path}`);
  }
  return [...missing];
};
