/** Middle value; the mean of the two middle ones for an even count. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: readonly number[];
}

/** Median with its 95 % interval by bootstrap, from a fixed seed so that the same rounds give the same interval. */
export const spreadOf = (values: readonly number[]): Spread => {
  const next = lehmer(20_261_120);
  const medians = Array.from({ length: 5_000 }, () =>
    median(values.map(() => values[Math.floor(next() * values.length)] ?? Number.NaN)),
  ).sort((a, b) => a - b);
  return {
    median: median(values),
    low: medians[125] ?? Number.NaN,
    high: medians[4_874] ?? Number.NaN,
    rounds: values,
  };
};

const lehmer = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const digits = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

export const describeSpread = (spread: Spread, unit = ''): string =>
  `${digits(spread.median)}${unit} [${digits(spread.low)} – ${digits(spread.high)}]`;
