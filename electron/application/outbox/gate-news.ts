import type { Gate } from '../../contract/entities/send';
import type { EventBus } from '../event-bus';
import { logReason } from '../log-reason';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';

/** Shortest time between two gate.changed of one account, in ms. */
const leastGapMs = 250;

export interface GateNewsPorts {
  readonly read: () => Promise<Gate>;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells the world of one account's gate: at once, and then at most every 250 ms. */
export class GateNews {
  readonly #ports: GateNewsPorts;
  #cancelTimer: (() => void) | undefined;
  #changed = false;
  #told: string | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(ports: GateNewsPorts) {
    this.#ports = ports;
  }

  changed(): void {
    this.#changed = true;
    if (this.#cancelTimer === undefined) this.#tell();
  }

  end(): void {
    this.#cancelTimer?.();
    this.#changed = false;
    // Set for good: nothing is told any more.
    this.#cancelTimer = () => undefined;
  }

  /** Resolves when what is being read has been told. */
  idle(): Promise<void> {
    return this.#telling;
  }

  #tell(): void {
    this.#changed = false;
    this.#cancelTimer = this.#ports.clock.schedule(leastGapMs, () => {
      this.#cancelTimer = undefined;
      if (this.#changed) this.#tell();
    });
    this.#telling = this.#publish();
  }

  async #publish(): Promise<void> {
    const { read, events, log } = this.#ports;
    try {
      const gate = await read();
      const told = JSON.stringify(gate);
      if (told === this.#told) return;
      this.#told = told;
      events.publish({ type: 'gate.changed', gate });
    } catch (error) {
      log.debug('the gate of an account could not be read', { reason: logReason(error) });
    }
  }
}
