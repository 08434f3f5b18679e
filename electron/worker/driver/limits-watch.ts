import type { StatedLimits } from '../../contract/entities/send';

export interface LimitsWatchDeps {
  /** Asks the page. */
  read(): Promise<StatedLimits>;
  report(limits: StatedLimits): void;
}

/** The page is asked this often while the session is ready, in ms. */
const everyMs = 60_000;
/** From a send to the first message of a new chat being counted by WhatsApp, in ms. */
const countedMs = 2_000;

/** Tells when WhatsApp's own limits for the account change; the first time whatever they are. */
export class LimitsWatch {
  readonly #deps: LimitsWatchDeps;
  #told: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #over = false;

  constructor(deps: LimitsWatchDeps) {
    this.#deps = deps;
  }

  /** Idempotent. */
  start(): void {
    if (this.#over || this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.look(), everyMs);
    this.look();
  }

  /** Asks now and tells what is new. */
  async read(): Promise<StatedLimits> {
    const limits = await this.#deps.read();
    const text = JSON.stringify(limits);
    if (!this.#over && text !== this.#told) {
      this.#told = text;
      this.#deps.report(limits);
    }
    return limits;
  }

  /** As `read`, for whoever does not wait; a page that cannot be asked is asked again in a minute. */
  look(): void {
    this.read().catch(() => undefined);
  }

  /** A chat was begun, which WhatsApp counts. */
  lookSoon(): void {
    if (this.#over) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.look(), countedMs);
  }

  stop(): void {
    this.#over = true;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
  }
}
