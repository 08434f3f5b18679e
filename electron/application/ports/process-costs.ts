import type { Cost, Usage } from '../../contract/entities/observation';

export interface MeasuredCosts {
  /** One per group, in the order in which they were asked. */
  readonly groups: readonly Cost[];
  /** Everything else that this program runs: main, window, store, practice network. */
  readonly console: Cost;
  readonly machine: Omit<Usage['machine'], 'roomForAccounts'>;
}

/** What processes cost, measured by the system. */
export interface ProcessCosts {
  /**
   * @param groups Per group the roots of its process trees.
   * Memory is proportional on Linux. Elsewhere it is the working set of those processes that belong to this program: an
   * account's worker, not its browser.
   */
  measure(groups: readonly (readonly number[])[]): Promise<MeasuredCosts>;
}
