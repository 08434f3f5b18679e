import type { Appointment, Clock } from './clock';
import type { Fault } from './faults';

const UP_MS = 2000;
const DOWN_MS = 1000;

interface Flap {
  readonly phone: string | undefined;
  down: boolean;
  next: Appointment;
}

/** Connections that hold for a while, break, stay away for a while, and come back. */
export class Flapping {
  readonly #clock: Clock;
  readonly #drop: (phone: string | undefined) => void;
  readonly #flaps = new Map<string, Flap>();

  constructor(clock: Clock, drop: (phone: string | undefined) => void) {
    this.#clock = clock;
    this.#drop = drop;
  }

  isDown(phone: string | undefined): boolean {
    return [...this.#flaps.values()].some((flap) => flap.down && (flap.phone === undefined || flap.phone === phone));
  }

  begin(fault: Fault): void {
    const turn = (): void => {
      const flap = this.#flaps.get(fault.id);
      if (flap === undefined) return;
      flap.down = !flap.down;
      if (flap.down) this.#drop(fault.phone);
      flap.next = this.#clock.after(flap.down ? (fault.downMs ?? DOWN_MS) : (fault.upMs ?? UP_MS), turn);
    };
    const next = this.#clock.after(fault.upMs ?? UP_MS, turn);
    this.#flaps.set(fault.id, { phone: fault.phone, down: false, next });
  }

  end(fault: Fault): void {
    this.#flaps.get(fault.id)?.next.cancel();
    this.#flaps.delete(fault.id);
  }
}
