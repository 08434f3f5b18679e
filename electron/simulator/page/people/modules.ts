import type { AccountStore } from '../chats/account-store';
import type { ContactModel } from '../chats/contact-model';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { define, definePartly } from '../core/registry';
import { createWid, type Wid } from '../core/wid';
import type { Session } from '../session/session';
import { countryCode, formatNumber } from './phone-numbers';

/** Modules about people: ids, numbers, address book, blocking, about texts, devices, business profiles. */
export function definePeopleModules(store: AccountStore, { wire }: Session): void {
  const { people } = store;
  define('WAWebApiContact', {
    getPhoneNumber: (lid: Wid) => (lid.isLid() ? people.otherId(lid) : null),
    getCurrentLid: (pn: Wid) => (pn.isLid() ? null : people.otherId(pn)),
    getAlternateUserWid: (wid: Wid) => people.otherId(wid),
  });
  define('WAWebLidMigrationUtils', { toPn: (wid: Wid) => people.phoneOf(wid) });
  define('WAWebQueryExistsJob', {
    queryWidExists: async (id: unknown) => {
      const found = await store.exists(createWid(id));
      return found === undefined ? null : { wid: found };
    },
  });
  define('WAWebPhoneUtils', { formattedPhoneNumber: (jid: string) => formatNumber(createWid(jid).user) });
  define('WAPhoneFindCC', { findCC: countryCode });
  define('WAWebApiDeviceList', {
    getDeviceIds: (wids: readonly Wid[]) =>
      Promise.all(
        wids.map(async (wid) => {
          const { count } = await wire.request('devices', { id: wid._serialized });
          return count === undefined ? null : { id: wid, devices: Array.from({ length: count }, (_, id) => ({ id })) };
        }),
      ),
  });
  define('WAWebSaveContactAction', {
    saveContactAction: async (entry: {
      readonly firstName: string;
      readonly lastName?: string;
      readonly phoneNumber: string;
    }) => {
      const name = [entry.firstName, entry.lastName ?? ''].join(' ').trim();
      await wire.request('bookSave', { number: entry.phoneNumber.replace(/\D/g, ''), name });
    },
  });
  define('WAWebDeleteContactAction', {
    deleteContactAction: async ({ phoneNumber }: { readonly phoneNumber: Wid }) => {
      await wire.request('bookDelete', { number: phoneNumber.user });
    },
  });
  const block = async (contact: { readonly id: Wid }, blocked: boolean) => {
    await wire.request('block', { id: contact.id._serialized, blocked });
  };
  define('WAWebBlockContactUtils', {
    getContactToBlockOnlyUseIfNoAssociatedChat: (contact: ContactModel) => contact,
  });
  define('WAWebBlockContactAction', {
    blockContact: ({ contact }: { readonly contact: { readonly id: Wid } }) => block(contact, true),
    unblockContact: (contact: { readonly id: Wid }) => block(contact, false),
  });
  define('WAWebContactStatusBridge', {
    getStatus: async ({ wid }: { readonly wid: Wid }) => {
      try {
        return { status: (await wire.request('about', { id: wid._serialized })).about };
      } catch (error) {
        // A text that may not be seen comes as the number of the refusal.
        if (error instanceof Error && 'statusCode' in error) return { status: error.statusCode };
        throw error;
      }
    },
    setMyStatus: async (about: string) => {
      await wire.request('profile', { about });
      return { status: 200 };
    },
  });
  define('WAWebSetPushnameConnAction', {
    setPushname: async (pushname: string) => {
      await wire.request('profile', { pushname });
    },
  });
  defineNotes(store, wire);
  definePartly('WAWebContactCollection', { getMeContact: () => store.contacts.get(store.me) ?? null });
}

/** Notes about customers; only WhatsApp Business has them. */
function defineNotes(store: AccountStore, wire: Session['wire']): void {
  define('WAWebBizGatingUtils', { smbNotesV1Enabled: () => store.isBusiness });
  define('WAWebNoteAction', {
    noteAddAction: async (_kind: 'unstructured', jid: string, content: string) => {
      await wire.request('noteSet', { id: createWid(jid)._serialized, content });
    },
    retrieveOnlyNoteForChatJid: async (jid: string) => {
      const { note } = await wire.request('note', { id: createWid(jid)._serialized });
      return note === undefined ? null : new Model({ ...note, chatJid: jid, type: 'unstructured' });
    },
  });
}

class BusinessProfileModel extends Model {
  declare readonly profileOptions: object | undefined;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Profiles of businesses; for anybody else a profile without content, never nothing. */
export function businessProfiles({ wire }: Session): Collection<BusinessProfileModel> {
  return new Collection({
    modelClass: BusinessProfileModel,
    load: async (text) => {
      const id = createWid(text);
      const { profile } = await wire.request('business', { id: id._serialized });
      if (profile === undefined) return new BusinessProfileModel({ id });
      const { category, website, ...rest } = profile;
      return new BusinessProfileModel({
        id,
        tag: '1',
        ...rest,
        categories: [{ id: category.toUpperCase().replaceAll(' ', '_'), localized_display_name: category }],
        website: [...website],
        profileOptions: { commerceExperience: 'none', cartEnabled: false },
        latitude: undefined,
        longitude: undefined,
        businessHours: {
          config: Object.fromEntries(DAYS.map((day) => [day, { mode: 'open_24h', hours: [] }])),
          timezone: 'UTC',
        },
        fbPage: {},
        ifProfileLinked: false,
        coverPhoto: null,
      });
    },
  });
}
