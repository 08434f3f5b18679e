import type { ChannelRow } from '../../channel-frames';
import type { MessageRow } from '../../frames';
import { messageRow } from '../rows';
import type { World } from '../world';
import type { ChannelShelf, Post } from './channel-state';

/** A channel as one account sees it. */
export function channelRow(world: World, { channel, posts }: ChannelShelf, viewer: string): ChannelRow {
  const follower = channel.followers[viewer];
  const unread = follower === undefined ? [] : posts.slice(follower.seen).filter(({ author }) => author !== viewer);
  return {
    id: channel.id,
    name: channel.name,
    nameTime: channel.nameTime,
    description: channel.description,
    descriptionTime: channel.descriptionTime,
    inviteCode: channel.inviteCode,
    creation: channel.creation,
    subscribersCount: followersOf(channel),
    verified: channel.verified,
    hasPicture: world.pictures.has(channel.id),
    reactionCodes: channel.reactionCodes,
    role: follower?.role ?? 'guest',
    muted: follower?.muted ?? false,
    unreadCount: unread.length,
    t: posts.at(-1)?.t ?? channel.creation,
    posts: posts.length,
  };
}

export function followersOf({ followers, crowd }: ChannelShelf['channel']): number {
  return Object.keys(followers).length + crowd;
}

/** A post is the channel's own word: who of its admins wrote it is told to nobody. */
export function postRow({ author, ...post }: Post, viewer: string): MessageRow {
  return messageRow({ ...post, fromMe: author === viewer });
}
