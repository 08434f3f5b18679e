import { Body } from '../body';
import type { Network } from '../network';
import { freshNumber } from '../random';
import { Refusal } from '../refusal';
import { type ControlCall, type ControlTable, LONGEST_WAIT_MS } from './control-table';

const SHORTEST_LIFETIME_MS = 100;

/** Codes, scans and linked pages. */
export const LINKING_CALLS: ControlTable = {
  'POST scans': (network, call) => scan(network, call),
  'POST pairings': (network, call) => {
    const body = new Body(call.body, ['phone', 'code', 'pushname']);
    return network.desk.enterCode(body.number('phone'), body.text('code'), body.optionalText('pushname'));
  },
  'POST passkeys': (network, call) => {
    const body = new Body(call.body, ['phone', 'page', 'ok']);
    const phone = body.optionalNumber('phone');
    const page = body.optionalText('page');
    if (phone === undefined && page === undefined) throw new Refusal(400, 'Say which with "phone" or "page"');
    const which = { ...(phone === undefined ? {} : { phone }), ...(page === undefined ? {} : { page }) };
    return network.desk.answerPasskey(which, body.flag('ok'));
  },
  'PUT linking': (network, call) => {
    const body = new Body(call.body, ['qrLifetimeMs', 'codeLifetimeMs']);
    const qrLifetimeMs = body.optionalAmount('qrLifetimeMs', SHORTEST_LIFETIME_MS, LONGEST_WAIT_MS);
    const codeLifetimeMs = body.optionalAmount('codeLifetimeMs', SHORTEST_LIFETIME_MS, LONGEST_WAIT_MS);
    if (qrLifetimeMs === undefined && codeLifetimeMs === undefined) {
      throw new Refusal(400, 'Give "qrLifetimeMs", "codeLifetimeMs" or both');
    }
    if (qrLifetimeMs !== undefined) network.desk.setLifetime(qrLifetimeMs);
    if (codeLifetimeMs !== undefined) network.desk.codes.lifetimeMs = codeLifetimeMs;
    return { qrLifetimeMs: network.desk.qrLifetimeMs, codeLifetimeMs: network.desk.codes.lifetimeMs };
  },
  'POST linking/refresh': (network) => ({ pages: network.desk.renewAll() }),
  'GET pages': (network) => [
    ...network.desk.pages().map((page) => ({ ...page, state: 'unpaired' })),
    ...network.pages.connected().map((page) => ({ ...page, state: 'linked' })),
  ],
};

async function scan(network: Network, call: ControlCall): Promise<unknown> {
  const body = new Body(call.body, ['qr', 'phone', 'pushname', 'refuse']);
  const qr = body.text('qr');
  const phone = body.optionalNumber('phone') ?? freshNumber();
  if (body.optionalFlag('refuse') === true || network.faults.find('scan-refused', phone) !== undefined) {
    network.desk.refuse(qr);
    return { refused: true };
  }
  return network.desk.link(qr, phone, body.optionalText('pushname'));
}
