import { Label, Radio, RadioGroup } from 'react-aria-components';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly text?: string;
}

export interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** Side by side, for short titles. */
  readonly inline?: boolean;
}

/** One of a few, each with a sentence. */
export const ChoiceCards = <Value extends string>({
  label,
  value,
  choices,
  onChange,
  inline = false,
}: ChoiceCardsProps<Value>) => (
  <RadioGroup
    value={value}
    onChange={(next) => {
      const choice = choices.find((other) => other.value === next);
      if (choice !== undefined) onChange(choice.value);
    }}
    className="flex flex-col gap-[6px]"
  >
    <Label className="text-[12.5px] font-[560]">{label}</Label>
    <div className={inline ? 'flex gap-2' : 'flex flex-col gap-2'}>
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          value={choice.value}
          className="group relative flex flex-1 cursor-default gap-[10px] rounded-[11px] border border-line-strong px-3 py-[9px] transition-colors duration-[120ms] hover:bg-hover selected:border-accent selected:bg-accent-weak"
        >
          <span className="mt-[2px] grid size-4 shrink-0 place-items-center rounded-full border-[1.5px] border-text-3 bg-surface group-selected:border-[5px] group-selected:border-accent" />
          <span>
            <span className="block font-[570]">{choice.title}</span>
            {choice.text !== undefined && <span className="block text-[12.5px] text-text-2">{choice.text}</span>}
          </span>
        </Radio>
      ))}
    </div>
  </RadioGroup>
);
