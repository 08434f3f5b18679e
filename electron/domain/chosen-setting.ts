/** An optional setting after a change: `'none'` takes it away, absent keeps it. */
export const chosenSetting = <Value>(
  stored: Value | undefined,
  given: Value | 'none' | undefined,
): Value | undefined => (given === undefined ? stored : given === 'none' ? undefined : given);
