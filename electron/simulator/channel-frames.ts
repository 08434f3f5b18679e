import type { MessageDetails } from './message-details';

/** What page and network say to each other about channels (WhatsApp's own code calls them newsletters). */

export type ChannelRole = 'owner' | 'admin' | 'subscriber' | 'guest';

/** Which reactions a channel allows, in WhatsApp's numbers: 0 all, 1 the basic six, 3 none. */
export type ReactionCodes = 0 | 1 | 3;

/** A channel as one account sees it. */
export interface ChannelRow {
  readonly id: string;
  readonly name: string;
  readonly nameTime: number;
  readonly description: string;
  readonly descriptionTime: number;
  readonly inviteCode: string;
  readonly creation: number;
  readonly subscribersCount: number;
  readonly verified: boolean;
  readonly hasPicture: boolean;
  readonly reactionCodes: ReactionCodes;
  readonly role: ChannelRole;
  readonly muted: boolean;
  readonly unreadCount: number;
  /** When the last post was written; the creation while there is none. */
  readonly t: number;
  readonly posts: number;
}

export interface SubscriberRow {
  readonly id: string;
  readonly role: ChannelRole;
}

export interface ChannelSearch {
  readonly text: string;
  readonly countries: readonly string[];
  readonly skipSubscribed: boolean;
  readonly view: 'RECOMMENDED' | 'TRENDING' | 'POPULAR' | 'NEW';
  readonly limit: number;
}

interface ChannelId {
  readonly id: string;
}
interface ChannelPerson extends ChannelId {
  readonly person: string;
}
interface OneChannel {
  readonly channel: ChannelRow;
}
type Nothing = Record<string, never>;

export interface ChannelRequests {
  readonly channel: { readonly input: ChannelId; readonly output: OneChannel };
  readonly 'channel-by-invite': { readonly input: { readonly code: string }; readonly output: OneChannel };
  readonly 'channel-create': {
    readonly input: { readonly name: string; readonly description?: string; readonly picture?: string };
    readonly output: OneChannel;
  };
  readonly 'channel-delete': { readonly input: ChannelId; readonly output: Nothing };
  readonly 'channel-edit': {
    readonly input: ChannelId & {
      readonly name?: string;
      readonly description?: string;
      /** A data URL; empty takes the picture away. */
      readonly picture?: string;
      readonly reactionCodes?: ReactionCodes;
    };
    readonly output: Nothing;
  };
  readonly 'channel-follow': { readonly input: ChannelId & { readonly on: boolean }; readonly output: Nothing };
  readonly 'channel-mute': { readonly input: ChannelId & { readonly on: boolean }; readonly output: Nothing };
  readonly 'channel-seen': { readonly input: ChannelId; readonly output: Nothing };
  readonly 'channel-search': {
    readonly input: ChannelSearch;
    readonly output: { readonly channels: readonly ChannelRow[] };
  };
  readonly 'channel-subscribers': {
    readonly input: ChannelId & { readonly limit: number };
    readonly output: { readonly subscribers: readonly SubscriberRow[] };
  };
  readonly 'channel-invite-admin': { readonly input: ChannelPerson; readonly output: { readonly expiration: number } };
  readonly 'channel-revoke-admin-invite': { readonly input: ChannelPerson; readonly output: Nothing };
  readonly 'channel-accept-admin-invite': { readonly input: ChannelId; readonly output: Nothing };
  readonly 'channel-demote': { readonly input: ChannelPerson; readonly output: Nothing };
  readonly 'channel-owner': { readonly input: ChannelPerson; readonly output: Nothing };
  readonly 'channel-post': {
    readonly input: {
      readonly chatId: string;
      readonly id: string;
      readonly type: string;
      readonly body: string;
      readonly details?: MessageDetails;
    };
    readonly output: { readonly t: number; readonly serverId: number };
  };
}

export type ChannelChangeEvent =
  /** Followed anew, or something about it has changed. With the role of a guest: not followed any more. */
  { readonly kind: 'channel'; readonly channel: ChannelRow } | { readonly kind: 'channel-gone'; readonly id: string };
