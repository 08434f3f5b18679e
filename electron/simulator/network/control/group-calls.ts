import { Body } from '../body';
import type { NewGroup } from '../groups/groups';
import { userId } from '../ids';
import type { Content } from '../messages/content';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import type { ControlCall, ControlTable } from './control-table';

const SETTINGS = ['announce', 'restrict', 'adminsAdd', 'membershipApproval'] as const;
const PROPERTY = {
  announce: 'announcement',
  restrict: 'restrict',
  adminsAdd: 'member_add_mode',
  membershipApproval: 'membership_approval_mode',
} as const;

/** Groups: what anybody in them, or on the way into them, can do. Whoever is not named by `by` is the group's maker. */
export const GROUP_CALLS: ControlTable = {
  'GET groups': (network) => [...network.world.groups.values()],
  'GET groups/*': (network, _call, [id = '']) => network.groups.get(id),
  'POST groups': (network, call) => {
    const body = new Body(call.body, [
      'phone',
      'by',
      'subject',
      'participants',
      'capacity',
      'ephemeralSeconds',
      ...SETTINGS,
    ]);
    const by = personOf(network, body.optionalNumber('by') ?? body.number('phone'));
    const participants = body.numbers('participants');
    for (const number of participants) personOf(network, number);
    const capacity = body.optionalAmount('capacity', 1, 1024);
    const ephemeralSeconds = body.optionalAmount('ephemeralSeconds', 0, 7_776_000);
    const input: NewGroup = {
      subject: body.text('subject'),
      participants,
      ...settings(body),
      ...(capacity === undefined ? {} : { capacity }),
      ...(ephemeralSeconds === undefined ? {} : { ephemeralSeconds }),
    };
    const { group, results } = network.groups.create(by, input);
    return { ...group, results };
  },
  'PATCH groups/*': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'subject', 'description', ...SETTINGS]);
    const by = actor(network, body, id);
    const subject = body.optionalText('subject');
    if (subject !== undefined) network.groups.setSubject(id, by, subject);
    const description = body.optionalWords('description');
    if (description !== undefined)
      network.groups.setDescription(id, by, description, network.groups.newDescriptionId());
    for (const name of SETTINGS) {
      const on = body.optionalFlag(name);
      if (on !== undefined) network.groups.setProperty(id, by, PROPERTY[name], on);
    }
    return network.groups.get(id);
  },
  'POST groups/*/add': (network, call, [id = '']) => change(network, call, id, 'add'),
  'POST groups/*/remove': (network, call, [id = '']) => change(network, call, id, 'remove'),
  'POST groups/*/promote': (network, call, [id = '']) => change(network, call, id, 'promote'),
  'POST groups/*/demote': (network, call, [id = '']) => change(network, call, id, 'demote'),
  'POST groups/*/leave': (network, call, [id = '']) => {
    network.groups.leave(id, person(network, new Body(call.body, ['person'])));
    return network.groups.get(id);
  },
  'POST groups/*/link': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'renew']);
    const by = actor(network, body, id);
    const { admission } = network.groups;
    const code = body.optionalFlag('renew') === true ? admission.renewInviteCode(id, by) : admission.inviteCode(id, by);
    return { code, link: `https://chat.whatsapp.com/${code}` };
  },
  'POST groups/*/join': (network, call, [id = '']) => {
    const body = new Body(call.body, ['person', 'code']);
    const code = body.optionalText('code') ?? network.groups.get(id).inviteCode;
    return { pending: network.groups.admission.join(code, person(network, body)).pending };
  },
  'POST groups/*/withdraw': (network, call, [id = '']) => {
    network.groups.admission.withdraw(id, person(network, new Body(call.body, ['person'])));
    return network.groups.get(id);
  },
  'POST groups/*/requests': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'people', 'approve']);
    const by = actor(network, body, id);
    return { results: network.groups.admission.answerRequests(id, by, body.numbers('people'), body.flag('approve')) };
  },
  'POST groups/*/invitations': (network, call, [id = '']) => {
    const body = new Body(call.body, ['by', 'to', 'comment']);
    return sendInvitation(network, id, actor(network, body, id), body.number('to'), body.optionalText('comment') ?? '');
  },
  'POST groups/*/accept': (network, call, [id = '']) => {
    const number = person(network, new Body(call.body, ['person']));
    const invitation = network.groups.get(id).invitations.findLast(({ to }) => to === number);
    if (invitation === undefined) throw new Refusal(404, `${number} is not invited to the group ${id}`);
    network.groups.admission.joinInvited(id, number, invitation.code, invitation.by);
    return network.groups.get(id);
  },
};

function change(network: Network, call: ControlCall, id: string, action: 'add' | 'remove' | 'promote' | 'demote') {
  const body = new Body(call.body, ['by', 'people']);
  return { results: network.groups[action](id, actor(network, body, id), body.numbers('people')) };
}

/** A private invitation travels as a message in the chat of the two. */
function sendInvitation(network: Network, id: string, by: string, to: string, comment: string): unknown {
  const { subject } = network.groups.get(id);
  personOf(network, to);
  const { code, expiration } = network.groups.admission.invite(id, by, to);
  const content: Content = {
    type: 'groups_v4_invite',
    body: comment,
    details: { inviteCode: code, inviteCodeExp: expiration, inviteGrp: id, inviteGrpName: subject },
  };
  const phone = network.world.phones.get(by);
  const receiver = network.world.phones.get(to);
  const customer = network.world.customers.get(by);
  if (phone !== undefined) network.delivery.writeOnPhone(phone, userId(to), content);
  else if (customer !== undefined && receiver !== undefined)
    network.delivery.write(customer, { phone: receiver }, content);
  return { code, expiration };
}

function settings(body: Body): Partial<NewGroup> {
  const given = SETTINGS.flatMap((name) => {
    const on = body.optionalFlag(name);
    return on === undefined ? [] : [[name, on] as const];
  });
  return Object.fromEntries(given);
}

function actor(network: Network, body: Body, id: string): string {
  const by = body.optionalNumber('by');
  return by === undefined ? network.groups.get(id).owner : personOf(network, by);
}

function person(network: Network, body: Body): string {
  return personOf(network, body.number('person'));
}

/** A customer or a phone of this network. */
export function personOf(network: Network, number: string): string {
  if (network.world.customers.has(number) || network.world.phones.has(number)) return number;
  throw new Refusal(404, `${number} is not on the practice network`);
}
