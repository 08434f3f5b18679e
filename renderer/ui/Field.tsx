import type { HTMLInputAutoCompleteAttribute } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The person has finished with it. */
  readonly onLeave?: () => void;
  readonly hint?: string | undefined;
  /** What is wrong with the value, in a sentence. */
  readonly problem?: string | undefined;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly type?: 'text' | 'tel' | 'password' | 'time';
  readonly inputMode?: 'text' | 'numeric' | 'tel';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  /** What the number counts; stands behind it. */
  readonly unit?: string;
  /** Several lines, for lists. */
  readonly lines?: number;
}

const box =
  'w-full rounded-[9px] border border-line-strong bg-surface px-3 placeholder:text-text-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/30 invalid:border-bad';

/** One line of text with its label, a hint, and what is wrong with it. */
export const Field = ({
  label,
  value,
  onChange,
  onLeave,
  hint,
  problem,
  autoFocus = false,
  placeholder,
  type = 'text',
  inputMode,
  autoComplete = 'off',
  unit,
  lines,
}: FieldProps) => (
  <TextField
    value={value}
    onChange={onChange}
    {...(onLeave === undefined ? {} : { onBlur: onLeave })}
    autoFocus={autoFocus}
    isInvalid={problem !== undefined}
    validationBehavior="aria"
    type={type}
    autoComplete={autoComplete}
    {...(inputMode === undefined ? {} : { inputMode })}
    className="flex min-w-0 flex-col gap-[6px]"
  >
    <Label className="text-[12.5px] font-[560]">{label}</Label>
    {lines === undefined ? (
      <span className="flex items-center gap-2">
        <Input
          dir={type === 'tel' ? 'ltr' : 'auto'}
          {...(placeholder === undefined ? {} : { placeholder })}
          className={`${box} h-9 ${unit === undefined ? '' : 'tabular max-w-[96px]'}`}
        />
        {unit !== undefined && <span className="shrink-0 text-text-2">{unit}</span>}
      </span>
    ) : (
      <TextArea
        rows={lines}
        {...(placeholder === undefined ? {} : { placeholder })}
        className={`${box} resize-y py-2 font-mono text-[12px]`}
      />
    )}
    {problem === undefined && hint !== undefined && (
      <Text slot="description" className="text-[12.5px] text-text-2">
        {hint}
      </Text>
    )}
    <FieldError className="text-[12.5px] font-[560] text-bad-ink">{problem}</FieldError>
  </TextField>
);
