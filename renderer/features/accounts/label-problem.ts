import { limits } from '../../../electron/contract/limits';

/** What is wrong with a label before main is asked; main knows the rest of the rules. */
export const labelProblem = (label: string): string | undefined => {
  const { length } = label.trim();
  if (length === 0) return 'The account needs a name. Type how you call this number.';
  if (length > limits.accountLabelLength) {
    return `The name has ${length} characters, ${limits.accountLabelLength} fit. Choose a shorter one.`;
  }
  return undefined;
};
