import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { formatNumber } from './format-time';

export interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly {
    readonly id: Id;
    readonly title: string;
    /** How many there are; not shown when there are none or nobody knows. */
    readonly count?: number | undefined;
  }[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
}

/** One of a few views of the same thing. */
export const Segments = <Id extends string>({ label, choices, value, onChange }: SegmentsProps<Id>) => (
  <ToggleButtonGroup
    aria-label={label}
    selectionMode="single"
    disallowEmptySelection
    selectedKeys={[value]}
    onSelectionChange={(chosen) => {
      const next = choices.find(({ id }) => chosen.has(id));
      if (next !== undefined) onChange(next.id);
    }}
    className="flex flex-wrap gap-[6px]"
  >
    {choices.map(({ id, title, count = 0 }) => (
      <ToggleButton
        key={id}
        id={id}
        className="tabular inline-flex h-[26px] items-center gap-[5px] whitespace-nowrap rounded-full border border-line px-[10px] text-[12.5px] font-[520] text-text-2 transition-colors duration-[120ms] hover:bg-hover selected:border-transparent selected:bg-accent-weak selected:text-accent-ink"
      >
        {title}
        {count > 0 && <span>{formatNumber(count)}</span>}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
);
