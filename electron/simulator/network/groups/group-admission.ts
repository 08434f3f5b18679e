import type { ParticipantResult, RequestMethod } from '../../group-frames';
import { userId } from '../ids';
import { codeText } from '../random';
import { Refusal } from '../refusal';
import type { GroupBook } from './group-book';
import { requireAdmin } from './group-rules';
import { type Group, type GroupInvitation, isMember, newInviteCode } from './group-state';

/** Seconds that a private invitation lives, and seconds in which nobody may add back who has left. */
const INVITATION_LIVES = 3 * 86_400;
const LEFT_RECENTLY = 86_400;

/** The ways into a group: added by somebody, by link, by private invitation, by asking. People are numbers. */
export class GroupAdmission {
  readonly #book: GroupBook;

  constructor(book: GroupBook) {
    this.#book = book;
  }

  inviteCode(id: string, by: string): string {
    const group = this.#book.get(id);
    requireAdmin(group, by);
    return group.inviteCode;
  }

  renewInviteCode(id: string, by: string): string {
    const before = this.#book.get(id);
    requireAdmin(before, by);
    const group: Group = { ...before, inviteCode: newInviteCode() };
    this.#book.commit(group);
    this.#book.notices.announce(group, { subtype: 'revoke_invite', author: by });
    return group.inviteCode;
  }

  byInviteCode(code: string): Group {
    for (const group of this.#book.all()) if (group.inviteCode === code) return group;
    throw new Refusal(410, `The invitation ${code} leads nowhere: it was revoked, or never given out`);
  }

  /** Through the link: at once, or after an admin has agreed. */
  join(code: string, number: string): { readonly group: Group; readonly pending: boolean } {
    const group = this.byInviteCode(code);
    if (isMember(group, number)) return { group, pending: false };
    if (group.removed.includes(number)) {
      throw new Refusal(401, `${number} was removed from the group ${group.id} and cannot come back by link`);
    }
    if (group.participants.length >= group.capacity) throw new Refusal(419, `The group ${group.id} is full`);
    if (group.membershipApproval) {
      this.request(group.id, number, number, 'InviteLink');
      return { group: this.#book.get(group.id), pending: true };
    }
    return { group: this.#letIn(group, number, number, 'invite'), pending: false };
  }

  /** A private invitation for one person; the caller sends it. */
  invite(id: string, by: string, to: string): GroupInvitation {
    const before = this.#book.get(id);
    requireAdmin(before, by);
    if (isMember(before, to)) throw new Refusal(409, `${to} is in the group ${id} already`);
    const { group, invitation } = this.#invitation(before, by, to);
    this.#book.commit(group);
    return invitation;
  }

  joinInvited(id: string, number: string, code: string, from: string): void {
    const group = this.#book.get(id);
    const invitation = group.invitations.find(
      (one) => one.code === code && one.to === number && one.by === from && one.expiration > this.#book.seconds(),
    );
    if (invitation === undefined) throw new Refusal(410, `The invitation to the group ${id} is not valid any more`);
    if (group.participants.length >= group.capacity) throw new Refusal(419, `The group ${id} is full`);
    this.#letIn(group, number, invitation.by, 'add');
  }

  request(id: string, number: string, addedBy: string, method: RequestMethod): void {
    const before = this.#book.get(id);
    if (isMember(before, number)) throw new Refusal(409, `${number} is in the group ${id} already`);
    if (before.requests.some((request) => request.number === number)) return;
    const request = { number, addedBy, method, t: this.#book.seconds() };
    const group: Group = { ...before, requests: [...before.requests, request] };
    this.#book.commit(group);
    this.#book.notices.announceToAdmins(group, {
      subtype: 'membership_approval_request',
      author: number,
      recipients: [number],
    });
  }

  /** The one who asked has thought better of it. */
  withdraw(id: string, number: string): void {
    const group = this.#book.get(id);
    if (!group.requests.some((request) => request.number === number)) {
      throw new Refusal(404, `${number} has not asked to join the group ${id}`);
    }
    this.#dropRequests(group, [number]);
  }

  answerRequests(id: string, by: string, numbers: readonly string[], approve: boolean): readonly ParticipantResult[] {
    requireAdmin(this.#book.get(id), by);
    return numbers.map((number) => {
      const group = this.#book.get(id);
      if (isMember(group, number)) return { id: userId(number), code: 409 };
      if (!group.requests.some((request) => request.number === number)) return { id: userId(number), code: 404 };
      if (approve && group.participants.length >= group.capacity) return { id: userId(number), code: 500 };
      if (approve) this.#letIn(group, number, by, 'add');
      else this.#dropRequests(group, [number]);
      return { id: userId(number), code: 200 };
    });
  }

  /** What becomes of somebody that is to be added, without telling anybody yet. */
  entry(group: Group, by: string, number: string): { readonly group: Group; readonly result: ParticipantResult } {
    const id = userId(number);
    const refuse = (code: number) => ({ group, result: { id, code } });
    if (!this.#book.exists(number)) return refuse(404);
    if (isMember(group, number)) return refuse(409);
    if (this.#book.seconds() - (group.left[number] ?? -LEFT_RECENTLY) < LEFT_RECENTLY) return refuse(408);
    if (group.participants.length >= group.capacity) return refuse(419);
    if (this.#book.wantsInvitation(number)) {
      if (group.parent !== undefined) return refuse(417);
      const invited = this.#invitation(group, by, number);
      const { code, expiration } = invited.invitation;
      return { group: invited.group, result: { id, code: 403, invitation: { code, expiration } } };
    }
    return { group: admitted(group, number), result: { id, code: 200 } };
  }

  #invitation(group: Group, by: string, to: string): { readonly group: Group; readonly invitation: GroupInvitation } {
    const invitation = { code: codeText(16), to, by, expiration: this.#book.seconds() + INVITATION_LIVES };
    const others = group.invitations.filter((one) => one.to !== to || one.by !== by);
    return { group: { ...group, invitations: [...others, invitation] }, invitation };
  }

  #letIn(group: Group, number: string, by: string, subtype: 'add' | 'invite'): Group {
    const next = admitted(group, number);
    this.#book.commit(next);
    this.welcome(next, by, [number], subtype);
    return next;
  }

  /** Tells everybody who has come in. */
  welcome(group: Group, by: string, numbers: readonly string[], subtype: 'add' | 'invite'): void {
    if (numbers.length === 0) return;
    for (const number of numbers) this.#book.openChat(number, group.id);
    this.#book.notices.announce(group, { subtype, author: by, recipients: numbers });
  }

  #dropRequests(before: Group, numbers: readonly string[]): void {
    const group: Group = { ...before, requests: before.requests.filter(({ number }) => !numbers.includes(number)) };
    this.#book.commit(group);
    this.#book.notices.tell(group);
  }
}

/** In, and with nothing left open about this person. */
function admitted(group: Group, number: string): Group {
  const { [number]: _, ...left } = group.left;
  return {
    ...group,
    participants: [...group.participants, number],
    requests: group.requests.filter((request) => request.number !== number),
    invitations: group.invitations.filter((invitation) => invitation.to !== number),
    removed: group.removed.filter((other) => other !== number),
    left,
  };
}
