/**
 * Faults by name. A fault is switched on for one phone or for all, has parameters, and ends after a time or when deleted.
 * Whoever can misbehave asks here; a new fault is a new name and one place that asks for it.
 */
export const FAULT_NAMES = [
  'socket-down',
  'acks-held',
  'acks-lost',
  'acks-delayed',
  'scan-refused',
  'silent-resume',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

export interface FaultRequest {
  readonly name: FaultName;
  readonly phone?: string;
  readonly forMs?: number;
  /** `acks-*`: the lowest ack it applies to. */
  readonly from?: number;
  /** `acks-delayed` only. */
  readonly delayMs?: number;
}

export interface Fault extends FaultRequest {
  readonly id: string;
  readonly since: number;
}

interface Active {
  readonly fault: Fault;
  readonly held: (() => void)[];
  readonly timer: NodeJS.Timeout | undefined;
}

export class Faults {
  readonly #active = new Map<string, Active>();
  readonly #delays = new Set<NodeJS.Timeout>();
  readonly #began: (fault: Fault) => void;
  #count = 0;

  constructor(began: (fault: Fault) => void) {
    this.#began = began;
  }

  list(): readonly Fault[] {
    return [...this.#active.values()].map(({ fault }) => fault);
  }

  begin(request: FaultRequest): Fault {
    this.#count += 1;
    const fault: Fault = { ...request, id: `fault-${this.#count}`, since: Date.now() };
    const timer = request.forMs === undefined ? undefined : setTimeout(() => this.end(fault.id), request.forMs);
    this.#active.set(fault.id, { fault, held: [], timer });
    this.#began(fault);
    return fault;
  }

  end(id: string): boolean {
    const active = this.#active.get(id);
    if (active === undefined) return false;
    clearTimeout(active.timer);
    this.#active.delete(id);
    for (const release of active.held) release();
    return true;
  }

  endAll(): void {
    for (const id of [...this.#active.keys()]) this.end(id);
  }

  find(name: FaultName, phone: string | undefined): Fault | undefined {
    return this.#match(name, phone)?.fault;
  }

  /** Passes an ack on now, later, when the fault ends, or never. */
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
    if (delayed === undefined) {
      pass();
      return;
    }
    const timer = setTimeout(() => {
      this.#delays.delete(timer);
      pass();
    }, delayed.fault.delayMs ?? 1000);
    this.#delays.add(timer);
  }

  /** Ends all timers without letting anything go. */
  stop(): void {
    for (const { timer } of this.#active.values()) clearTimeout(timer);
    for (const timer of this.#delays) clearTimeout(timer);
    this.#active.clear();
  }

  #match(name: FaultName, phone: string | undefined): Active | undefined {
    for (const active of this.#active.values()) {
      const { fault } = active;
      if (fault.name === name && (fault.phone === undefined || fault.phone === phone)) return active;
    }
    return undefined;
  }
}
