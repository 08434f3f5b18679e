import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components';

export interface CheckRowProps {
  readonly title: string;
  readonly text?: string;
  readonly selected: boolean;
  readonly onChange: (selected: boolean) => void;
}

/** One of several that may be chosen together. */
export const CheckRow = ({ title, text, selected, onChange }: CheckRowProps) => (
  <Checkbox
    isSelected={selected}
    onChange={onChange}
    className="group relative flex cursor-default items-start gap-[10px]"
  >
    <span className="mt-[1px] grid size-[18px] shrink-0 place-items-center rounded-[5px] border-[1.5px] border-text-3 bg-surface text-on-accent group-selected:border-accent group-selected:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent">
      {selected && <Check size={13} strokeWidth={3} aria-hidden="true" />}
    </span>
    <span className="min-w-0">
      <span dir="auto" title={title} className="block truncate font-[560]">
        {title}
      </span>
      {text !== undefined && <span className="block text-[12.5px] text-text-2">{text}</span>}
    </span>
  </Checkbox>
);
