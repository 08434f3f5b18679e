import type { ChannelRequests } from '../../channel-frames';
import type { MessageRow } from '../../frames';
import type { Answers } from '../answers';
import { isChannelId, numberIn } from '../ids';
import type { Network } from '../network';
import type { World } from '../world';
import { channelRow, postRow } from './channel-rows';

/** What pages ask about channels, and do in them. */
export function channelAnswers({ world, channels }: Network): Pick<Answers, keyof ChannelRequests> {
  const person = (id: string) => numberIn(world, id);
  return {
    channel: ({ phone }, { id }, answer) => answer({ channel: channels.row(id, phone.number) }),
    'channel-by-invite': ({ phone }, { code }, answer) => {
      answer({ channel: channelRow(world, channels.byInviteCode(code), phone.number) });
    },
    'channel-create': ({ phone }, { picture, ...input }, answer) => {
      const { id } = channels.create(phone.number, input);
      if (picture !== undefined) channels.setPicture(id, phone.number, picture);
      answer({ channel: channels.row(id, phone.number) });
    },
    'channel-delete': ({ phone }, { id }, answer) => {
      channels.delete(id, phone.number);
      answer({});
    },
    'channel-edit': ({ phone }, { id, picture, ...edit }, answer) => {
      channels.edit(id, phone.number, edit);
      if (picture !== undefined) channels.setPicture(id, phone.number, picture === '' ? undefined : picture);
      answer({});
    },
    'channel-follow': ({ phone }, { id, on }, answer) => {
      if (on) channels.follow(id, phone.number);
      else channels.unfollow(id, phone.number);
      answer({});
    },
    'channel-mute': ({ phone }, { id, on }, answer) => {
      channels.mute(id, phone.number, on);
      answer({});
    },
    'channel-seen': ({ phone }, { id }, answer) => {
      channels.seen(id, phone.number);
      answer({});
    },
    'channel-search': ({ phone }, search, answer) => answer({ channels: channels.search(search, phone.number) }),
    'channel-subscribers': ({ phone }, { id, limit }, answer) => {
      answer({ subscribers: channels.subscribers(id, phone.number, limit) });
    },
    'channel-invite-admin': ({ phone }, { id, person: to }, answer) => {
      answer({ expiration: channels.inviteAdmin(id, phone.number, person(to)) });
    },
    'channel-revoke-admin-invite': ({ phone }, { id, person: to }, answer) => {
      channels.revokeAdminInvite(id, phone.number, person(to));
      answer({});
    },
    'channel-accept-admin-invite': ({ phone }, { id }, answer) => {
      channels.acceptAdminInvite(id, phone.number);
      answer({});
    },
    'channel-demote': ({ phone }, { id, person: who }, answer) => {
      channels.demote(id, phone.number, person(who));
      answer({});
    },
    'channel-owner': ({ phone }, { id, person: to }, answer) => {
      channels.transfer(id, phone.number, person(to));
      answer({});
    },
    'channel-post': ({ phone, page }, draft, answer) => answer(channels.post(phone.number, draft, page)),
  };
}

/** All posts of a channel as an account sees them; `undefined` when there is no such channel. */
export function postsFor(world: World, channelId: string, viewer: string): readonly MessageRow[] | undefined {
  return world.channels.get(channelId)?.posts.map((post) => postRow(post, viewer));
}

type PostRequests = Pick<Answers, 'edit' | 'react' | 'reactions'>;

/** Answers what is asked about a post, and leaves everything else to whoever answers for chats. */
export function withPosts({ posts }: Network, chats: PostRequests): PostRequests {
  return {
    edit: (page, input, answer) => {
      if (!isChannelId(input.chatId)) return chats.edit(page, input, answer);
      posts.edit(input, page.phone.number, input.text);
      answer({});
    },
    react: (page, input, answer) => {
      if (!isChannelId(input.chatId)) return chats.react(page, input, answer);
      posts.react(input, page.phone.number, input.text);
      answer({});
    },
    reactions: (page, input, answer) => {
      if (!isChannelId(input.chatId)) return chats.reactions(page, input, answer);
      answer({ reactions: posts.reactions(input, page.phone.number) });
    },
  };
}
