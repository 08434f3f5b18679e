import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { restError } from './rest-error';

/** Names under which this computer is its own. */
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface RequestGuardOptions {
  /** The address that is listened on, and further names under which a person has put it on the network. */
  readonly hosts: readonly string[];
  /**
   * Calls need no key. Then only the addresses count that browsers know as this computer's own: at any other that leads here,
   * such as `[::ffff:127.0.0.1]`, they do not say that a foreign page asks, and the call would be carried out unseen.
   */
  readonly withoutKey: boolean;
}

/** No address of anybody's, but systems take them for this computer; browsers do not know that and say nothing of who asks. */
const nowhere: ReadonlySet<string> = new Set(['0.0.0.0', '[::]']);

const nameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/**
 * Refuses what only a web page would send. A page of another origin can make a browser call this address, also under a name
 * of its own that points here (DNS rebinding): such a request carries a foreign Host or an Origin.
 */
export const createRequestGuard = ({
  hosts,
  withoutKey,
}: RequestGuardOptions): ((headers: IncomingHttpHeaders) => void) => {
  const allowed = new Set([
    ...loopbackNames,
    ...hosts.map((host) => nameOf(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)),
  ]);
  const isAddress = (name: string): boolean =>
    withoutKey ? /^127(\.\d{1,3}){3}$/.test(name) : !nowhere.has(name) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  /** Only names can be made to point here: an address in numbers is where the request really went. */
  const isOwn = (host: string): boolean => allowed.has(nameOf(host)) || isAddress(nameOf(host));
  return (headers) => {
    const { host, origin } = headers;
    if (host === undefined || !isOwn(host)) {
      throw restError(403, 'HOST_REFUSED', 'This address does not answer under that host name.');
    }
    if (origin !== undefined) {
      let own = false;
      try {
        own = new URL(origin).host.toLowerCase() === host.toLowerCase();
      } catch {
        // "null" and nonsense: not us.
      }
      if (!own) throw restError(403, 'ORIGIN_REFUSED', 'Web pages of other origins may not call this address.');
    }
    const site = headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') {
      throw restError(403, 'ORIGIN_REFUSED', 'Web pages of other origins may not call this address.');
    }
  };
};
