import type { PageModel, PageModules, PageWid } from './page-world';

// These functions run inside the page: their source text is sent there. Each stands alone, without anything from this
// file or its imports but types.

interface PageParticipant {
  readonly id: PageWid;
  readonly isAdmin?: boolean;
  readonly isSuperAdmin?: boolean;
}

interface GroupModules extends Omit<PageModules, 'WAWebCollections'> {
  WAWebCollections: PageModules['WAWebCollections'] & {
    readonly GroupMetadata?: { update(wid: PageWid): Promise<unknown> };
    /** The same under its newer name. */
    readonly WAWebGroupMetadataCollection?: { update(wid: PageWid): Promise<unknown> };
  };
  WAWebQueryExistsJob: { queryWidExists(wid: PageWid): Promise<{ readonly wid?: PageWid } | null | undefined> };
  WAWebGroupQueryJob: {
    queryAndUpdateGroupMetadataById(which: { readonly id: string }): Promise<unknown>;
    queryGroupInvite(code: string): Promise<PageModel>;
    resetGroupInviteCode?(wid: PageWid): Promise<{ readonly code?: unknown }>;
  };
  WAWebGroupInviteJob: {
    joinGroupViaInvite(code: string, needsApproval: boolean): Promise<unknown>;
    resetGroupInviteCode?(wid: PageWid): Promise<{ readonly code?: unknown }>;
  };
}

interface GroupWorld {
  require<Name extends keyof GroupModules>(name: Name): GroupModules[Name];
  setTimeout(task: () => void, delayMs: number): void;
}

/** How much of groups is wanted. */
export interface GroupReading {
  /** Asks WhatsApp, where it answers in time; otherwise what the page has in memory counts. */
  readonly fresh: boolean;
  /** With everybody in them. */
  readonly people: boolean;
}

/** Groups by id, or all. One that the page does not have is left out. */
export const readGroups = async (
  groupIds: readonly string[] | undefined,
  { fresh, people }: GroupReading,
): Promise<readonly unknown[]> => {
  const world = globalThis as unknown as GroupWorld;
  const { Chat, Contact, GroupMetadata, WAWebGroupMetadataCollection } = world.require('WAWebCollections');
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const textOf = (wid: unknown): string | undefined =>
    typeof wid === 'string'
      ? wid
      : ((wid as PageWid | null | undefined)?._serialized ?? (wid as PageWid | null | undefined)?.toString());
  /** Some ids carry the number of a device. */
  const plainOf = (wid: unknown): string | undefined => textOf(wid)?.replace(/:\d+@/, '@');
  /** A group that this account is not in is refused, and without a connection there is no answer at all, in ms. */
  const patience = 4_000;
  const asked = (ask: () => Promise<unknown>): Promise<unknown> =>
    Promise.race([
      (async () => ask())().catch(() => undefined),
      new Promise<void>((resolve) => world.setTimeout(resolve, patience)),
    ]);
  const me = attempt(() => world.require('WAWebUserPrefsMeUser'));
  const own = [attempt(() => me?.getMaybeMePnUser()), attempt(() => me?.getMaybeMeLidUser?.())].map(plainOf);
  const found =
    groupIds === undefined
      ? Chat.getModelsArray().filter((chat) => textOf(chat.id)?.endsWith('@g.us') === true)
      : groupIds.map((id) => attempt(() => Chat.get(id))).filter((chat) => chat !== undefined);
  const groups = found.filter((chat) => chat.groupMetadata !== undefined && chat.groupMetadata !== null);
  const peopleIn = (chat: (typeof groups)[number]): readonly PageParticipant[] =>
    attempt(() => chat.groupMetadata?.participants?.getModelsArray()) ?? [];
  await Promise.all(
    groups.map(async (chat) => {
      const id = textOf(chat.id) ?? '';
      if (fresh) await asked(() => world.require('WAWebGroupQueryJob').queryAndUpdateGroupMetadataById({ id }));
      // Who is in a group is not always loaded with its chat.
      else if (peopleIn(chat).length === 0) {
        await asked(async () => (GroupMetadata ?? WAWebGroupMetadataCollection)?.update(chat.id));
      }
    }),
  );
  const personOf = ({ id, isAdmin, isSuperAdmin }: PageParticipant): unknown => {
    const phoneWid = attempt(() => world.require('WAWebLidMigrationUtils').toPn(id));
    const contact = attempt(() => Contact.get(id)) ?? attempt(() => Contact.get(phoneWid));
    return {
      id: plainOf(id),
      phoneWid: plainOf(phoneWid),
      name: contact?.['name'] || contact?.['verifiedName'] || contact?.['pushname'],
      isAdmin,
      isSuperAdmin,
    };
  };
  return groups.map((chat) => {
    const metadata = chat.groupMetadata as unknown as PageModel;
    const members = peopleIn(chat);
    const isOwn = (id: PageWid | null | undefined): boolean => own.includes(plainOf(id) ?? '');
    const self = members.find(
      ({ id }) => isOwn(id) || isOwn(attempt(() => world.require('WAWebLidMigrationUtils').toPn(id))),
    );
    return {
      id: textOf(chat.id),
      name: metadata['subject'] || chat['formattedTitle'] || chat['name'],
      desc: metadata['desc'],
      creation: metadata['creation'],
      owner: plainOf(metadata['owner']),
      ownerPhoneWid: attempt(() => plainOf(world.require('WAWebLidMigrationUtils').toPn(metadata['owner'] as PageWid))),
      announce: metadata['announce'],
      restrict: metadata['restrict'],
      memberAddMode: metadata['memberAddMode'],
      membershipApprovalMode: metadata['membershipApprovalMode'],
      size: members.length,
      self: self === undefined ? undefined : { isAdmin: self.isAdmin, isSuperAdmin: self.isSuperAdmin },
      people: people ? members.map(personOf) : undefined,
    };
  });
};

/** What somebody who was asked for is in a group. */
export interface PlaceInGroup {
  readonly isMember: boolean;
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
  readonly isSelf: boolean;
}

/**
 * Looks for people in a group, under each of their ids, in the order of `ids`. With `ask`, whoever is not found is asked of
 * WhatsApp: a number may be written in two ways in some countries.
 */
export const findPeople = async (
  groupId: string,
  ids: readonly string[],
  ask: boolean,
): Promise<readonly PlaceInGroup[]> => {
  const world = globalThis as unknown as GroupWorld;
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const plainOf = (wid: PageWid | null | undefined): string | undefined =>
    (wid?._serialized ?? wid?.toString())?.replace(/:\d+@/, '@');
  const contacts = world.require('WAWebApiContact');
  const { createWid } = world.require('WAWebWidFactory');
  const namesOf = (wid: PageWid): readonly string[] =>
    [
      wid,
      plainOf(wid)?.endsWith('@lid') === true
        ? attempt(() => contacts.getPhoneNumber(wid))
        : attempt(() => contacts.getCurrentLid(wid)),
    ]
      .map(plainOf)
      .filter((name) => name !== undefined);
  const chat = world.require('WAWebCollections').Chat.get(groupId);
  const members = (chat?.groupMetadata?.participants?.getModelsArray() ?? []) as readonly PageParticipant[];
  const byName = new Map(members.flatMap((member) => namesOf(member.id).map((name) => [name, member] as const)));
  const me = attempt(() => world.require('WAWebUserPrefsMeUser'));
  const own = [attempt(() => me?.getMaybeMePnUser()), attempt(() => me?.getMaybeMeLidUser?.())].map(plainOf);
  const memberOf = (names: readonly string[]): PageParticipant | undefined =>
    names.map((name) => byName.get(name)).find((member) => member !== undefined);
  const places: PlaceInGroup[] = [];
  for (const id of ids) {
    const wid = createWid(id);
    let names = namesOf(wid);
    if (ask && memberOf(names) === undefined) {
      const known = await world.require('WAWebQueryExistsJob').queryWidExists(wid);
      if (known?.wid) names = [...names, ...namesOf(wid), ...namesOf(known.wid)];
    }
    const member = memberOf(names);
    places.push({
      isMember: member !== undefined,
      isAdmin: member?.isAdmin === true || member?.isSuperAdmin === true,
      isOwner: member?.isSuperAdmin === true,
      isSelf: names.some((name) => own.includes(name)),
    });
  }
  return places;
};

/** What the page answers, or that WhatsApp has refused, and how. */
export interface PageAnswer {
  readonly answer?: unknown;
  readonly refused?: { readonly status?: number; readonly reason: string };
}

/** What WhatsApp tells about the group behind an invite code. */
export const readInvite = async (code: string): Promise<PageAnswer> => {
  try {
    const info = await (globalThis as unknown as GroupWorld).require('WAWebGroupQueryJob').queryGroupInvite(code);
    const id = info['id'] as PageWid | undefined;
    const people = info['participants'];
    return {
      answer: {
        id: id?._serialized ?? id?.toString(),
        subject: info['subject'],
        desc: info['desc'],
        creation: info['creation'],
        size: info['size'] ?? (Array.isArray(people) ? people.length : undefined),
        membershipApprovalMode: info['membershipApprovalMode'],
      },
    };
  } catch (error) {
    const { name, message, statusCode } = error as { name?: unknown; message?: unknown; statusCode?: unknown };
    if (name !== 'ServerStatusCodeError') throw error;
    const status = typeof statusCode === 'number' ? { status: statusCode } : {};
    return { refused: { ...status, reason: typeof message === 'string' ? message : '' } };
  }
};

/** Goes in by an invite code. Where an admin has to agree, WhatsApp answers in another way, which the page has to be told before. */
export const joinByInvite = async (code: string, needsApproval: boolean): Promise<PageAnswer> => {
  try {
    const jobs = (globalThis as unknown as GroupWorld).require('WAWebGroupInviteJob');
    await jobs.joinGroupViaInvite(code, needsApproval);
    return {};
  } catch (error) {
    const { name, message, statusCode } = error as { name?: unknown; message?: unknown; statusCode?: unknown };
    if (name !== 'ServerStatusCodeError') throw error;
    const status = typeof statusCode === 'number' ? { status: statusCode } : {};
    return { refused: { ...status, reason: typeof message === 'string' ? message : '' } };
  }
};

/** A new invite code; which module makes one differs between builds. */
export const renewInviteCode = async (groupId: string): Promise<unknown> => {
  const world = globalThis as unknown as GroupWorld;
  const wid = world.require('WAWebWidFactory').createWid(groupId);
  const jobs = world.require('WAWebGroupInviteJob');
  const renew = jobs.resetGroupInviteCode ?? world.require('WAWebGroupQueryJob').resetGroupInviteCode;
  if (renew === undefined) throw new Error('this version of WhatsApp Web has no way to renew an invite code');
  return (await renew(wid)).code;
};
