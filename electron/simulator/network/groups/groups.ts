import type { GroupProperty, NewGroupRow, ParticipantResult } from '../../group-frames';
import { userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { randomDigits, randomHex } from '../random';
import { Refusal } from '../refusal';
import type { Phone } from '../state';
import type { World } from '../world';
import { GroupAdmission } from './group-admission';
import { GroupBook } from './group-book';
import { requireAdmin, requireEditor, requireMember } from './group-rules';
import { type Group, isAdmin, isMember, newGroup } from './group-state';

const LONGEST_SUBJECT = 100;
const LONGEST_DESCRIPTION = 2048;

export type NewGroup = Pick<NewGroupRow, 'subject' | 'participants'> &
  Partial<Omit<NewGroupRow, 'subject' | 'participants'>> & { readonly capacity?: number };

/** Groups as WhatsApp runs them: who may do what, what becomes of it, and who hears of it. People are numbers. */
export class Groups {
  readonly admission: GroupAdmission;
  readonly #book: GroupBook;

  constructor(world: World, pages: PageSessions) {
    this.#book = new GroupBook(world, pages);
    this.admission = new GroupAdmission(this.#book);
  }

  get(id: string): Group {
    return this.#book.get(id);
  }

  /** Whoever cannot be added just like that stays out of it, and the result says why. */
  create(by: string, input: NewGroup): { readonly group: Group; readonly results: readonly ParticipantResult[] } {
    this.#requireSubject(input.subject);
    const others = [...new Set(input.participants)].filter((number) => number !== by);
    const { participants: _, ...settings } = input;
    let group = newGroup({
      ...settings,
      id: `1203${randomDigits(14)}@g.us`,
      owner: by,
      creation: this.#book.seconds(),
      participants: [by],
    });
    const results: ParticipantResult[] = [{ id: userId(by), code: 200, isSuperAdmin: true }];
    for (const number of others) {
      const entry = this.admission.entry(group, by, number);
      group = entry.group;
      results.push(entry.result);
    }
    this.#book.commit(group);
    for (const number of group.participants) this.#book.openChat(number, group.id);
    this.#book.notices.announce(group, { subtype: 'create', author: by, body: group.subject });
    for (const number of group.participants.slice(1)) {
      this.#book.notices.announceTo(number, group, { subtype: 'add', author: by, recipients: [number] });
    }
    return { group, results };
  }

  add(id: string, by: string, numbers: readonly string[]): readonly ParticipantResult[] {
    const before = this.#book.get(id);
    requireMember(before, by);
    if (before.adminsAdd && !isAdmin(before, by)) {
      throw new Refusal(403, `Only admins add people to the group ${id}, and ${by} is none`);
    }
    if (before.membershipApproval && !isAdmin(before, by)) {
      for (const number of numbers) this.admission.request(id, number, by, 'NonAdminAdd');
      return numbers.map((number) => ({ id: userId(number), code: 202 }));
    }
    let group = before;
    const added: string[] = [];
    const results = numbers.map((number) => {
      const entry = this.admission.entry(group, by, number);
      group = entry.group;
      if (entry.result.code === 200) added.push(number);
      return entry.result;
    });
    this.#book.commit(group);
    this.admission.welcome(group, by, added, 'add');
    return results;
  }

  remove(id: string, by: string, numbers: readonly string[]): readonly ParticipantResult[] {
    const before = this.#book.get(id);
    requireAdmin(before, by);
    const results = numbers.map((number) => this.#fate(before, number));
    const gone = numbers.filter((_, index) => results[index]?.code === 200);
    if (gone.length === 0) return results;
    const group: Group = {
      ...this.#without(before, gone),
      removed: [...new Set([...before.removed, ...gone])],
    };
    this.#book.commit(group);
    this.#book.notices.announce(group, { subtype: 'remove', author: by, recipients: gone }, gone);
    return results;
  }

  promote(id: string, by: string, numbers: readonly string[]): readonly ParticipantResult[] {
    const before = this.#book.get(id);
    requireAdmin(before, by);
    const risen = numbers.filter((number) => isMember(before, number) && !isAdmin(before, number));
    if (risen.length > 0) {
      const group: Group = { ...before, admins: [...before.admins, ...risen] };
      this.#book.commit(group);
      this.#book.notices.announce(group, { subtype: 'promote', author: by, recipients: risen });
    }
    return numbers.map((number) => ({ id: userId(number), code: isMember(before, number) ? 200 : 404 }));
  }

  demote(id: string, by: string, numbers: readonly string[]): readonly ParticipantResult[] {
    const before = this.#book.get(id);
    requireAdmin(before, by);
    const results = numbers.map((number) => this.#fate(before, number));
    const fallen = numbers.filter((number, index) => results[index]?.code === 200 && isAdmin(before, number));
    if (fallen.length > 0) {
      const group: Group = { ...before, admins: before.admins.filter((number) => !fallen.includes(number)) };
      this.#book.commit(group);
      this.#book.notices.announce(group, { subtype: 'demote', author: by, recipients: fallen });
    }
    return results;
  }

  leave(id: string, number: string): void {
    const before = this.#book.get(id);
    requireMember(before, number);
    const group: Group = {
      ...this.#without(before, [number]),
      left: { ...before.left, [number]: this.#book.seconds() },
    };
    this.#book.commit(group);
    this.#book.notices.announce(group, { subtype: 'leave', author: number, recipients: [number] }, [number]);
    const heir = group.participants[0];
    if (group.admins.length > 0 || heir === undefined) return;
    // A group never stays without an admin: whoever has been in it longest becomes one.
    const led: Group = { ...group, admins: [heir] };
    this.#book.commit(led);
    this.#book.notices.announce(led, { subtype: 'promote', author: number, recipients: [heir] });
  }

  setSubject(id: string, by: string, subject: string): void {
    const before = this.#book.get(id);
    requireEditor(before, by);
    this.#requireSubject(subject);
    if (subject === before.subject) return;
    const group: Group = { ...before, subject, subjectOwner: by, subjectTime: this.#book.seconds() };
    this.#book.commit(group);
    this.#book.notices.announce(group, { subtype: 'subject', author: by, body: subject });
  }

  /** `previousId` is the description that the change was made from; another one in between is a conflict. */
  setDescription(id: string, by: string, text: string, newId: string, previousId?: string): void {
    const { description, ...before } = this.#book.get(id);
    requireEditor(before, by);
    if (text.length > LONGEST_DESCRIPTION) {
      throw new Refusal(406, `A description has at most ${LONGEST_DESCRIPTION} characters`);
    }
    if (previousId !== undefined && previousId !== description?.id) {
      throw new Refusal(409, 'Somebody else has changed the description in the meantime');
    }
    const group: Group =
      text === '' ? before : { ...before, description: { id: newId, text, by, t: this.#book.seconds() } };
    this.#book.commit(group);
    this.#book.notices.announce(group, { subtype: 'description', author: by, body: text });
  }

  newDescriptionId(): string {
    return randomHex(10);
  }

  setProperty(id: string, by: string, name: GroupProperty | 'membership_approval_mode', on: boolean): void {
    const before = this.#book.get(id);
    requireAdmin(before, by);
    const field = FIELDS[name];
    if (before[field] === on) return;
    const group: Group = { ...before, [field]: on };
    this.#book.commit(group);
    this.#book.notices.announce(group, { subtype: SUBTYPES[name], author: by, body: on ? 'on' : 'off' });
  }

  /** Whether this phone may change the picture of the group. */
  allow(phone: Phone, id: string): void {
    requireEditor(this.#book.get(id), phone.number);
  }

  /** Tells everybody about a new or a deleted picture, once whoever keeps pictures has it. */
  changed(phone: Phone, id: string): void {
    this.#book.notices.announce(this.#book.get(id), { subtype: 'picture', author: phone.number });
  }

  /** Whether somebody can be removed or demoted: the one who made the group cannot. */
  #fate(group: Group, number: string): ParticipantResult {
    const code = !isMember(group, number) ? 404 : number === group.owner ? 406 : 200;
    return { id: userId(number), code };
  }

  #without(group: Group, numbers: readonly string[]): Group {
    const rest = (list: readonly string[]) => list.filter((number) => !numbers.includes(number));
    return { ...group, participants: rest(group.participants), admins: rest(group.admins) };
  }

  #requireSubject(subject: string): void {
    if (subject.length >= 1 && subject.length <= LONGEST_SUBJECT) return;
    throw new Refusal(406, `A group's subject has 1 to ${LONGEST_SUBJECT} characters`);
  }
}

const FIELDS = {
  announcement: 'announce',
  restrict: 'restrict',
  member_add_mode: 'adminsAdd',
  membership_approval_mode: 'membershipApproval',
} as const;

const SUBTYPES = {
  announcement: 'announce',
  restrict: 'restrict',
  member_add_mode: 'member_add_mode',
  membership_approval_mode: 'membership_approval_mode',
} as const;
