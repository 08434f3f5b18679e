import type { CallOutcome, CallRow } from '../../account-frames';
import { userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { messageId, randomHex } from '../random';
import { Refusal } from '../refusal';
import type { Customer, Phone } from '../state';
import type { World } from '../world';
import { place } from './notices';
import { chatIdOf, isBlockedBetween } from './people';

/** How long WhatsApp lets a phone ring. */
const RINGS_MS = 45_000;

export interface CallView {
  readonly id: string;
  readonly phone: string;
  readonly customer: string;
  readonly group?: string;
  readonly isVideo: boolean;
  readonly startedAt: number;
  readonly outcome?: CallOutcome;
}

interface Ringing {
  readonly phone: Phone;
  readonly customer: Customer;
  readonly row: CallRow;
  timer: NodeJS.Timeout | undefined;
}

/** Calls of customers: they ring on every linked page, and end as an entry in the chat. */
export class Calls {
  readonly #world: World;
  readonly #pages: PageSessions;
  readonly #ringing = new Map<string, Ringing>();
  readonly #calls: CallView[] = [];

  constructor(world: World, pages: PageSessions) {
    this.#world = world;
    this.#pages = pages;
  }

  list(customer: Customer): readonly CallView[] {
    return this.#calls.filter((call) => call.customer === customer.number);
  }

  start(
    customer: Customer,
    phone: Phone,
    options: { readonly isVideo: boolean; readonly group?: string; readonly ringMs?: number },
  ): CallView {
    const { isVideo, group } = options;
    const inGroup = group === undefined ? undefined : this.#world.groups.get(group);
    if (group !== undefined && inGroup?.participants.includes(customer.number) !== true) {
      throw new Refusal(404, `${customer.number} is not in a group ${group}`);
    }
    const row: CallRow = {
      id: randomHex(16),
      peer: chatIdOf(this.#world, customer.number),
      isVideo,
      isGroup: group !== undefined,
      participants: inGroup?.participants.filter((number) => number !== phone.number).map(userId) ?? [],
      offerTime: Math.floor(this.#world.now() / 1000),
    };
    const { number } = customer;
    const about = group === undefined ? {} : { group };
    const startedAt = this.#world.now();
    const view: CallView = { id: row.id, phone: phone.number, customer: number, ...about, isVideo, startedAt };
    this.#calls.push(view);
    this.#world.note('called', { phone: phone.number, customer: number, chatId: group ?? row.peer, id: row.id });
    // Somebody who is blocked hears it ring, and nobody else does.
    const heard = !isBlockedBetween(this.#world, phone, number);
    if (heard) this.#pages.tellNow(phone.number, { kind: 'call', call: row });
    const timer = setTimeout(() => this.end(row.id, 'Missed'), options.ringMs ?? RINGS_MS);
    this.#ringing.set(row.id, { phone, customer, row, timer });
    return view;
  }

  /** Ends a call that rings; one that does not is refused. */
  end(id: string, outcome: CallOutcome): CallView {
    const ringing = this.#ringing.get(id);
    const at = this.#calls.findIndex((call) => call.id === id);
    const call = this.#calls[at];
    if (ringing === undefined || call === undefined) throw new Refusal(404, `No call ${id} is ringing`);
    clearTimeout(ringing.timer);
    this.#ringing.delete(id);
    const { phone, customer, row } = ringing;
    const ended: CallView = { ...call, outcome };
    this.#calls[at] = ended;
    this.#world.note('call-ended', { phone: phone.number, customer: customer.number, id, body: outcome });
    this.#pages.tellNow(phone.number, { kind: 'call-ended', id, outcome });
    if (!isBlockedBetween(this.#world, phone, customer.number)) this.#enter(ended, phone, customer, row);
    return ended;
  }

  stop(): void {
    for (const { timer } of this.#ringing.values()) clearTimeout(timer);
    this.#ringing.clear();
  }

  #enter({ group, isVideo, outcome = 'Missed' }: CallView, phone: Phone, customer: Customer, row: CallRow): void {
    const missed = outcome === 'Missed';
    place(
      { world: this.#world, pages: this.#pages },
      phone,
      {
        id: messageId(customer.device),
        chatId: group ?? row.peer,
        fromMe: false,
        type: 'call_log',
        body: '',
        t: Math.floor(this.#world.now() / 1000),
        ...(group === undefined ? {} : { author: customer.number }),
        details: {
          callOutcome: outcome,
          isVideoCall: isVideo,
          ...(missed ? { subtype: isVideo ? 'miss_video' : 'miss' } : {}),
          ...(outcome === 'Completed' ? { callDuration: Math.floor(this.#world.now() / 1000) - row.offerTime } : {}),
        },
      },
      { unread: missed },
    );
  }
}
