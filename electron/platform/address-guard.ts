import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { WebhookReach } from '../contract/entities/webhook';

const listOf = (
  ipv4: readonly (readonly [string, number])[],
  ipv6: readonly (readonly [string, number])[],
): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of ipv4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of ipv6) list.addSubnet(network, prefix, 'ipv6');
  return list;
};

const loopback = listOf([['127.0.0.0', 8]], [['::1', 128]]);
/** Private networks: neighbours of this computer, other containers. */
const privateNetworks = listOf(
  [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ],
  [['fc00::', 7]],
);
/** Loopback, private networks, and addresses that mean something special (RFC 6890). */
const inside = listOf(
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['::', 128],
    ['::1', 128],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ],
);

const isIn = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Whether an address is not of the open internet. An IPv4 address in IPv6 clothes never is. */
export const isInsideAddress = (address: string): boolean =>
  isIP(address) !== 0 && (isIn(inside, address) || /^::ffff:/i.test(address));

/** Whether an address lies within a reach. Addresses with a special meaning lie within none. */
export const isWithinReach = (address: string, reach: WebhookReach): boolean => {
  if (!isInsideAddress(address)) return true;
  if (reach === 'internet') return false;
  return isIn(loopback, address) || (reach === 'network' && isIn(privateNetworks, address));
};

/** A literal address never reaches the lookup, so it is looked at by itself. Undefined for a name. */
export const literalAddressIn = (url: URL): string | undefined => {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 ? undefined : literal;
};

/** Resolves names as the system does and refuses before anything is connected: what was looked at is what is used. */
export const guardedLookup =
  (isAllowed: (address: string) => boolean, refused: (hostname: string) => Error): LookupFunction =>
  (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const first = addresses[0];
      const bad = addresses.find(({ address }) => !isAllowed(address));
      if (bad !== undefined || first === undefined) return callback(refused(hostname), '', 0);
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
