/** `--rounds=N` and the like, with the default that the committed baseline was measured with. */
export const numberFlag = (name: string, fallback: number): number => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} must be a positive number.`);
  return value;
};

/** Runs both sides once a round, in turns of who goes first, so that drift of the machine meets both. */
export const interleave = async (
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<{ readonly ours: number[]; readonly peer: number[] }> => {
  const results = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const);
    for (const side of order) results[side].push(await (side === 'ours' ? ours() : peer()));
    process.stdout.write(
      `round ${round + 1} of ${rounds}: ours ${results.ours.at(-1)?.toFixed(1)}, peer ${results.peer.at(-1)?.toFixed(1)}\n`,
    );
  }
  return results;
};
