/** What happens to this computer as a whole, as far as sessions have to know. Every `on…` returns the function that ends it. */
export interface Machine {
  /**
   * Whether the system says that it has a network. `false` is certain; `true` only means that there is an interface. Practice
   * accounts live on this computer and do not depend on it.
   */
  isOnline(): boolean;
  onNetworkChange(listener: (online: boolean) => void): () => void;
  /** The machine is about to sleep. */
  onSuspend(listener: () => void): () => void;
  /** The machine is awake again; timers have not run meanwhile. */
  onResume(listener: () => void): () => void;
  /**
   * Memory of these processes and all their descendants in MiB: proportional (shared pages divided by their users) on Linux,
   * the working set elsewhere. Processes that are gone count nothing.
   */
  memoryOf(pids: readonly number[]): Promise<number>;
}
