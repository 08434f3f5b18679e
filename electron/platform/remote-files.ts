import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { basename } from 'node:path';
import type { RemoteFile, RemoteFiles } from '../application/ports/remote-files';
import { OperationError } from '../contract/errors';
import { guardedLookup, isInsideAddress, literalAddressIn } from './address-guard';

const fetchTimeoutMs = 60_000;
const mostRedirects = 3;

const refused = (why: string): OperationError =>
  new OperationError('REMOTE_FILE_REFUSED', `The file was not fetched: ${why}.`);
const unavailable = (why: string): OperationError =>
  new OperationError('REMOTE_FILE_UNAVAILABLE', `The file could not be fetched: ${why}.`);

const lookupFor = (isAllowed: (address: string) => boolean) =>
  guardedLookup(isAllowed, (hostname) => refused(`${hostname} leads to an address that is not on the internet`));

/** What is no valid encoding, such as `%zz`, is a name all the same. */
const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const nameIn = (url: URL): string | undefined => {
  const name = basename(decoded(url.pathname));
  return name === '' || name.length > 200 ? undefined : name.replace(/[\p{Cc}/\\]/gu, '_');
};

interface Reply {
  readonly redirect: string | undefined;
  readonly file: RemoteFile | undefined;
}

const once = (url: URL, maxBytes: number, isAllowed: (address: string) => boolean): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const literal = literalAddressIn(url);
    if (literal !== undefined && !isAllowed(literal)) {
      return reject(refused(`${url.hostname} is not an address on the internet`));
    }
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        lookup: lookupFor(isAllowed),
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
