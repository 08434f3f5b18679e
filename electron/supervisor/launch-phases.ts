import type { TimelineEntry } from '../contract/entities/observation';
import type { WorkerReport } from '../contract/frames';

type Phase = 'spawned' | WorkerReport['type'];

/** What each phase of a start is called once it is over. */
const words: Readonly<Partial<Record<Phase, string>>> = {
  spawned: 'Waited for its turn and started its worker',
  launched: 'Browser started',
  loaded: 'WhatsApp Web opened',
  qr: 'Came as far as a code to scan',
  syncing: 'Logged in',
  ready: 'Chats loaded',
};

/** Measures the phases of one start, each once, from the end of the phase before. */
export class LaunchPhases {
  readonly #startedMs: number;
  readonly #over = new Set<Phase>();
  #lastMs: number;

  constructor(nowMs: number) {
    this.#startedMs = nowMs;
    this.#lastMs = nowMs;
  }

  /** The entries for the timeline that the end of a phase leads to. */
  end(phase: Phase, nowMs: number): readonly TimelineEntry[] {
    const text = words[phase];
    if (text === undefined || this.#over.has(phase) || this.#over.has('ready')) return [];
    this.#over.add(phase);
    const durationMs = Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    const entry: TimelineEntry = { atMs: nowMs, kind: 'phase', words: text, durationMs };
    if (phase !== 'ready') return [entry];
    const whole = {
      kind: 'phase',
      words: 'Ready, counted from the start',
      durationMs: nowMs - this.#startedMs,
    } as const;
    return [entry, { atMs: nowMs, ...whole }];
  }
}
