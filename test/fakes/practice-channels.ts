import type { ControlCaller } from './practice-groups';

/** The part of the control client about channels: what owners, admins and followers do. */

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly inviteCode: string;
  readonly country: string;
  readonly verified: boolean;
  readonly reactionCodes: number;
  readonly crowd: number;
  readonly followers: Readonly<
    Record<string, { readonly role: 'owner' | 'admin' | 'subscriber'; readonly muted: boolean; readonly seen: number }>
  >;
  readonly invitations: readonly { readonly to: string; readonly expiration: number }[];
}

export interface PostView {
  readonly id: string;
  readonly author: string;
  readonly type: string;
  readonly body: string;
  readonly t: number;
}

export class PracticeChannels {
  readonly #call: ControlCaller;

  constructor(call: ControlCaller) {
    this.#call = call;
  }

  list(): Promise<readonly ChannelView[]> {
    return this.#call('GET', 'channels');
  }

  get(id: string): Promise<ChannelView> {
    return this.#call('GET', `channels/${id}`);
  }

  create(channel: {
    readonly by: string;
    readonly name: string;
    readonly description?: string;
    /** Two letters. */
    readonly country?: string;
    readonly verified?: boolean;
    /** Followers that nobody here knows by number. */
    readonly crowd?: number;
  }): Promise<ChannelView> {
    return this.#call('POST', 'channels', channel);
  }

  change(
    id: string,
    change: {
      readonly by?: string;
      readonly name?: string;
      readonly description?: string;
      readonly reactions?: 'all' | 'basic' | 'none';
    },
  ): Promise<ChannelView> {
    return this.#call('PATCH', `channels/${id}`, change);
  }

  delete(id: string): Promise<{ readonly deleted: string }> {
    return this.#call('DELETE', `channels/${id}`);
  }

  posts(id: string): Promise<readonly PostView[]> {
    return this.#call('GET', `channels/${id}/posts`);
  }

  post(
    id: string,
    post: { readonly body: string; readonly by?: string },
  ): Promise<{ readonly id: string; readonly chatId: string; readonly t: number; readonly serverId: number }> {
    return this.#call('POST', `channels/${id}/posts`, post);
  }

  /** The post’s own author changes it. */
  editPost(id: string, post: string, body: string): Promise<{ readonly id: string; readonly chatId: string }> {
    return this.#call('PATCH', `channels/${id}/posts/${post}`, { body });
  }

  /** An empty text takes the reaction back. */
  reactToPost(
    id: string,
    post: string,
    reaction: { readonly person: string; readonly text: string },
  ): Promise<{ readonly reactions: number }> {
    return this.#call('POST', `channels/${id}/posts/${post}/reactions`, reaction);
  }

  follow(id: string, person: string): Promise<ChannelView> {
    return this.#call('POST', `channels/${id}/followers`, { person });
  }

  unfollow(id: string, person: string): Promise<ChannelView> {
    return this.#call('DELETE', `channels/${id}/followers/${person}`);
  }

  /** Sends an invitation to become an admin, as a message. */
  inviteAdmin(
    id: string,
    invitation: { readonly to: string; readonly by?: string; readonly comment?: string },
  ): Promise<{ readonly expiration: number }> {
    return this.#call('POST', `channels/${id}/admin-invitations`, invitation);
  }

  /** Accepts an invitation to become an admin. */
  acceptAdmin(id: string, person: string): Promise<ChannelView> {
    return this.#call('POST', `channels/${id}/admins`, { person });
  }

  dismissAdmin(id: string, person: string): Promise<ChannelView> {
    return this.#call('DELETE', `channels/${id}/admins/${person}`);
  }

  /** Hands the channel to one of its admins. */
  handOver(id: string, person: string): Promise<ChannelView> {
    return this.#call('PUT', `channels/${id}/owner`, { person });
  }
}
