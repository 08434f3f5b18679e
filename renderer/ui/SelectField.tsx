import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Icon } from './Icon';

export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly title: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of several short words. */
export const SelectField = <Value extends string>({ label, value, choices, onChange }: SelectFieldProps<Value>) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-[6px]">
      <label htmlFor={id} className="text-[12.5px] font-[560]">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => {
            const choice = choices.find((other) => other.value === event.target.value);
            if (choice !== undefined) onChange(choice.value);
          }}
          className="h-9 w-full appearance-none rounded-[9px] border border-line-strong bg-surface ps-3 pe-8 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/30"
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} className="bg-surface text-text">
              {choice.title}
            </option>
          ))}
        </select>
        <span className="pointer-events-none absolute inset-y-0 end-[10px] grid place-items-center text-text-3">
          <Icon icon={ChevronDown} size={16} />
        </span>
      </div>
    </div>
  );
};
