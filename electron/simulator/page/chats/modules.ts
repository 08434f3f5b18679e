import { Collection } from '../core/collection';
import { Emitter } from '../core/emitter';
import { Model } from '../core/model';
import { MsgKey } from '../core/msg-key';
import { define, definePartly } from '../core/registry';
import { createWid, type Wid } from '../core/wid';
import type { Session } from '../session/session';
import type { AccountStore } from './account-store';
import type { ChatModel } from './chat-model';
import { type ContactModel, countryCode, formatNumber } from './contact-model';

/** Calls are not offered; the library insists on an emitter with a map of calls and hooks itself into that map. */
class CallCollection extends Emitter {
  readonly calls = new Map<string, unknown>();
}

export function defineIdModules(store: AccountStore): void {
  define('WAWebMsgKey', MsgKey);
  define('WAWebWidFactory', {
    createWid,
    createWidFromWidLike: createWid,
    asUserWidOrThrow: (value: unknown): Wid => {
      const wid = createWid(value);
      if (!wid.isUser()) throw new Error(`${wid} is not a user`);
      return wid;
    },
  });
  define('WAWebWidToJid', {
    widToUserJid: (wid: Wid) => wid.toJid(),
    widToGroupJid: (wid: Wid) => wid.toJid(),
  });
  define('WAWebJidToWid', { userJidToUserWid: createWid, newsletterJidToWid: createWid });
  define('WAJids', { toNewsletterJid: (text: string) => text });
  // Everybody here is known by phone number; there are no hidden ids to translate yet.
  define('WAWebApiContact', {
    getPhoneNumber: () => null,
    getCurrentLid: () => null,
    getAlternateUserWid: () => null,
  });
  define('WAWebLidMigrationUtils', { toPn: (wid: Wid) => (wid.isLid() ? null : wid) });
  define('WAWebQueryExistsJob', {
    queryWidExists: async (wid: unknown) => {
      const found = await store.exists(createWid(wid));
      return found === undefined ? null : { wid: found };
    },
  });
  define('WAWebPhoneUtils', { formattedPhoneNumber: (jid: string) => formatNumber(createWid(jid).user) });
  define('WAPhoneFindCC', { findCC: countryCode });
}

export function defineCollections(store: AccountStore): void {
  const empty = () => new Collection({ modelClass: Model });
  const groups = Object.assign(store.groups, { update: async () => undefined });
  definePartly('WAWebCollections', {
    Msg: store.messages,
    Chat: store.chats,
    Contact: store.contacts,
    GroupMetadata: groups,
    WAWebNewsletterCollection: empty(),
    NewsletterMetadataCollection: Object.assign(empty(), { update: async () => undefined }),
    Label: empty(),
    Blocklist: empty(),
    Status: empty(),
    BusinessProfile: empty(),
    ProfilePicThumb: empty(),
    Reactions: empty(),
    // The library looks for these and takes their absence for an answer.
    WAWebGroupMetadataCollection: undefined,
    Features: undefined,
  });
  define('WAWebCallCollection', new CallCollection());
}

export function defineChatModules(store: AccountStore, session: Session): void {
  define('WAWebFindChatAction', {
    findOrCreateLatestChat: async (wid: unknown) => ({ chat: await store.findOrCreate(createWid(wid)) }),
  });
  define('WAWebChatGetters', {
    getIsNewsletter: (chat: ChatModel) => chat.id.isNewsletter(),
    getIsBroadcast: (chat: ChatModel) => chat.id.isBroadcast(),
  });
  define('WAWebChatLoadMessages', {
    loadEarlierMsgs: ({ chat }: { readonly chat: ChatModel }) => store.loadEarlier(chat),
  });
  define('WAWebUpdateUnreadChatAction', {
    sendSeen: async ({ chat }: { readonly chat: ChatModel }) => {
      if (chat.unreadCount === 0) return;
      await session.wire.request('seen', { chatId: chat.id._serialized });
      chat.set('unreadCount', 0);
    },
  });
  const state = (name: 'composing' | 'recording' | 'paused') => async (wid: Wid) => {
    await session.wire.request('typing', { chatId: wid._serialized, state: name });
  };
  define('WAWebChatStateBridge', {
    sendChatStateComposing: state('composing'),
    sendChatStateRecording: state('recording'),
    sendChatStatePaused: state('paused'),
  });
}

export function defineContactModules(store: AccountStore): void {
  define('WAWebContactGetters', {
    getIsMe: (contact: ContactModel) => contact.id.equals(store.me),
    getIsUser: (contact: ContactModel) => contact.id.isUser(),
    getIsGroup: (contact: ContactModel) => contact.isGroup,
    getIsWAContact: (contact: ContactModel) => contact.id.isUser(),
    getUserid: (contact: ContactModel) => contact.id.user,
    getVerifiedName: () => undefined,
    getVerifiedLevel: () => undefined,
    getStatusMute: () => false,
    getName: (contact: ContactModel) => contact.name,
    getShortName: (contact: ContactModel) => contact.get('shortName'),
    getPushname: (contact: ContactModel) => contact.pushname,
    getIsEnterprise: (contact: ContactModel) => contact.isEnterprise,
  });
  define('WAWebFrontendContactGetters', {
    getIsMyContact: (contact: ContactModel) => contact.name !== undefined && contact.id.isUser(),
  });
  definePartly('WAWebContactCollection', { getMeContact: () => store.contacts.get(store.me) ?? null });
  // Nobody on this network has a picture, and "none" is how WhatsApp answers for such people.
  definePartly('WAWebContactProfilePicThumbBridge', { requestProfilePicFromServer: async () => undefined });
}
