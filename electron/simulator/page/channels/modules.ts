import type { ChannelRow, ReactionCodes, SubscriberRow } from '../../channel-frames';
import type { AccountStore } from '../chats/account-store';
import type { ContactModel } from '../chats/contact-model';
import { define, requireModule } from '../core/registry';
import { createWid, type WidLike } from '../core/wid';
import type { Session } from '../session/session';
import { defineChannelAdminModules } from './admin-modules';
import type { ChannelModel } from './channel-model';
import { COUNTRIES, regionOf } from './countries';
import { definePostModules } from './post-modules';

interface SearchOptions {
  readonly searchText: string;
  readonly countryCodes: readonly string[];
  readonly skipSubscribedNewsletters: boolean;
  readonly view: 'RECOMMENDED' | 'TRENDING' | 'POPULAR' | 'NEW';
}

interface Edits {
  readonly name?: string;
  readonly description?: string;
  readonly picture?: string | null;
  readonly reactionCodesSetting?: ReactionCodes;
}

/** Most subscribers that are told at once. */
const SUBSCRIBERS = 10_000;
const MUTED = -1;

/** The modules through which WhatsApp Web finds, follows and runs channels. */
export function defineChannelModules(store: AccountStore, session: Session): void {
  const ask = session.wire.request.bind(session.wire);
  const { channels } = store.channels;
  const gating = {
    isNewsletterCreationEnabled: () => true,
    getMaxSubscriberNumber: () => SUBSCRIBERS,
    getNewsletterDirectoryPageSize: () => 50,
  };

  Object.assign(requireModule('WAWebCollections') as object, {
    WAWebNewsletterCollection: channels,
    NewsletterMetadataCollection: {
      update: (id: WidLike) => store.channels.refresh(createWid(id)._serialized),
    },
  });
  define('WAWebLoadNewsletterPreviewChatAction', {
    loadNewsletterPreviewChat: (id: string) => store.channels.load(id),
  });
  define('WAWebNewsletterMetadataQueryJob', {
    queryNewsletterMetadataByInviteCode: async (code: string, _role: string) =>
      metadataMixins((await ask('channel-by-invite', { code })).channel),
  });
  define('WAWebNewsletterModelUtils', {
    getRoleByIdentifier: (code: string) =>
      channels.getModelsArray().find(({ newsletterMetadata }) => newsletterMetadata.inviteCode === code)
        ?.newsletterMetadata.membershipType ?? 'guest',
    ADMIN_NOTIFICATIONS: 'ADMIN_NOTIFICATIONS',
    MUTED_STATE: MUTED,
    UNMUTED_STATE: 0,
  });
  define('WAWebNewsletterGatingUtils', gating);
  define('WAWebNewsletterCreateQueryJob', {
    createNewsletterQuery: async (input: {
      readonly name: string;
      readonly description: string | null;
      readonly picture: string | null;
    }) => {
      const { channel } = await ask('channel-create', {
        name: input.name,
        ...(input.description === null ? {} : { description: input.description }),
        ...(input.picture === null ? {} : { picture: input.picture }),
      });
      return metadataMixins(channel);
    },
  });
  define('WAWebNewsletterDeleteAction', {
    deleteNewsletterAction: async (channel: ChannelModel) => {
      await ask('channel-delete', { id: channel.id._serialized });
    },
  });
  define('WAWebEditNewsletterMetadataAction', {
    editNewsletterMetadataAction: async (channel: ChannelModel, _what: object, edits: Edits) => {
      const { name, description, picture, reactionCodesSetting } = edits;
      await ask('channel-edit', {
        id: channel.id._serialized,
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(picture === undefined ? {} : { picture: picture ?? '' }),
        ...(reactionCodesSetting === undefined ? {} : { reactionCodes: reactionCodesSetting }),
      });
    },
  });
  define('WAWebNewsletterSubscribeAction', {
    subscribeToNewsletterAction: async (channel: ChannelModel) => {
      await ask('channel-follow', { id: channel.id._serialized, on: true });
    },
  });
  define('WAWebNewsletterUnsubscribeAction', {
    unsubscribeFromNewsletterAction: async (
      channel: ChannelModel,
      { deleteLocalModels }: { readonly deleteLocalModels: boolean },
    ) => {
      const id = channel.id._serialized;
      await ask('channel-follow', { id, on: false });
      // What the network tells has taken it away; a caller may want to keep looking at it as a guest.
      if (!deleteLocalModels) await store.channels.load(id);
    },
  });
  define('WAWebNewsletterDirectorySearchAction', {
    fetchNewsletterDirectories: async (search: SearchOptions) => {
      const found = await ask('channel-search', {
        text: search.searchText,
        countries: search.countryCodes,
        skipSubscribed: search.skipSubscribedNewsletters,
        view: search.view,
        // Through the module: callers replace it for as long as they search.
        limit: gating.getNewsletterDirectoryPageSize(),
      });
      return { newsletters: found.channels.map((row) => store.channels.keep(row)) };
    },
  });
  define('WAWebL10N', { getRegion: () => regionOf(store.me.user) });
  define('WAWebCountriesNativeCountryNames', { countryCodesIso: COUNTRIES });
  define('WAWebMexFetchNewsletterSubscribersJob', {
    mexFetchNewsletterSubscribers: (id: string, limit: number) =>
      ask('channel-subscribers', { id, limit: Math.min(limit, SUBSCRIBERS) }),
  });
  define('WAWebNewsletterSubscriberListAction', {
    getSubscribersInContacts: (subscribers: readonly SubscriberRow[]) =>
      subscribers.flatMap(({ id, role }) => {
        const contact: ContactModel | undefined = store.contacts.get(id);
        const isShown = contact !== undefined && (contact.name !== undefined || contact.id.equals(store.me));
        return isShown ? [{ contact, role }] : [];
      }),
  });
  define('WAWebNewsletterUpdateUserSettingJob', {
    updateNewsletterUserSetting: async (setting: {
      readonly newsletterJid: string;
      readonly muteExpirationValue: number;
    }) => {
      await ask('channel-mute', { id: setting.newsletterJid, on: setting.muteExpirationValue === MUTED });
    },
  });
  defineChannelAdminModules(store, ask);
  definePostModules(store, ask);
}

/** A channel in the shape of the service's answer, as far as anybody reads it. */
function metadataMixins(row: ChannelRow): object {
  return {
    idJid: row.id,
    newsletterCreationTimeMetadataMixin: { creationTimeValue: row.creation },
    newsletterNameMetadataMixin: { nameElementValue: row.name, nameUpdateTime: row.nameTime },
    newsletterDescriptionMetadataMixin: {
      descriptionQueryDescriptionResponseMixin: { elementValue: row.description, updateTime: row.descriptionTime },
    },
    newsletterInviteLinkMetadataMixin: { inviteCode: row.inviteCode },
    newsletterStateMetadataMixin: { stateType: 'active' },
    newsletterSubscribersMetadataMixin: { subscribersCount: row.subscribersCount },
    newsletterVerificationMetadataMixin: { verificationState: row.verified ? 'verified' : 'unverified' },
  };
}
