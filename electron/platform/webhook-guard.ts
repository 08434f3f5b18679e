import { guardedLookup, isWithinReach, literalAddressIn } from './address-guard';

type Reach = Parameters<typeof isWithinReach>[1];

/** Keeps webhooks within their reach at the moment of connecting, whatever name led there. */
export const webhookGuard = {
  literal: literalAddressIn,
  isWithin: isWithinReach,
  lookup: (reach: Reach) =>
    guardedLookup(
      (address) => isWithinReach(address, reach),
      () => new Error('its name leads to an address that it may not reach'),
    ),
};
