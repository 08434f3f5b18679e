/** A number that matters, with what it counts. */
export const Figure = ({ value, name }: { readonly value: string; readonly name: string }) => (
  <div className="min-w-0 rounded-[11px] bg-surface-2 px-3 py-[10px]">
    <b className="tabular block truncate text-[17px] font-[660]">
      <bdi>{value}</bdi>
    </b>
    <span className="block text-[12px] text-text-2">{name}</span>
  </div>
);
