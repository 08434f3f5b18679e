import { lookup as systemLookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { basename } from 'node:path';
import type { RemoteFile, RemoteFiles } from '../application/ports/remote-files';
import { OperationError } from '../contract/errors';

const fetchTimeoutMs = 60_000;
const mostRedirects = 3;

/** This computer, its neighbours, and addresses that mean something special (RFC 6890). */
const inside = new BlockList();
for (const [network, prefix] of [
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
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
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
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

/** Whether an address is not of the open internet. An IPv4 address in IPv6 clothes is looked at as what it is. */
export const isInsideAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return inside.check(address, 'ipv4');
  return family === 6 && (inside.check(address, 'ipv6') || /^::ffff:/i.test(address));
};

const refused = (why: string): OperationError =>
  new OperationError('REMOTE_FILE_REFUSED', `The file was not fetched: ${why}.`);
const unavailable = (why: string): OperationError =>
  new OperationError('REMOTE_FILE_UNAVAILABLE', `The file could not be fetched: ${why}.`);

/** Resolves names as the system does and refuses before anything is connected: what was looked at is what is used. */
const guardedLookup =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const first = addresses[0];
      const bad = addresses.find(({ address }) => !isAllowed(address));
      if (bad !== undefined || first === undefined) {
        return callback(refused(`${hostname} leads to an address that is not on the internet`), '', 0);
      }
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };

const nameIn = (url: URL): string | undefined => {
  const name = basename(decodeURIComponent(url.pathname));
  return name === '' || name.length > 200 ? undefined : name.replace(/[\p{Cc}/\\]/gu, '_');
};

interface Reply {
  readonly redirect: string | undefined;
  readonly file: RemoteFile | undefined;
}

const once = (url: URL, maxBytes: number, isAllowed: (address: string) => boolean): Promise<Reply> =>
  new Promise((resolve, reject) => {
    // A literal address never reaches the lookup.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isAllowed(literal)) {
      return reject(refused(`${url.hostname} is not an address on the internet`));
    }
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        lookup: guardedLookup(isAllowed),
        signal: AbortSignal.timeout(fetchTimeoutMs),
        agent: false,
        headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
          response.destroy();
          return resolve({ redirect: headers.location, file: undefined });
        }
        if (statusCode !== 200) {
          response.destroy();
          return reject(unavailable(`${url.host} answered with ${statusCode}`));
        }
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > maxBytes) {
            response.destroy();
            reject(refused(`it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB`));
          } else parts.push(part);
        });
        response.on('error', (error) => reject(unavailable(error.message)));
        response.on('end', () =>
          resolve({
            redirect: undefined,
            file: { bytes: Buffer.concat(parts), mediaType: headers['content-type'], filename: nameIn(url) },
          }),
        );
      },
    );
    request.on('error', (error) => reject(error instanceof OperationError ? error : unavailable(error.message)));
    request.end();
  });

/** @param isAllowed Which resolved addresses may be connected to; by default those of the open internet. */
export const createRemoteFiles = (
  isAllowed: (address: string) => boolean = (address) => !isInsideAddress(address),
): RemoteFiles => ({
  async fetch(given, maxBytes) {
    let url = new URL(given);
    for (let step = 0; step <= mostRedirects; step += 1) {
      if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('it is not at a web address');
      const { redirect, file } = await once(url, maxBytes, isAllowed);
      if (file !== undefined) return file;
      try {
        url = new URL(redirect ?? '', url);
      } catch {
        throw unavailable(`${url.host} sends on to an address that makes no sense`);
      }
    }
    throw unavailable(`it was sent on more than ${mostRedirects} times`);
  },
});
