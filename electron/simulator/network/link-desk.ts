import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { tell } from './page-sessions';
import { secretText } from './random';
import { Refusal } from './refusal';
import { meRow } from './rows';
import type { Phone } from './state';
import type { World } from './world';

interface Unlinked {
  readonly page: string;
  readonly qrTail: string;
  readonly socket: WebSocket;
  readonly since: number;
  ref: string;
  expires: NodeJS.Timeout | undefined;
  /** A phone has scanned; the page has not come back with the login yet. */
  scanned: boolean;
}

export interface UnlinkedPage {
  readonly id: string;
  readonly ref: string;
  readonly qr: string;
  readonly since: number;
}

export interface LinkedDevice {
  readonly phone: string;
  readonly pushname: string;
  readonly deviceId: string;
}

const FIRST_LIFETIME_MS = 60_000;
const LATER_LIFETIME_MS = 20_000;
const CONFIRM_WITHIN_MS = 10_000;
/** WhatsApp's own limit. */
const LINKED_DEVICES = 4;
const REMEMBERED_REFS = 500;

/** Hands out QR references to pages that are not linked, renews them, and links a page when a phone scans one. */
export class LinkDesk {
  readonly #world: World;
  readonly #ensurePhone: (number: string, pushname: string | undefined) => Phone;
  readonly #unlinked = new Map<WebSocket, Unlinked>();
  readonly #expired = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  #lifetimeMs: number | undefined;

  constructor(world: World, ensurePhone: (number: string, pushname: string | undefined) => Phone) {
    this.#world = world;
    this.#ensurePhone = ensurePhone;
  }

  get qrLifetimeMs(): number {
    return this.#lifetimeMs ?? LATER_LIFETIME_MS;
  }

  setLifetime(ms: number): void {
    this.#lifetimeMs = ms;
  }

  pages(): readonly UnlinkedPage[] {
    return [...this.#unlinked.values()].map(({ page, ref, qrTail, since }) => ({
      id: page,
      ref,
      qr: `${ref},${qrTail}`,
      since,
    }));
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
    };
    this.#unlinked.set(socket, unlinked);
    this.#renew(unlinked, this.#lifetimeMs ?? FIRST_LIFETIME_MS);
  }

  close(socket: WebSocket): void {
    const unlinked = this.#unlinked.get(socket);
    clearTimeout(unlinked?.expires);
    this.#unlinked.delete(socket);
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

  /** Links the page to the phone; resolves once the page has stored the login. */
  async link(qr: string, number: string, pushname: string | undefined): Promise<LinkedDevice> {
    const unlinked = this.#find(qr);
    if (unlinked.scanned) throw new Refusal(409, 'This code is being linked already');
    const phone = this.#ensurePhone(number, pushname);
    if (phone.devices.size >= LINKED_DEVICES) {
      throw new Refusal(409, `The phone ${number} has ${LINKED_DEVICES} linked devices already; unlink one first`);
    }
    const device = { id: randomUUID(), secret: secretText(24), linkedAt: this.#world.now() };
    clearTimeout(unlinked.expires);
    unlinked.scanned = true;
    this.#world.commit({ c: 'device', phone: number, device });
    // On disk before the page hears of it: a login that a page holds is one that the network knows.
    this.#world.flush();
    const confirmed = new Promise<void>((resolve) => {
      this.#waiting.set(device.id, resolve);
    });
    tell(unlinked.socket, {
      op: 'pair',
      login: { phone: number, device: device.id, secret: device.secret },
      me: meRow(phone),
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

  stop(): void {
    for (const unlinked of this.#unlinked.values()) clearTimeout(unlinked.expires);
    this.#unlinked.clear();
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
    clearTimeout(unlinked.expires);
    unlinked.expires = setTimeout(() => this.#renew(unlinked, this.qrLifetimeMs), lifetimeMs);
    tell(unlinked.socket, { op: 'ref', ref: unlinked.ref, lifetimeMs });
  }
}

async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answer = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return answer;
}
