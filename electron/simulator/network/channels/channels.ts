import type { ChannelRow, ChannelSearch, ReactionCodes, SubscriberRow } from '../../channel-frames';
import { userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { codeText, randomDigits } from '../random';
import { Refusal } from '../refusal';
import type { StoredMessage } from '../state';
import type { World } from '../world';
import { channelRow, followersOf, postRow } from './channel-rows';
import type { Channel, ChannelShelf, Follower, Post } from './channel-state';

const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 2048;
const INVITATION_LIVES = 7 * 86_400;

export interface NewChannel {
  readonly name: string;
  readonly description?: string;
  readonly country?: string;
  readonly verified?: boolean;
  readonly crowd?: number;
}

export interface ChannelEdit {
  readonly name?: string;
  readonly description?: string;
  readonly reactionCodes?: ReactionCodes;
}

/** Channels as WhatsApp runs them: one writes, many read, nobody sees who else does. People are numbers. */
export class Channels {
  readonly #world: World;
  readonly #pages: PageSessions;

  constructor(world: World, pages: PageSessions) {
    this.#world = world;
    this.#pages = pages;
  }

  get(id: string): ChannelShelf {
    const shelf = this.#world.channels.get(id);
    if (shelf === undefined) throw new Refusal(404, `There is no channel ${id}`);
    return shelf;
  }

  byInviteCode(code: string): ChannelShelf {
    const shelf = this.#world.channels.all().find(({ channel }) => channel.inviteCode === code);
    if (shelf === undefined) throw new Refusal(404, `There is no channel with the invite code ${code}`);
    return shelf;
  }

  row(id: string, viewer: string): ChannelRow {
    return channelRow(this.#world, this.get(id), viewer);
  }

  followedBy(number: string): readonly ChannelShelf[] {
    return this.#world.channels.all().filter(({ channel }) => channel.followers[number] !== undefined);
  }

  create(by: string, input: NewChannel): Channel {
    requireText('name', input.name, 1, LONGEST_NAME);
    requireText('description', input.description ?? '', 0, LONGEST_DESCRIPTION);
    const now = this.#seconds();
    const channel: Channel = {
      id: `1203${randomDigits(14)}@newsletter`,
      name: input.name,
      nameTime: now,
      description: input.description ?? '',
      descriptionTime: now,
      inviteCode: `0029V${codeText(19)}`,
      creation: now,
      country: input.country ?? 'US',
      verified: input.verified === true,
      reactionCodes: 0,
      followers: { [by]: { role: 'owner', muted: false, seen: 0 } },
      crowd: input.crowd ?? 0,
      invitations: [],
    };
    this.#commit(channel);
    return channel;
  }

  delete(id: string, by: string): void {
    const { channel } = this.get(id);
    requireRole(channel, by, ['owner']);
    this.#world.commit({ c: 'channel-gone', id });
    for (const number of Object.keys(channel.followers)) this.#pages.tell(number, { kind: 'channel-gone', id });
  }

  edit(id: string, by: string, edit: ChannelEdit): void {
    const { channel } = this.get(id);
    requireRole(channel, by, ['owner', 'admin']);
    if (edit.name !== undefined) requireText('name', edit.name, 1, LONGEST_NAME);
    if (edit.description !== undefined) requireText('description', edit.description, 0, LONGEST_DESCRIPTION);
    const now = this.#seconds();
    this.#commit({
      ...channel,
      ...(edit.name === undefined ? {} : { name: edit.name, nameTime: now }),
      ...(edit.description === undefined ? {} : { description: edit.description, descriptionTime: now }),
      ...(edit.reactionCodes === undefined ? {} : { reactionCodes: edit.reactionCodes }),
    });
  }

  setPicture(id: string, by: string, url: string | undefined): void {
    requireRole(this.get(id).channel, by, ['owner', 'admin']);
    this.#world.commit({ c: 'picture', id, ...(url === undefined ? {} : { url }) });
    this.changed(id);
  }

  follow(id: string, number: string): void {
    const { channel, posts } = this.get(id);
    if (channel.followers[number] !== undefined) return;
    this.#setFollower(channel, number, { role: 'subscriber', muted: false, seen: posts.length });
  }

  unfollow(id: string, number: string): void {
    const { channel } = this.get(id);
    const follower = channel.followers[number];
    if (follower === undefined) return;
    if (follower.role === 'owner') throw new Refusal(403, 'The owner of a channel cannot stop following it');
    const { [number]: _, ...followers } = channel.followers;
    this.#commit({ ...channel, followers });
    this.#tell(id, number);
  }

  mute(id: string, number: string, muted: boolean): void {
    const { channel } = this.get(id);
    this.#setFollower(channel, number, { ...requireFollower(channel, number), muted });
  }

  seen(id: string, number: string): void {
    const { channel, posts } = this.get(id);
    const follower = channel.followers[number];
    if (follower === undefined || follower.seen === posts.length) return;
    this.#world.commit({ c: 'channel', channel: withFollower(channel, number, { ...follower, seen: posts.length }) });
    if (this.#world.phones.has(number)) this.#world.note('seen', { phone: number, chatId: id });
    this.#tell(id, number);
  }

  /** `page` is the one that shows the post already. */
  post(
    by: string,
    message: Omit<StoredMessage, 't' | 'author' | 'fromMe'>,
    page?: string,
  ): { t: number; serverId: number } {
    const id = message.chatId;
    const { channel, posts } = this.get(id);
    requireRole(channel, by, ['owner', 'admin']);
    const serverId = 100 + posts.length;
    const known = posts.findIndex((post) => post.id === message.id);
    const earlier = posts[known];
    if (earlier !== undefined) return { t: earlier.t, serverId: 100 + known };
    const t = this.#seconds();
    const details = { ...message.details, serverId };
    const post: Post = { ...message, details, fromMe: false, t, author: by, ack: 1 };
    this.#world.commit({ c: 'post', channel: id, post });
    if (this.#world.phones.has(by)) this.#world.note('sent', { phone: by, chatId: id, id: post.id, body: post.body });
    for (const number of Object.keys(channel.followers)) {
      if (!this.#world.phones.has(number)) {
        if (number !== by)
          this.#world.note('delivered', { customer: number, chatId: id, id: post.id, body: post.body });
        continue;
      }
      if (number !== by) this.#world.note('received', { phone: number, chatId: id, id: post.id, body: post.body });
      this.#pages.tell(number, { kind: 'post', channel: this.row(id, number), message: postRow(post, number) }, page);
    }
    this.#world.flush();
    return { t, serverId };
  }

  search({ text, countries, skipSubscribed, view, limit }: ChannelSearch, viewer: string): readonly ChannelRow[] {
    const wanted = text.toLowerCase();
    return this.#world.channels
      .all()
      .filter(({ channel }) => countries.length === 0 || countries.includes(channel.country))
      .filter(({ channel }) => !skipSubscribed || channel.followers[viewer] === undefined)
      .filter(({ channel }) => `${channel.name}\n${channel.description}`.toLowerCase().includes(wanted))
      .sort((one, other) => ORDER[view](one, other))
      .slice(0, limit)
      .map((shelf) => channelRow(this.#world, shelf, viewer));
  }

  /** Admins see who follows; everybody else sees nobody. */
  subscribers(id: string, by: string, limit: number): readonly SubscriberRow[] {
    const { channel } = this.get(id);
    requireRole(channel, by, ['owner', 'admin']);
    return Object.entries(channel.followers)
      .slice(0, limit)
      .map(([number, { role }]) => ({ id: userId(number), role }));
  }

  inviteAdmin(id: string, by: string, to: string): number {
    const { channel } = this.get(id);
    requireRole(channel, by, ['owner']);
    if (channel.followers[to]?.role === 'admin') throw new Refusal(409, `${to} is an admin of the channel already`);
    const expiration = this.#seconds() + INVITATION_LIVES;
    const others = channel.invitations.filter((invitation) => invitation.to !== to);
    this.#world.commit({ c: 'channel', channel: { ...channel, invitations: [...others, { to, expiration }] } });
    return expiration;
  }

  revokeAdminInvite(id: string, by: string, to: string): void {
    const { channel } = this.get(id);
    requireRole(channel, by, ['owner']);
    this.#world.commit({ c: 'channel', channel: this.#withoutInvitation(channel, to) });
  }

  acceptAdminInvite(id: string, number: string): void {
    const { channel, posts } = this.get(id);
    const open = this.#withoutInvitation(channel, number);
    const follower = open.followers[number] ?? { muted: false, seen: posts.length };
    this.#setFollower(open, number, { ...follower, role: 'admin' });
  }

  /** By the owner, or by an admin who has had enough. */
  demote(id: string, by: string, number: string): void {
    const { channel } = this.get(id);
    if (by !== number) requireRole(channel, by, ['owner']);
    requireRole(channel, number, ['admin'], 404);
    this.#setFollower(channel, number, { ...requireFollower(channel, number), role: 'subscriber' });
  }

  transfer(id: string, by: string, to: string): void {
    const { channel } = this.get(id);
    requireRole(channel, by, ['owner']);
    requireRole(channel, to, ['admin'], 406);
    const before = withFollower(channel, by, { ...requireFollower(channel, by), role: 'admin' });
    this.#commit(withFollower(before, to, { ...requireFollower(before, to), role: 'owner' }));
  }

  /** Tells everybody who follows, after something about the channel has changed. */
  changed(id: string): void {
    for (const number of Object.keys(this.get(id).channel.followers)) this.#tell(id, number);
  }

  #withoutInvitation(channel: Channel, to: string): Channel {
    const valid = channel.invitations.some((one) => one.to === to && one.expiration > this.#seconds());
    if (!valid) throw new Refusal(404, `${to} is not invited to be an admin of the channel ${channel.id}`);
    return { ...channel, invitations: channel.invitations.filter((invitation) => invitation.to !== to) };
  }

  #setFollower(channel: Channel, number: string, follower: Follower): void {
    this.#world.commit({ c: 'channel', channel: withFollower(channel, number, follower) });
    this.#tell(channel.id, number);
  }

  #commit(channel: Channel): void {
    this.#world.commit({ c: 'channel', channel });
    this.changed(channel.id);
  }

  #tell(id: string, number: string): void {
    this.#pages.tell(number, { kind: 'channel', channel: this.row(id, number) });
  }

  #seconds(): number {
    return Math.floor(this.#world.now() / 1000);
  }
}

type Order = (one: ChannelShelf, other: ChannelShelf) => number;
const byCrowd: Order = ({ channel: one }, { channel: other }) => followersOf(other) - followersOf(one);

const ORDER: Readonly<Record<ChannelSearch['view'], Order>> = {
  RECOMMENDED: (one, other) => Number(other.channel.verified) - Number(one.channel.verified) || byCrowd(one, other),
  TRENDING: (one, other) => (other.posts.at(-1)?.t ?? 0) - (one.posts.at(-1)?.t ?? 0),
  POPULAR: byCrowd,
  NEW: ({ channel: one }, { channel: other }) => other.creation - one.creation,
};

function withFollower(channel: Channel, number: string, follower: Follower): Channel {
  return { ...channel, followers: { ...channel.followers, [number]: follower } };
}

function requireFollower(channel: Channel, number: string): Follower {
  const follower = channel.followers[number];
  if (follower === undefined) throw new Refusal(404, `${number} does not follow the channel ${channel.id}`);
  return follower;
}

function requireRole(channel: Channel, number: string, roles: readonly Follower['role'][], status = 403): void {
  const role = channel.followers[number]?.role;
  if (role !== undefined && roles.includes(role)) return;
  throw new Refusal(status, `${number} is not ${roles.join(' or ')} of the channel ${channel.id}`);
}

function requireText(what: string, text: string, least: number, most: number): void {
  if (text.length < least || text.length > most) {
    throw new Refusal(406, `The ${what} of a channel has ${least} to ${most} characters`);
  }
}
