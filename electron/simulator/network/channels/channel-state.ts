import type { ReactionCodes } from '../../channel-frames';
import type { StoredMessage } from '../state';

export interface Follower {
  readonly role: 'owner' | 'admin' | 'subscriber';
  readonly muted: boolean;
  /** Posts that were there when this one last looked. */
  readonly seen: number;
}

export interface AdminInvitation {
  readonly to: string;
  readonly expiration: number;
}

/** People are numbers, times are seconds. The posts are the same for everybody and live beside it. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly nameTime: number;
  readonly description: string;
  readonly descriptionTime: number;
  readonly inviteCode: string;
  readonly creation: number;
  /** Where it is listed, as two letters. */
  readonly country: string;
  readonly verified: boolean;
  readonly reactionCodes: ReactionCodes;
  readonly followers: Readonly<Record<string, Follower>>;
  /** Followers that nobody on this network knows by number. */
  readonly crowd: number;
  readonly invitations: readonly AdminInvitation[];
}

export type Post = StoredMessage & { readonly author: string };

export type ChannelChange =
  | { readonly c: 'channel'; readonly channel: Channel }
  | { readonly c: 'channel-gone'; readonly id: string }
  | { readonly c: 'post' | 'post-changed'; readonly channel: string; readonly post: Post };

export interface ChannelShelf {
  readonly channel: Channel;
  readonly posts: readonly Post[];
}

/** All channels with their posts; changes through the network's own reducer only. */
export class ChannelShelves {
  readonly #shelves = new Map<string, { channel: Channel; readonly posts: Post[] }>();

  apply(change: ChannelChange): void {
    switch (change.c) {
      case 'channel': {
        const shelf = this.#shelves.get(change.channel.id);
        if (shelf === undefined) this.#shelves.set(change.channel.id, { channel: change.channel, posts: [] });
        else shelf.channel = change.channel;
        return;
      }
      case 'channel-gone':
        this.#shelves.delete(change.id);
        return;
      case 'post-changed': {
        const posts = this.#shelves.get(change.channel)?.posts ?? [];
        const at = posts.findIndex(({ id }) => id === change.post.id);
        if (at >= 0) posts[at] = change.post;
        return;
      }
      case 'post':
        this.#shelves.get(change.channel)?.posts.push(change.post);
        return;
    }
  }

  get(id: string): ChannelShelf | undefined {
    return this.#shelves.get(id);
  }

  all(): readonly ChannelShelf[] {
    return [...this.#shelves.values()];
  }

  *snapshot(): Generator<ChannelChange> {
    for (const { channel, posts } of this.#shelves.values()) {
      yield { c: 'channel', channel };
      for (const post of posts) yield { c: 'post', channel: channel.id, post };
    }
  }
}
