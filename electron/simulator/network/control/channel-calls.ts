import type { ReactionCodes } from '../../channel-frames';
import { Body } from '../body';
import type { ChannelEdit } from '../channels/channels';
import { userId } from '../ids';
import type { Content } from '../messages/content';
import type { Network } from '../network';
import { messageId } from '../random';
import type { ControlTable } from './control-table';
import { personOf } from './group-calls';

const REACTIONS: Readonly<Record<'all' | 'basic' | 'none', ReactionCodes>> = { all: 0, basic: 1, none: 3 };

/** Channels: what their owners, admins and followers do. Whoever is not named by `by` is the owner. */
export const CHANNEL_CALLS: ControlTable = {
  'GET channels': (network) => network.world.channels.all().map(({ channel }) => channel),
  'GET channels/*': (network, _call, [id = '']) => network.channels.get(id).channel,
  'GET channels/*/posts': (network, _call, [id = '']) =>
    network.channels.get(id).posts.map(({ id: post, author, type, body, t, details }) => ({
      id: post,
      author,
      type,
      body,
      t,
      ...(details === undefined ? {} : { details }),
    })),
  'POST channels': (network, call) => {
    const body = new Body(call.body, ['by', 'name', 'description', 'country', 'verified', 'crowd']);
    const description = body.optionalText('description');
    const country = body.optionalText('country');
    const verified = body.optionalFlag('verified');
    const crowd = body.optionalAmount('crowd', 0, 1_000_000_000);
    return network.channels.create(personOf(network, body.number('by')), {
      name: body.text('name'),
      ...(description === undefined ? {} : { description }),
      ...(country === undefined ? {} : { country }),
      ...(verified === undefined ? {} : { verified }),
      ...(crowd === undefined ? {} : { crowd }),
    });
  },
  'PATCH channels/*': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'name', 'description', 'reactions']);
    const name = body.optionalText('name');
    const description = body.optionalWords('description');
    const reactions =
      body.optionalText('reactions') === undefined
        ? undefined
        : body.oneOf('reactions', ['all', 'basic', 'none'] as const);
    const edit: ChannelEdit = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(reactions === undefined ? {} : { reactionCodes: REACTIONS[reactions] }),
    };
    network.channels.edit(id, actor(network, body, id), edit);
    return network.channels.get(id).channel;
  },
  'DELETE channels/*': (network, _call, [id = '']) => {
    network.channels.delete(id, ownerOf(network, id));
    return { deleted: id };
  },
  'POST channels/*/posts': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'body']);
    const by = actor(network, body, id);
    const post = { id: messageId('android'), chatId: id, type: 'chat', body: body.text('body') };
    return { id: post.id, chatId: id, ...network.channels.post(by, post) };
  },
  'POST channels/*/posts/*/reactions': (network, call, [id = '', post = '']) => {
    const body = new Body(call.body, ['person', 'text']);
    const by = personOf(network, body.number('person'));
    network.posts.react({ chatId: id, id: post }, by, body.optionalWords('text') ?? '');
    return { reactions: Object.keys(network.posts.find({ chatId: id, id: post }).reactions ?? {}).length };
  },
  'PATCH channels/*/posts/*': (network, call, [id = '', post = '']) => {
    const body = new Body(call.body, ['body']);
    const ref = { chatId: id, id: post };
    network.posts.edit(ref, network.posts.find(ref).author, body.text('body'));
    return { id: post, chatId: id };
  },
  'POST channels/*/followers': (network, call, [id = '']) => {
    const body = new Body(call.body, ['person']);
    network.channels.follow(id, personOf(network, body.number('person')));
    return network.channels.get(id).channel;
  },
  'DELETE channels/*/followers/*': (network, _call, [id = '', number = '']) => {
    network.channels.unfollow(id, number);
    return network.channels.get(id).channel;
  },
  'POST channels/*/admin-invitations': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'to', 'comment']);
    return invite(network, id, actor(network, body, id), body.number('to'), body.optionalText('comment') ?? '');
  },
  'POST channels/*/admins': (network, call, [id = '']) => {
    const body = new Body(call.body, ['person']);
    network.channels.acceptAdminInvite(id, personOf(network, body.number('person')));
    return network.channels.get(id).channel;
  },
  'DELETE channels/*/admins/*': (network, _call, [id = '', number = '']) => {
    network.channels.demote(id, ownerOf(network, id), number);
    return network.channels.get(id).channel;
  },
  'PUT channels/*/owner': (network, call, [id = '']) => {
    const body = new Body(call.body, ['person']);
    network.channels.transfer(id, ownerOf(network, id), body.number('person'));
    return network.channels.get(id).channel;
  },
};

/** The invitation travels as a message in the chat of the two. */
function invite(network: Network, id: string, by: string, to: string, comment: string): unknown {
  const { name } = network.channels.get(id).channel;
  personOf(network, to);
  const expiration = network.channels.inviteAdmin(id, by, to);
  const content: Content = {
    type: 'newsletter_admin_invite',
    body: comment,
    details: { newsletterJid: id, newsletterName: name, inviteExpiration: expiration },
  };
  const phone = network.world.phones.get(by);
  const receiver = network.world.phones.get(to);
  const customer = network.world.customers.get(by);
  if (phone !== undefined) network.delivery.writeOnPhone(phone, userId(to), content);
  else if (customer !== undefined && receiver !== undefined)
    network.delivery.write(customer, { phone: receiver }, content);
  return { expiration };
}

function actor(network: Network, body: Body, id: string): string {
  const by = body.optionalNumber('by');
  return by === undefined ? ownerOf(network, id) : personOf(network, by);
}

function ownerOf(network: Network, id: string): string {
  const { followers } = network.channels.get(id).channel;
  return Object.keys(followers).find((number) => followers[number]?.role === 'owner') ?? '';
}
