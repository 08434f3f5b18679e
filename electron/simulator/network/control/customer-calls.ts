import { APPEARANCES, KINDS, PRIVACIES } from '../accounts/account-state';
import { Body } from '../body';
import { given } from '../given';
import type { Customer } from '../state';
import { type ControlTable, customerOf, LONGEST_WAIT_MS } from './control-table';

const CUSTOMER_FIELDS = [
  'name',
  'saved',
  'autoRead',
  'deliverAfterMs',
  'readAfterMs',
  'device',
  'groupsByInvitation',
  'appearsAs',
  'kind',
  'about',
  'hasPicture',
  'privacy',
  'devices',
] as const;

/** The people who write to the accounts. */
export const CUSTOMER_CALLS: ControlTable = {
  'GET customers': (network) => [...network.world.customers.values()],
  'POST customers': (network, call) => {
    const body = new Body(call.body, ['number', ...CUSTOMER_FIELDS]);
    return network.setCustomer({ ...customerFields(body), name: body.text('name') }, body.number('number'));
  },
  'PATCH customers/*': (network, call, [number]) => {
    const customer = customerOf(network, number);
    return network.setCustomer(customerFields(new Body(call.body, CUSTOMER_FIELDS)), customer.number);
  },
};

function customerFields(body: Body): Partial<Omit<Customer, 'number'>> {
  const name = body.optionalText('name');
  const saved = body.optionalFlag('saved');
  const autoRead = body.optionalFlag('autoRead');
  const groupsByInvitation = body.optionalFlag('groupsByInvitation');
  const deliverAfterMs = body.optionalAmount('deliverAfterMs', 0, LONGEST_WAIT_MS);
  const readAfterMs = body.optionalAmount('readAfterMs', 0, LONGEST_WAIT_MS);
  const device =
    body.optionalText('device') === undefined ? undefined : body.oneOf('device', ['android', 'ios'] as const);
  return {
    ...(name === undefined ? {} : { name }),
    ...(saved === undefined ? {} : { saved }),
    ...(autoRead === undefined ? {} : { autoRead }),
    ...(groupsByInvitation === undefined ? {} : { groupsByInvitation }),
    ...(deliverAfterMs === undefined ? {} : { deliverAfterMs }),
    ...(readAfterMs === undefined ? {} : { readAfterMs }),
    ...(device === undefined ? {} : { device }),
    ...given({
      appearsAs: body.optionalOneOf('appearsAs', APPEARANCES),
      kind: body.optionalOneOf('kind', KINDS),
      privacy: body.optionalOneOf('privacy', PRIVACIES),
      about: body.optionalText('about'),
      hasPicture: body.optionalFlag('hasPicture'),
      devices: body.optionalAmount('devices', 1, 5),
    }),
  };
}
