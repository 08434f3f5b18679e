import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import type { ContactModel } from '../chats/contact-model';
import { define } from '../core/registry';
import type { Wid } from '../core/wid';
import { sendCard } from '../messages/send-card';
import type { Wire } from '../wire/wire';
import type { ChannelModel } from './channel-model';

/** Inviting, accepting and dismissing the admins of a channel, and handing it over. */
export function defineChannelAdminModules(store: AccountStore, ask: Wire['request']): void {
  const demote = async (id: string, person: Wid) => {
    await ask('channel-demote', { id, person: person._serialized });
  };
  define('WAWebNewsletterSendMsgAction', {
    sendNewsletterAdminInviteMessage: async (
      chat: ChatModel,
      invitation: {
        readonly newsletterWid: Wid;
        readonly invitee: Wid;
        readonly inviteMessage?: string;
        readonly base64Thumb?: string;
      },
    ) => {
      const id = invitation.newsletterWid._serialized;
      const { expiration } = await ask('channel-invite-admin', { id, person: invitation.invitee._serialized });
      return sendCard(store, chat, {
        type: 'newsletter_admin_invite',
        body: invitation.inviteMessage ?? '',
        newsletterJid: id,
        newsletterName: store.channels.channels.get(id)?.name ?? '',
        inviteExpiration: expiration,
        ...(invitation.base64Thumb === undefined ? {} : { thumbnail: invitation.base64Thumb }),
      });
    },
  });
  define('WAWebMexAcceptNewsletterAdminInviteJob', {
    acceptNewsletterAdminInvite: async (id: string) => {
      await ask('channel-accept-admin-invite', { id });
    },
  });
  define('WAWebMexRevokeNewsletterAdminInviteJob', {
    revokeNewsletterAdminInvite: async (id: string, invitee: Wid) => {
      await ask('channel-revoke-admin-invite', { id, person: invitee._serialized });
    },
  });
  define('WAWebDemoteNewsletterAdminAction', {
    demoteNewsletterAdmin: demote,
    demoteNewsletterAdminAction: (channel: ChannelModel, contact: ContactModel) =>
      demote(channel.id._serialized, contact.id),
  });
  define('WAWebNewsletterDemoteAdminJob', {
    demoteNewsletterAdmin: demote,
    demoteNewsletterAdminAction: (channel: ChannelModel, contact: ContactModel) =>
      demote(channel.id._serialized, contact.id),
  });
  define('WAWebChangeNewsletterOwnerAction', {
    changeNewsletterOwnerAction: async (channel: ChannelModel, contact: ContactModel) => {
      await ask('channel-owner', { id: channel.id._serialized, person: contact.id._serialized });
    },
  });
}
