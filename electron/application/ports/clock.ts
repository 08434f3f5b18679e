/** Time and chance as arguments, so that tests own both. */
export interface Clock {
  /** Wall clock in ms since 1970. */
  nowMs(): number;
  /** Milliseconds since some moment, never set by anybody and never going back; may stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Runs `task` once after `delayMs` of running time. Returns the function that calls it off. */
  schedule(delayMs: number, task: () => void): () => void;
}

export interface Randomness {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** `length` upper-case hexadecimal digits from the system's secure source. */
  hex(length: number): string;
}
