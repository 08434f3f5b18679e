import { PLATFORMS } from '../accounts/account-state';
import { Body } from '../body';
import { given } from '../given';
import { userId } from '../ids';
import type { Network } from '../network';
import { acceptedFrom } from '../outgoing-ledger';
import type { Phone } from '../state';
import { type ControlTable, phoneOf } from './control-table';

/** The accounts' own phones. */
export const PHONE_CALLS: ControlTable = {
  'GET phones': (network) => [...network.world.phones.values()].map((phone) => showPhone(network, phone)),
  'GET phones/*': (network, _call, [number]) => showPhone(network, phoneOf(network, number)),
  'POST phones': (network, call) => {
    const body = new Body(call.body, ['number', 'pushname']);
    return showPhone(network, network.ensurePhone(body.number('number'), body.optionalText('pushname')));
  },
  'PATCH phones/*': (network, call, [number]) => {
    const body = new Body(call.body, ['pushname', 'about', 'platform', 'battery', 'plugged']);
    const phone = phoneOf(network, number);
    const percent = body.optionalAmount('battery', 0, 100);
    const platform = body.optionalOneOf('platform', PLATFORMS);
    const battery = percent === undefined ? undefined : { percent, plugged: body.optionalFlag('plugged') ?? false };
    network.accounts.setProfile(
      phone,
      given({ pushname: body.optionalText('pushname'), about: body.optionalText('about') }),
    );
    network.accounts.setPhone(phone, given({ platform, battery }));
    return showPhone(network, phone);
  },
  'GET phones/*/ledger': (network, _call, [number]) => acceptedFrom(network.world, phoneOf(network, number)),
  'POST phones/*/kick': (network, _call, [number]) => ({ devices: network.kick(phoneOf(network, number)) }),
};

function showPhone(network: Network, phone: Phone): unknown {
  return {
    number: phone.number,
    pushname: phone.pushname,
    about: phone.profile.about,
    platform: phone.profile.platform,
    hasPicture: network.world.pictures.has(userId(phone.number)),
    devices: [...phone.devices.values()].map(({ id, linkedAt }) => ({
      id,
      linkedAt,
      online: network.pages.isOnline(id),
      available: network.pages.isOnline(id) && network.presences.isAvailable(id),
    })),
  };
}
