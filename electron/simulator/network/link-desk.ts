import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { NetworkFrame } from '../frames';
import type { Appointment } from './clock';
import type { Faults } from './faults';
import { digitsOf } from './ids';
import { tell } from './page-sessions';
import { PairingCodes } from './pairing-codes';
import { secretText } from './random';
import { Refusal } from './refusal';
import { meRow } from './rows';
import type { Phone } from './state';
import type { World } from './world';

interface Scan {
  readonly number: string;
  readonly pushname: string | undefined;
}

interface Unlinked {
  readonly page: string;
  readonly qrTail: string;
  readonly socket: WebSocket;
  readonly since: number;
  ref: string;
  expires: Appointment | undefined;
  /** A phone has scanned; the page has not come back with the login yet. */
  scanned: boolean;
  /** A phone has scanned, and WhatsApp waits for a passkey. */
  passkey: Scan | undefined;
}

export interface UnlinkedPage {
  readonly id: string;
  readonly ref: string;
  readonly qr: string;
  readonly since: number;
  readonly step: 'code' | 'passkey' | 'linking';
  /** The pairing code that this page shows, for which phone, and whether that phone was notified. */
  readonly pairing?: { readonly code: string; readonly phone: string; readonly notified: boolean };
}

export type LinkResult =
  | { readonly phone: string; readonly pushname: string; readonly deviceId: string }
  /** Nothing is linked before somebody has answered the passkey step. */
  | { readonly phone: string; readonly page: string; readonly passkey: true };

const FIRST_LIFETIME_MS = 60_000;
const LATER_LIFETIME_MS = 20_000;
const CONFIRM_WITHIN_MS = 10_000;
/** WhatsApp's own limit. */
const LINKED_DEVICES = 4;
const REMEMBERED_REFS = 500;

/** Hands out QR references and pairing codes to pages that are not linked, renews them, and links pages to phones. */
export class LinkDesk {
  readonly codes: PairingCodes<WebSocket>;
  readonly #world: World;
  readonly #faults: Faults;
  readonly #ensurePhone: (number: string, pushname: string | undefined) => Phone;
  readonly #unlinked = new Map<WebSocket, Unlinked>();
  readonly #expired = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  #lifetimeMs: number | undefined;

  constructor(world: World, faults: Faults, ensurePhone: (number: string, pushname: string | undefined) => Phone) {
    this.#world = world;
    this.#faults = faults;
    this.#ensurePhone = ensurePhone;
    this.codes = new PairingCodes(world.clock);
  }

  get qrLifetimeMs(): number {
    return this.#lifetimeMs ?? LATER_LIFETIME_MS;
  }

  setLifetime(ms: number): void {
    this.#lifetimeMs = ms;
  }

  pages(): readonly UnlinkedPage[] {
    return [...this.#unlinked.values()].map(({ page, ref, qrTail, since, socket, passkey, scanned }) => {
      const pairing = this.codes.of(socket);
      return {
        id: page,
        ref,
        qr: `${ref},${qrTail}`,
        since,
        step: passkey === undefined ? (scanned ? 'linking' : 'code') : 'passkey',
        ...(pairing === undefined ? {} : { pairing }),
      };
    });
  }

  open(socket: WebSocket, page: string, qrTail: string): void {
    const unlinked: Unlinked = {
      page,
      qrTail,
      socket,
      since: this.#world.now(),
      ref: '',
      expires: undefined,
      scanned: false,
      passkey: undefined,
    };
    this.#unlinked.set(socket, unlinked);
    this.#renew(unlinked, this.#lifetimeMs ?? FIRST_LIFETIME_MS);
  }

  isOpen(socket: WebSocket): boolean {
    return this.#unlinked.has(socket);
  }

  close(socket: WebSocket): void {
    this.#unlinked.get(socket)?.expires?.cancel();
    this.#unlinked.delete(socket);
    this.codes.cancel(socket);
  }

  /** Tells the page with this id, or every one that is not linked. */
  say(page: string | undefined, frame: NetworkFrame): number {
    const told = [...this.#unlinked.values()].filter((unlinked) => page === undefined || unlinked.page === page);
    for (const { socket } of told) tell(socket, frame);
    return told.length;
  }

  /** Every page gets a new code now. */
  renewAll(): number {
    for (const unlinked of this.#unlinked.values()) this.#renew(unlinked, this.qrLifetimeMs);
    return this.#unlinked.size;
  }

  /** The phone says no: this page gets a new code. */
  refuse(qr: string): void {
    this.#renew(this.#find(qr), this.qrLifetimeMs);
  }

  /** A page has come with its login: it has stored it. */
  confirm(device: string): void {
    this.#waiting.get(device)?.();
  }

  /** A phone scans the code of a page; resolves once the page has stored the login. */
  async link(qr: string, number: string, pushname: string | undefined): Promise<LinkResult> {
    return this.#begin(this.#find(qr), { number, pushname });
  }

  /** A page wants a code that its person types into the phone. */
  askForCode(
    socket: WebSocket,
    phone: string,
    notify: boolean,
  ): { readonly code: string; readonly lifetimeMs: number } {
    const number = digitsOf(phone);
    if (number === undefined) throw new Refusal(400, 'bad-request');
    return this.codes.issue(socket, number, notify);
  }

  /** A person types a code into the phone; resolves like a scan. */
  async enterCode(number: string, code: string, pushname: string | undefined): Promise<LinkResult> {
    const unlinked = this.#unlinked.get(this.codes.redeem(number, code));
    if (unlinked === undefined) throw new Refusal(404, `No page waits for a code of ${number}`);
    return this.#begin(unlinked, { number, pushname });
  }

  /** The passkey step of the page that waits for this phone, or of this page, is completed or fails. */
  async answerPasskey(
    which: { readonly phone?: string; readonly page?: string; readonly socket?: WebSocket },
    ok: boolean,
  ): Promise<LinkResult | { readonly refused: true }> {
    const unlinked = [...this.#unlinked.values()].find(
      ({ passkey, page, socket }) =>
        passkey !== undefined && (passkey.number === which.phone || page === which.page || socket === which.socket),
    );
    if (unlinked?.passkey === undefined) throw new Refusal(404, 'No page waits for a passkey there');
    const scan = unlinked.passkey;
    unlinked.passkey = undefined;
    unlinked.scanned = false;
    if (ok) return this.#finish(unlinked, scan);
    this.#renew(unlinked, this.qrLifetimeMs);
    return { refused: true };
  }

  stop(): void {
    for (const { expires } of this.#unlinked.values()) expires?.cancel();
    this.#unlinked.clear();
  }

  async #begin(unlinked: Unlinked, scan: Scan): Promise<LinkResult> {
    if (unlinked.scanned) throw new Refusal(409, 'This code is being linked already');
    const { number } = scan;
    if (this.#faults.find('banned', number) !== undefined) {
      throw new Refusal(403, `The number ${number} is banned from WhatsApp and cannot link devices`);
    }
    const phone = this.#ensurePhone(number, scan.pushname);
    if (phone.devices.size >= LINKED_DEVICES) {
      throw new Refusal(409, `The phone ${number} has ${LINKED_DEVICES} linked devices already; unlink one first`);
    }
    unlinked.expires?.cancel();
    unlinked.scanned = true;
    if (this.#faults.find('passkey', number) === undefined) return this.#finish(unlinked, scan);
    unlinked.passkey = scan;
    tell(unlinked.socket, { op: 'passkey' });
    return { phone: number, page: unlinked.page, passkey: true };
  }

  async #finish(unlinked: Unlinked, { number, pushname }: Scan): Promise<LinkResult> {
    const phone = this.#ensurePhone(number, pushname);
    unlinked.scanned = true;
    const device = { id: randomUUID(), secret: secretText(24), linkedAt: this.#world.now() };
    this.#world.commit({ c: 'device', phone: number, device });
    // On disk before the page hears of it: a login that a page holds is one that the network knows.
    this.#world.flush();
    const confirmed = new Promise<void>((resolve) => {
      this.#waiting.set(device.id, resolve);
    });
    tell(unlinked.socket, {
      op: 'pair',
      login: { phone: number, device: device.id, secret: device.secret },
      me: meRow(this.#world, phone),
    });
    const linked = await within(confirmed, CONFIRM_WITHIN_MS);
    this.#waiting.delete(device.id);
    if (!linked) {
      this.#world.commit({ c: 'device-gone', phone: number, id: device.id });
      throw new Refusal(409, 'The page did not confirm that it was linked; ask for a new code');
    }
    this.#world.note('linked', { phone: number, id: device.id });
    return { phone: number, pushname: phone.pushname, deviceId: device.id };
  }

  #find(qr: string): Unlinked {
    const ref = qr.split(',')[0] ?? '';
    for (const unlinked of this.#unlinked.values()) if (unlinked.ref === ref) return unlinked;
    if (this.#expired.has(ref)) throw new Refusal(410, 'This code has expired; scan the one that is shown now');
    throw new Refusal(404, 'No page shows this code');
  }

  #renew(unlinked: Unlinked, lifetimeMs: number): void {
    if (unlinked.scanned) return;
    if (unlinked.ref !== '') this.#expired.add(unlinked.ref);
    for (const old of this.#expired) {
      if (this.#expired.size <= REMEMBERED_REFS) break;
      this.#expired.delete(old);
    }
    unlinked.ref = `2@${secretText(48)}`;
    unlinked.expires?.cancel();
    unlinked.expires = this.#world.clock.after(lifetimeMs, () => this.#renew(unlinked, this.qrLifetimeMs));
    tell(unlinked.socket, { op: 'ref', ref: unlinked.ref, lifetimeMs });
  }
}

/** Machine time: how long a page takes has nothing to do with what time it is on the network. */
async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answer = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return answer;
}
