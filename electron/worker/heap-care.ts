import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';

/** A start leaves most of its garbage in its last seconds; others may still be starting and need the processor more, in ms. */
const afterReadyMs = 10_000;
/** How often to see whether the heap has grown again, in ms. */
const lookEveryMs = 300_000;
/** Less is not worth the 30 ms of processor time, in bytes. */
const worthBytes = 8 * 1024 * 1024;

/** Collects everything and gives the emptied pages back to the system, which a heap that nobody fills never does by itself. */
const collect = async (): Promise<void> => {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
};

/** Gives back what loading and bursts of work have left in the heap. Measured: 14 MiB for each worker at rest. */
export class HeapCare {
  #timer: NodeJS.Timeout | undefined;
  /** Size of the heap after the last collection. */
  #sizeBytes = 0;

  /** The account got ready. */
  settle(): void {
    clearInterval(this.#timer);
    this.#timer = setTimeout(() => {
      this.#look();
      this.#timer = setInterval(() => this.#look(), lookEveryMs);
      this.#timer.unref();
    }, afterReadyMs);
    this.#timer.unref();
  }

  #look(): void {
    if (getHeapStatistics().total_heap_size - this.#sizeBytes < worthBytes) return;
    // Without the inspector the memory is only not given back.
    void collect()
      .catch(() => undefined)
      .then(() => {
        this.#sizeBytes = getHeapStatistics().total_heap_size;
      });
  }
}
