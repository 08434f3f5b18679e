import type { CappingRow, CappingStatus, LimitsRow, TimelockRow } from '../session-frames';
import type { Appointment } from './clock';
import { isGroupId } from './ids';
import { Refusal } from './refusal';
import type { Phone } from './state';
import type { World } from './world';

/** WhatsApp's own number for "may not start chats for now". */
const REACHOUT_TIMELOCKED = 463;
const USED_UP = 403;

export interface CappingRequest {
  readonly quota: number;
  readonly used?: number;
  /** Otherwise it follows from what is used: warnings from 75 and 90 percent on, capped at 100. */
  readonly status?: CappingStatus;
  readonly cycleMs: number;
}

interface Kept {
  timelock?: TimelockRow;
  capping?: CappingRow;
  fixedStatus?: CappingStatus;
  ends: Appointment[];
}

/**
 * The limits that WhatsApp states for an account: the reach-out timelock and the cap on new chats. Somebody who has written to
 * the account before is never a new chat, and groups are free.
 */
export class Limits {
  readonly #world: World;
  readonly #told: (phone: string, limits: LimitsRow) => void;
  readonly #kept = new Map<string, Kept>();

  constructor(world: World, told: (phone: string, limits: LimitsRow) => void) {
    this.#world = world;
    this.#told = told;
  }

  of(phone: string): LimitsRow {
    const kept = this.#kept.get(phone);
    return {
      ...(kept?.timelock === undefined ? {} : { timelock: kept.timelock }),
      ...(kept?.capping === undefined ? {} : { capping: kept.capping }),
    };
  }

  setTimelock(phone: string, request: { readonly forMs: number; readonly enforcementType: string } | undefined): void {
    const kept = this.#forPhone(phone);
    if (request === undefined) delete kept.timelock;
    else {
      const { forMs, enforcementType } = request;
      const timelock = { enforcementType, endsAt: this.#world.now() + forMs };
      kept.timelock = timelock;
      this.#later(kept, forMs, () => {
        if (kept.timelock !== timelock) return;
        delete kept.timelock;
        this.#told(phone, this.of(phone));
      });
    }
    this.#told(phone, this.of(phone));
  }

  setCapping(phone: string, request: CappingRequest | undefined): void {
    const kept = this.#forPhone(phone);
    delete kept.fixedStatus;
    if (request === undefined) delete kept.capping;
    else {
      if (request.status !== undefined) kept.fixedStatus = request.status;
      this.#beginCycle(phone, kept, request.quota, request.used ?? 0, request.cycleMs);
    }
    this.#told(phone, this.of(phone));
  }

  /** Throws WhatsApp's answer when this account may not write there; a new chat that it may start is counted. */
  admit(phone: Phone, chatId: string): void {
    const kept = this.#kept.get(phone.number);
    if (kept === undefined || isGroupId(chatId)) return;
    const messages = phone.chats.get(chatId)?.messages ?? [];
    if (messages.some((message) => !message.fromMe)) return;
    if (kept.timelock !== undefined) {
      throw new Refusal(REACHOUT_TIMELOCKED, 'The account may not start chats at the moment (463)');
    }
    const { capping } = kept;
    if (capping === undefined || messages.length > 0) return;
    if (capping.status === 'CAPPED') throw new Refusal(USED_UP, 'The account has started as many chats as it may');
    const used = capping.used + 1;
    kept.capping = { ...capping, used, status: kept.fixedStatus ?? statusOf(used, capping.quota) };
    this.#told(phone.number, this.of(phone.number));
  }

  #beginCycle(phone: string, kept: Kept, quota: number, used: number, cycleMs: number): void {
    const now = this.#world.now();
    const status = kept.fixedStatus ?? statusOf(used, quota);
    const capping: CappingRow = { status, quota, used, cycleStartsAt: now, cycleEndsAt: now + cycleMs };
    kept.capping = capping;
    this.#later(kept, cycleMs, () => {
      if (kept.capping?.cycleEndsAt !== capping.cycleEndsAt) return;
      delete kept.fixedStatus;
      this.#beginCycle(phone, kept, quota, 0, cycleMs);
      this.#told(phone, this.of(phone));
    });
  }

  #later(kept: Kept, ms: number, act: () => void): void {
    kept.ends.push(this.#world.clock.after(ms, act));
  }

  #forPhone(phone: string): Kept {
    const kept = this.#kept.get(phone) ?? { ends: [] };
    this.#kept.set(phone, kept);
    return kept;
  }
}

function statusOf(used: number, quota: number): CappingStatus {
  if (used >= quota) return 'CAPPED';
  if (used >= quota * 0.9) return 'SECOND_WARNING';
  return used >= quota * 0.75 ? 'FIRST_WARNING' : 'NONE';
}
