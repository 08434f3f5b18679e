const named = /\b([Aa])ccount ([a-z0-9_-]{1,64})(?![\w-])/g;

/**
 * A sentence with the labels of accounts where parts that know no labels wrote `account <id>`. What is no known id stays.
 *
 * @param labelOf The account's label; undefined for what is not an account.
 */
export const withLabels = (text: string, labelOf: (id: string) => string | undefined): string =>
  text.replace(named, (whole, first: string, id: string) => {
    const label = labelOf(id);
    return label === undefined ? whole : `${first}ccount “${label}”`;
  });
