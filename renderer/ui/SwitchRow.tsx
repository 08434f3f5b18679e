import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components';

export interface SwitchRowProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly selected: boolean;
  readonly onChange: (selected: boolean) => void;
}

/** On or off, with what it means. */
export const SwitchRow = ({ title, text, selected, onChange }: SwitchRowProps) => (
  <Switch isSelected={selected} onChange={onChange} className="group relative flex cursor-default items-start gap-3">
    <span className="mt-[1px] flex h-5 w-9 shrink-0 items-center rounded-full bg-text-3 p-[2px] transition-colors duration-[140ms] group-selected:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent">
      <span className="size-4 rounded-full bg-white transition-transform duration-[140ms] group-selected:translate-x-4 rtl:group-selected:-translate-x-4" />
    </span>
    <span className="min-w-0">
      <span className="block font-[560]">{title}</span>
      {text !== undefined && <span className="block text-[12.5px] text-text-2">{text}</span>}
    </span>
  </Switch>
);
