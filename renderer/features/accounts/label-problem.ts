/** What is wrong with a label before main is asked; main knows the rest of the rules. */
export const labelProblem = (label: string): string | undefined =>
  label.trim() === '' ? 'The account needs a name. Type how you call this number.' : undefined;
