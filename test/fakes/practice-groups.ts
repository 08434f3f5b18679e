/** The part of the control client about groups: what anybody in them, or on the way into them, can do. */

export type ControlCaller = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export interface GroupSettings {
  /** Only admins write. */
  readonly announce?: boolean;
  /** Only admins change subject, description and picture. */
  readonly restrict?: boolean;
  readonly adminsAdd?: boolean;
  readonly membershipApproval?: boolean;
}

export interface GroupView extends Required<GroupSettings> {
  readonly id: string;
  readonly subject: string;
  readonly owner: string;
  readonly participants: readonly string[];
  readonly admins: readonly string[];
  readonly description?: { readonly id: string; readonly text: string; readonly by: string };
  readonly parent?: string;
  readonly inviteCode: string;
  readonly ephemeralSeconds: number;
  readonly requests: readonly { readonly number: string; readonly addedBy: string; readonly method: string }[];
  readonly invitations: readonly { readonly code: string; readonly to: string; readonly by: string }[];
}

export interface ParticipantView {
  readonly id: string;
  readonly code: number;
}

interface People {
  readonly people: readonly string[];
  /** Who does it; the group's maker when absent. */
  readonly by?: string;
}

export class PracticeGroups {
  readonly #call: ControlCaller;

  constructor(call: ControlCaller) {
    this.#call = call;
  }

  list(): Promise<readonly GroupView[]> {
    return this.#call('GET', 'groups');
  }

  get(id: string): Promise<GroupView> {
    return this.#call('GET', `groups/${id}`);
  }

  create(
    group: GroupSettings & {
      readonly by: string;
      readonly subject: string;
      readonly participants: readonly string[];
      readonly capacity?: number;
      readonly ephemeralSeconds?: number;
    },
  ): Promise<GroupView & { readonly results: readonly ParticipantView[] }> {
    return this.#call('POST', 'groups', group);
  }

  change(
    id: string,
    change: GroupSettings & { readonly by?: string; readonly subject?: string; readonly description?: string },
  ): Promise<GroupView> {
    return this.#call('PATCH', `groups/${id}`, change);
  }

  add(id: string, who: People): Promise<{ readonly results: readonly ParticipantView[] }> {
    return this.#call('POST', `groups/${id}/add`, who);
  }

  remove(id: string, who: People): Promise<{ readonly results: readonly ParticipantView[] }> {
    return this.#call('POST', `groups/${id}/remove`, who);
  }

  promote(id: string, who: People): Promise<{ readonly results: readonly ParticipantView[] }> {
    return this.#call('POST', `groups/${id}/promote`, who);
  }

  demote(id: string, who: People): Promise<{ readonly results: readonly ParticipantView[] }> {
    return this.#call('POST', `groups/${id}/demote`, who);
  }

  leave(id: string, person: string): Promise<GroupView> {
    return this.#call('POST', `groups/${id}/leave`, { person });
  }

  link(
    id: string,
    options: { readonly by?: string; readonly renew?: boolean } = {},
  ): Promise<{ readonly code: string; readonly link: string }> {
    return this.#call('POST', `groups/${id}/link`, options);
  }

  /** Through the link; `pending` when an admin has to agree first. */
  join(id: string, person: string, code?: string): Promise<{ readonly pending: boolean }> {
    return this.#call('POST', `groups/${id}/join`, { person, ...(code === undefined ? {} : { code }) });
  }

  /** Takes back the wish to be let in. */
  withdraw(id: string, person: string): Promise<GroupView> {
    return this.#call('POST', `groups/${id}/withdraw`, { person });
  }

  answerRequests(
    id: string,
    answer: People & { readonly approve: boolean },
  ): Promise<{ readonly results: readonly ParticipantView[] }> {
    return this.#call('POST', `groups/${id}/requests`, answer);
  }

  /** Sends a private invitation, as a message. */
  invite(
    id: string,
    invitation: { readonly to: string; readonly by?: string; readonly comment?: string },
  ): Promise<{ readonly code: string; readonly expiration: number }> {
    return this.#call('POST', `groups/${id}/invitations`, invitation);
  }

  /** Accepts the last private invitation. */
  accept(id: string, person: string): Promise<GroupView> {
    return this.#call('POST', `groups/${id}/accept`, { person });
  }
}
