import type { GroupRow, ParticipantAction, ParticipantResult } from '../../group-frames';
import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import type { ContactModel } from '../chats/contact-model';
import type { GroupMetadataModel, ParticipantModel } from '../chats/group-metadata-model';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import { define } from '../core/registry';
import { createWid, type Wid, type WidLike } from '../core/wid';
import { sendCard } from '../messages/send-card';
import type { Session } from '../session/session';
import { defineParticipantCalls } from './participant-calls';

interface GroupOptions {
  readonly title: string;
  readonly memberAddMode: boolean;
  readonly membershipApprovalMode: boolean;
  readonly announce: boolean;
  readonly restrict: boolean;
  readonly ephemeralDuration: number;
  readonly parentGroupId: Wid | undefined;
}

/** The modules through which WhatsApp Web makes and changes groups. Whatever changes comes back as an event of the network. */
export function defineGroupModules(store: AccountStore, session: Session): void {
  const ask = session.wire.request.bind(session.wire);
  const metadata = async (id: string): Promise<GroupMetadataModel> => {
    const { group } = await ask('group', { id });
    return store.applyGroup(group);
  };
  const inviteCode = async (id: unknown, renew: boolean) => ({
    code: (await ask('group-invite-code', { id: createWid(id)._serialized, renew })).code,
  });
  const change = (action: ParticipantAction) => async (chat: ChatModel, people: readonly ParticipantModel[]) => {
    if (people.length === 0) return;
    await ask('group-participants', {
      id: chat.id._serialized,
      action,
      people: people.map((person) => person.id._serialized),
    });
  };

  // Callers make somebody known this way before they send a private invitation.
  Object.assign(store.contacts, { gadd: (id: WidLike) => store.people.contactFor(createWid(id)) });
  define('WAWebGroupCreateJob', {
    createGroup: async (options: GroupOptions, people: readonly { readonly phoneNumber: Wid }[]) => {
      const { id, results } = await ask('group-create', {
        subject: options.title,
        participants: people.map(({ phoneNumber }) => phoneNumber._serialized),
        announce: options.announce,
        restrict: options.restrict,
        adminsAdd: options.memberAddMode,
        membershipApproval: options.membershipApprovalMode,
        ephemeralSeconds: options.ephemeralDuration,
        ...(options.parentGroupId === undefined ? {} : { parent: options.parentGroupId._serialized }),
      });
      return { wid: createWid(id), subject: options.title, participants: results.map(createdParticipant) };
    },
  });
  define('WAWebGroupQueryJob', {
    queryAndUpdateGroupMetadataById: async ({ id }: { readonly id: string }) => {
      // Of a group that this account is not in, WhatsApp Web keeps what it last knew.
      await metadata(id).catch(() => undefined);
    },
    queryGroupInvite: async (code: string) => inviteInfo((await ask('group-by-invite', { code })).group),
    resetGroupInviteCode: (wid: WidLike) => inviteCode(wid, true),
  });
  define('WAWebGroupInviteJob', {
    joinGroupViaInvite: async (code: string) => ({ gid: createWid((await ask('group-join', { code })).id) }),
    resetGroupInviteCode: (wid: WidLike) => inviteCode(wid, true),
  });
  define('WAWebGroupInviteV4Job', {
    joinGroupViaInviteV4: async (code: string, _expiration: string, id: string, from: Wid) => {
      await ask('group-join-invited', { id, code, from: from._serialized });
      return { status: 200 };
    },
  });
  define('WAWebMexFetchGroupInviteCodeJob', {
    fetchMexGroupInviteCode: async (id: string) => (await inviteCode(id, false)).code,
  });
  define('WAWebGroupModifyInfoJob', {
    setGroupSubject: async (wid: Wid, subject: string) => {
      await ask('group-subject', { id: wid._serialized, subject });
    },
    setGroupDescription: async (wid: Wid, text: string, newId: string, previousId: string | undefined) => {
      const previous = previousId === undefined ? {} : { previousId };
      await ask('group-description', { id: wid._serialized, text, newId, ...previous });
    },
  });
  define('WAWebSetPropertyGroupAction', {
    setGroupProperty: async (chat: ChatModel, name: 'announcement' | 'restrict' | 'member_add_mode', value: number) => {
      await ask('group-property', { id: chat.id._serialized, name, value });
    },
  });
  define('WAWebModifyParticipantsGroupAction', {
    removeParticipants: change('remove'),
    promoteParticipants: change('promote'),
    demoteParticipants: change('demote'),
  });
  define('WAWebApiMembershipApprovalRequestStore', {
    getMembershipApprovalRequests: async (wid: Wid) => {
      const { membershipApprovalRequests } = await metadata(wid._serialized);
      return membershipApprovalRequests.map((request) => request.serialize());
    },
  });
  define('WAWebExitGroupAction', {
    sendExitGroup: async (chat: ChatModel) => {
      await ask('group-leave', { id: chat.id._serialized });
    },
  });
  define('WAWebChatSendMessages', {
    sendGroupInviteMessage: async (
      chat: ChatModel,
      inviteGrp: string,
      inviteGrpName: string,
      code: string,
      expiration: string | number,
      comment: string,
      thumbnail: string | undefined,
    ) => {
      return sendCard(store, chat, {
        type: 'groups_v4_invite',
        body: comment,
        inviteGrp,
        inviteGrpName,
        inviteCode: code,
        inviteCodeExp: Number(expiration),
        ...(thumbnail === undefined ? {} : { thumbnail }),
      });
    },
  });
  define('WAWebFindCommonGroupsContactAction', {
    findCommonGroups: async (contact: ContactModel & { commonGroups?: Collection<Model> }) => {
      const groups = store.groups.filter(
        ({ participants }) => participants.get(contact.id) !== undefined && participants.get(store.me) !== undefined,
      );
      const common = new Collection<Model>({ modelClass: Model });
      common.add(groups.map(({ id }) => new Model({ id })));
      // Not remembered on the contact: whoever asks again gets the groups of that moment.
      Object.defineProperty(contact, 'commonGroups', { configurable: true, get: () => takeOnce(contact, common) });
      return true;
    },
  });
  defineParticipantCalls(ask);
}

function takeOnce<T>(holder: object, value: T): T {
  Reflect.deleteProperty(holder, 'commonGroups');
  return value;
}

function createdParticipant(result: ParticipantResult): object {
  return {
    wid: createWid(result.id),
    ...(result.isSuperAdmin === true ? { type: 'superadmin' } : {}),
    ...(result.code === 200 ? {} : { error: result.code }),
    ...(result.invitation === undefined
      ? {}
      : { invite_code: result.invitation.code, invite_code_exp: String(result.invitation.expiration) }),
  };
}

function inviteInfo(group: GroupRow): object {
  return {
    id: createWid(group.id),
    subject: group.subject,
    subjectOwner: createWid(group.subjectOwner),
    subjectTime: group.subjectTime,
    owner: createWid(group.owner),
    creation: group.creation,
    desc: group.description?.text,
    descId: group.description?.id,
    descOwner: group.description === undefined ? undefined : createWid(group.description.by),
    descTime: group.description?.t,
    size: group.participants.length,
    participants: group.participants.map((one) => ({ ...one, id: createWid(one.id) })),
    announce: group.announce,
    restrict: group.restrict,
    membershipApprovalMode: group.membershipApproval,
    isParentGroup: false,
    status: 200,
  };
}
