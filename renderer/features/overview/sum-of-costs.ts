import type { Cost } from '../../../electron/contract/entities/observation';

/** What several things cost together. */
export const sumOfCosts = (costs: readonly Cost[]): Cost =>
  costs.reduce(
    (sum, cost) => ({
      memoryMb: sum.memoryMb + cost.memoryMb,
      cpuPercent: sum.cpuPercent + cost.cpuPercent,
      processes: sum.processes + cost.processes,
    }),
    { memoryMb: 0, cpuPercent: 0, processes: 0 },
  );
