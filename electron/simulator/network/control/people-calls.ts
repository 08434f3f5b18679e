import { CALL_ENDINGS, type Pushed } from '../../account-frames';
import { changeNumber } from '../accounts/new-number';
import { postStatus } from '../accounts/statuses';
import { Body } from '../body';
import { given } from '../given';
import { digitsOf, userId } from '../ids';
import { Refusal } from '../refusal';
import { type ControlTable, customerOf, LONGEST_WAIT_MS, phoneOf } from './control-table';

const STATES = ['composing', 'recording', 'paused', 'available', 'unavailable'] as const satisfies readonly Pushed[];
const COLOURS = 0xffffffff;

/** What customers do beside writing, and what the owner of a phone does with people there. */
export const PEOPLE_CALLS: ControlTable = {
  'POST customers/*/presence': (network, call, [number]) => {
    const body = new Body(call.body, ['phone', 'state', 'group']);
    const phone = phoneOf(network, body.number('phone'));
    const state = body.oneOf('state', STATES);
    network.presences.ofCustomer(customerOf(network, number).number, phone, body.optionalText('group'), state);
    return { state };
  },
  'POST customers/*/calls': (network, call, [number]) => {
    const body = new Body(call.body, ['phone', 'video', 'group', 'ringMs']);
    return network.calls.start(customerOf(network, number), phoneOf(network, body.number('phone')), {
      isVideo: body.optionalFlag('video') ?? false,
      ...given({
        group: body.optionalText('group'),
        ringMs: body.optionalAmount('ringMs', 1, LONGEST_WAIT_MS),
      }),
    });
  },
  'GET customers/*/calls': (network, _call, [number]) => network.calls.list(customerOf(network, number)),
  'POST calls/*/end': (network, call, [id]) =>
    network.calls.end(id ?? '', new Body(call.body, ['outcome']).oneOf('outcome', CALL_ENDINGS)),
  'POST customers/*/status': (network, call, [number]) => {
    const body = new Body(call.body, ['body', 'backgroundColor', 'font']);
    const look = given({
      backgroundColor: body.optionalAmount('backgroundColor', 0, COLOURS),
      font: body.optionalAmount('font', 0, 7),
    });
    return postStatus(network, customerOf(network, number), body.text('body'), look);
  },
  'POST customers/*/number': (network, call, [number]) =>
    changeNumber(network, customerOf(network, number), new Body(call.body, ['number']).number('number')),
  'PUT customers/*/blocks/*': (network, call, [number, phone]) => {
    const { number: account } = phoneOf(network, phone);
    const blocked = new Body(call.body, ['blocked']).flag('blocked');
    const customer = customerOf(network, number);
    const others = customer.blocks.filter((other) => other !== account);
    return network.setCustomer({ blocks: blocked ? [...others, account] : others }, customer.number);
  },
  'PUT customers/*/picture': (network, call, [number]) => {
    const url = new Body(call.body, ['url']).optionalText('url');
    if (url !== undefined && !url.startsWith('data:image/')) {
      throw new Refusal(400, 'The field "url" has to be a data URL of an image; without it the picture is generated');
    }
    const customer = customerOf(network, number);
    network.world.commit({ c: 'picture', id: userId(customer.number), ...given({ url }) });
    return network.setCustomer({ hasPicture: true }, customer.number);
  },
  'PUT customers/*/business': (network, call, [number]) => {
    const body = new Body(call.body, ['description', 'category', 'email', 'website', 'address']);
    const customer = customerOf(network, number);
    const business = {
      description: body.optionalText('description') ?? customer.about,
      category: body.optionalText('category') ?? 'Other',
      email: body.optionalText('email') ?? '',
      website: body.optionalTexts('website') ?? [],
      address: body.optionalText('address') ?? '',
    };
    const kind = customer.kind === 'person' ? 'business' : customer.kind;
    return network.setCustomer({ kind, business }, customer.number);
  },

  'PUT phones/*/contacts/*': (network, call, [number, other]) => {
    const name = new Body(call.body, ['name']).text('name');
    network.accounts.writeInBook(phoneOf(network, number), numberIn(other), name);
    return { name };
  },
  'DELETE phones/*/contacts/*': (network, _call, [number, other]) => {
    network.accounts.writeInBook(phoneOf(network, number), numberIn(other), undefined);
    return { deleted: other };
  },
  'GET phones/*/blocked': (network, _call, [number]) => [...phoneOf(network, number).profile.blocked],
  'PUT phones/*/blocked/*': (network, call, [number, other]) => {
    const blocked = new Body(call.body, ['blocked']).flag('blocked');
    network.accounts.block(phoneOf(network, number), userId(numberIn(other)), blocked);
    return { blocked };
  },
};

function numberIn(text: string | undefined): string {
  const digits = digitsOf(text ?? '');
  if (digits === undefined) throw new Refusal(400, `"${text}" is not a phone number`);
  return digits;
}
