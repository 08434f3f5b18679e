/** One row of a list, which lives as long as its key. */
export interface Row<Item> {
  readonly root: HTMLElement;
  update(item: Item): void;
}

/**
 * Keeps the children of an element equal to a list: rows stay the same elements, so that focus, selection and scroll stay
 * where they are. Returns the function that takes the next list.
 */
export const keyedList = <Item>(
  parent: HTMLElement,
  keyOf: (item: Item) => string,
  create: (item: Item) => Row<Item>,
): ((items: readonly Item[]) => void) => {
  const rows = new Map<string, Row<Item>>();
  return (items) => {
    const wanted = new Set(items.map(keyOf));
    for (const [key, row] of rows) {
      if (wanted.has(key)) continue;
      row.root.remove();
      rows.delete(key);
    }
    let place = parent.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      const row = rows.get(key) ?? create(item);
      rows.set(key, row);
      row.update(item);
      if (row.root === place) place = place.nextElementSibling;
      else parent.insertBefore(row.root, place);
    }
  };
};
