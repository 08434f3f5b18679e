/** What an account costs before one has been measured here, in MiB: browser and worker at rest. */
const assumedAccountMb = 160;
/** Left to the system, other programs and the page cache, in MiB. */
const reserveMb = 1_024;

/**
 * How many more accounts fit into the memory that is free now.
 *
 * @param availableMb Memory that programs could still be given, in MiB.
 * @param accountsMb What each running account costs now, in MiB; a starting one would count too little, so the dearest third counts.
 * @param freePlaces How many more accounts the console takes at all.
 */
export const roomForAccounts = (availableMb: number, accountsMb: readonly number[], freePlaces: number): number => {
  const dearest = accountsMb.filter((mb) => mb > 0).toSorted((one, other) => other - one);
  const counted = dearest.slice(0, Math.max(1, Math.ceil(dearest.length / 3)));
  const average = counted.length === 0 ? 0 : counted.reduce((sum, mb) => sum + mb, 0) / counted.length;
  const fits = Math.floor((availableMb - reserveMb) / Math.max(assumedAccountMb, average));
  return Math.max(0, Math.min(fits, freePlaces));
};
