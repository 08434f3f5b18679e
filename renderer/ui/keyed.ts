/** Items with a key each. Items of the same name are counted from the end, so that a list that grows at its start keeps its keys. */
export const keyed = <Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): readonly { readonly key: string; readonly item: Item }[] => {
  const seen = new Map<string, number>();
  return items
    .toReversed()
    .map((item) => {
      const name = nameOf(item);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return { key: `${name}#${count}`, item };
    })
    .toReversed();
};
