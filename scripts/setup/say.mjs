// One short line for each thing the set-up does. Standard error, so that a command's own output stays clean.
export function say(line) {
  process.stderr.write(`switchboard: ${line}\n`);
}

/** A failure with a message for the person at the keyboard; run.mjs prints it without a stack. */
export class SetupError extends Error {}
