import type { Appointment, Clock } from './clock';
import { Refusal } from './refusal';

/**
 * Faults by name. A fault is switched on for one phone or for all, has parameters, and ends after a time or when deleted.
 * Whoever can misbehave asks here; a new fault is a new name and one place that asks for it. Nothing of it is kept on disk.
 */
export const FAULT_NAMES = [
  'socket-down',
  'socket-flapping',
  'silent-resume',
  'acks-held',
  'acks-lost',
  'acks-delayed',
  'acks-duplicated',
  'acks-reordered',
  'sends-refused',
  'sends-unheard',
  'send-throws',
  'events-twice',
  'scan-refused',
  'passkey',
  'banned',
  'blocked',
  'stall',
  'pending',
  'module-missing',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Where a start can get stuck: before the page is usable, before a code or the login, before the history is complete, at its end. */
export const STALL_PHASES = ['load', 'link', 'sync', 'ready'] as const;
export type StallPhase = (typeof STALL_PHASES)[number];

/** The states in which WhatsApp Web refuses to go on. */
export const BLOCKED_STATES = ['TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK', 'DEPRECATED_VERSION'] as const;
export type BlockedState = (typeof BLOCKED_STATES)[number];

/** What becomes of messages that were written and not sent when the page goes away. By default the next page sends them. */
export const PENDING_MODES = ['never', 'half'] as const;
export type PendingMode = (typeof PENDING_MODES)[number];

export interface FaultRequest {
  readonly name: FaultName;
  readonly phone?: string;
  readonly forMs?: number;
  /** `acks-*`: the lowest ack it applies to. */
  readonly from?: number;
  /** `acks-delayed`, `acks-reordered`. */
  readonly delayMs?: number;
  /** `socket-flapping`: how long the connection holds, and how long it stays away. */
  readonly upMs?: number;
  readonly downMs?: number;
  /** `sends-refused`: what the network gives as the reason. */
  readonly code?: number;
  readonly phase?: StallPhase;
  readonly state?: BlockedState;
  readonly mode?: PendingMode;
  /** `module-missing`: the name under which WhatsApp Web has the module. */
  readonly module?: string;
}

export type FaultParameter = Exclude<keyof FaultRequest, 'name' | 'phone' | 'forMs'>;

/** What each fault understands beside its name, phone and duration. */
export const FAULT_PARAMETERS: Readonly<Record<FaultName, readonly FaultParameter[]>> = {
  'socket-down': [],
  'socket-flapping': ['upMs', 'downMs'],
  'silent-resume': [],
  'acks-held': ['from'],
  'acks-lost': ['from'],
  'acks-delayed': ['from', 'delayMs'],
  'acks-duplicated': ['from'],
  'acks-reordered': ['delayMs'],
  'sends-refused': ['code'],
  'sends-unheard': [],
  'send-throws': [],
  'events-twice': [],
  'scan-refused': [],
  passkey: [],
  banned: [],
  blocked: ['state'],
  stall: ['phase'],
  pending: ['mode'],
  'module-missing': ['module'],
};

const DELAY_MS = 1000;
/** Longer than a customer takes to get and open a message. */
const REORDER_MS = 400;

export interface Fault extends FaultRequest {
  readonly id: string;
  readonly since: number;
}

interface Active {
  readonly fault: Fault;
  readonly held: (() => void)[];
  readonly end: Appointment | undefined;
}

export interface FaultWatcher {
  began(fault: Fault): void;
  ended(fault: Fault): void;
}

export class Faults {
  readonly #clock: Clock;
  readonly #active = new Map<string, Active>();
  readonly #watcher: FaultWatcher;
  #count = 0;

  constructor(clock: Clock, watcher: FaultWatcher) {
    this.#clock = clock;
    this.#watcher = watcher;
  }

  list(): readonly Fault[] {
    return [...this.#active.values()].map(({ fault }) => fault);
  }

  begin(request: FaultRequest): Fault {
    check(request);
    this.#count += 1;
    const fault: Fault = { ...request, id: `fault-${this.#count}`, since: this.#clock.now() };
    const end =
      request.forMs === undefined ? undefined : this.#clock.after(request.forMs, () => void this.end(fault.id));
    this.#active.set(fault.id, { fault, held: [], end });
    this.#watcher.began(fault);
    return fault;
  }

  end(id: string): boolean {
    const active = this.#active.get(id);
    if (active === undefined) return false;
    active.end?.cancel();
    this.#active.delete(id);
    for (const release of active.held) release();
    this.#watcher.ended(active.fault);
    return true;
  }

  endAll(): void {
    for (const id of [...this.#active.keys()]) this.end(id);
  }

  find(name: FaultName, phone: string | undefined): Fault | undefined {
    return this.#match(name, phone)?.fault;
  }

  /** A start has come to `phase`: true when it has to wait; `goOn` is called when the stall ends. */
  stalls(phase: StallPhase, phone: string | undefined, goOn: () => void): boolean {
    for (const { fault, held } of this.#active.values()) {
      if (fault.name !== 'stall' || fault.phase !== phase || !meets(fault, phone)) continue;
      held.push(goOn);
      return true;
    }
    return false;
  }

  /** True when this fault is on: `goOn` is called when it ends. */
  holds(name: FaultName, phone: string, goOn: () => void): Fault | undefined {
    const active = this.#match(name, phone);
    active?.held.push(goOn);
    return active?.fault;
  }

  /** Passes an ack on now, later, twice, when the fault ends, or never. */
  passAck(phone: string, ack: number, pass: () => void): void {
    const applies = (name: FaultName) => {
      const active = this.#match(name, phone);
      return active !== undefined && ack >= (active.fault.from ?? 1) ? active : undefined;
    };
    if (applies('acks-lost') !== undefined) return;
    const held = applies('acks-held');
    if (held !== undefined) {
      held.held.push(pass);
      return;
    }
    const delayed = applies('acks-delayed');
    const reordered = applies('acks-reordered');
    // The higher the ack, the sooner it comes.
    const wait =
      (delayed === undefined ? 0 : (delayed.fault.delayMs ?? DELAY_MS)) +
      (reordered === undefined ? 0 : (reordered.fault.delayMs ?? REORDER_MS) * Math.max(0, 3 - ack));
    const go =
      applies('acks-duplicated') === undefined
        ? pass
        : () => {
            pass();
            pass();
          };
    if (wait === 0) go();
    else this.#clock.after(wait, go);
  }

  /** Acks are told as they come, also when they go backwards: a fault that turns their order round is on. */
  actsOnAcks(phone: string): boolean {
    return (['acks-reordered', 'acks-duplicated'] as const).some((name) => this.find(name, phone) !== undefined);
  }

  stop(): void {
    this.#active.clear();
  }

  #match(name: FaultName, phone: string | undefined): Active | undefined {
    for (const active of this.#active.values()) {
      if (active.fault.name === name && meets(active.fault, phone)) return active;
    }
    return undefined;
  }
}

function meets(fault: Fault, phone: string | undefined): boolean {
  return fault.phone === undefined || fault.phone === phone;
}

function check(request: FaultRequest): void {
  const known = FAULT_PARAMETERS[request.name];
  for (const name of Object.keys(request)) {
    if (['name', 'phone', 'forMs'].includes(name) || known.some((parameter) => parameter === name)) continue;
    const takes = known.length === 0 ? 'nothing but "phone" and "forMs"' : known.map((one) => `"${one}"`).join(', ');
    throw new Refusal(400, `The fault "${request.name}" has no "${name}"; it takes ${takes}`);
  }
  const needed = (['phase', 'state', 'mode', 'module'] as const).find(
    (name) => known.includes(name) && request[name] === undefined && name !== 'state',
  );
  if (needed !== undefined) throw new Refusal(400, `The fault "${request.name}" needs "${needed}"`);
  const atLoad = (request.name === 'stall' && request.phase === 'load') || request.name === 'module-missing';
  if (atLoad && request.phone !== undefined) {
    const what = request.name === 'stall' ? 'a stall at "load"' : `"${request.name}"`;
    throw new Refusal(400, `A page that loads does not say whose it is: ${what} takes no "phone"`);
  }
}
