import { MsgKey } from '../core/msg-key';
import { define, definePartly } from '../core/registry';
import { createWid, type Wid } from '../core/wid';
import { reactionsOf } from '../messages/actions';
import { businessProfiles } from '../people/modules';
import { definePictures } from '../people/pictures';
import type { Session } from '../session/session';
import type { AccountStore } from './account-store';
import type { ChatModel } from './chat-model';
import type { ContactModel } from './contact-model';

export function defineIdModules(): void {
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
}

export function defineCollections(store: AccountStore, session: Session): void {
  const groups = Object.assign(store.groups, { update: async () => undefined });
  definePartly('WAWebCollections', {
    Msg: store.messages,
    Chat: store.chats,
    Contact: store.contacts,
    GroupMetadata: groups,
    Label: store.labels,
    Blocklist: store.people.blocklist,
    Status: store.statuses,
    BusinessProfile: businessProfiles(session),
    ProfilePicThumb: definePictures(store, session),
    Presence: store.presences,
    Reactions: reactionsOf(store, session),
    // The library looks for these and takes their absence for an answer.
    WAWebGroupMetadataCollection: undefined,
    Features: undefined,
  });
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
    getVerifiedName: (contact: ContactModel) => contact.get('verifiedName'),
    getVerifiedLevel: (contact: ContactModel) => contact.get('verifiedLevel'),
    getStatusMute: () => false,
    getName: (contact: ContactModel) => contact.name,
    getShortName: (contact: ContactModel) => contact.get('shortName'),
    getPushname: (contact: ContactModel) => contact.pushname,
    getIsEnterprise: (contact: ContactModel) => contact.isEnterprise,
  });
  define('WAWebFrontendContactGetters', {
    getIsMyContact: (contact: ContactModel) => contact.name !== undefined && contact.id.isUser(),
  });
}
