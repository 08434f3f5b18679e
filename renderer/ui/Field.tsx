import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value, in a sentence. */
  readonly problem?: string | undefined;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
}

/** One line of text with its label, a hint, and what is wrong with it. */
export const Field = ({ label, value, onChange, hint, problem, autoFocus = false, placeholder }: FieldProps) => (
  <TextField
    value={value}
    onChange={onChange}
    autoFocus={autoFocus}
    isInvalid={problem !== undefined}
    validationBehavior="aria"
    className="flex flex-col gap-[6px]"
  >
    <Label className="text-[12.5px] font-[560]">{label}</Label>
    <Input
      dir="auto"
      {...(placeholder === undefined ? {} : { placeholder })}
      className="h-9 rounded-[9px] border border-line-strong bg-surface px-3 placeholder:text-text-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/30 invalid:border-bad"
    />
    {problem === undefined && hint !== undefined && (
      <Text slot="description" className="text-[12.5px] text-text-2">
        {hint}
      </Text>
    )}
    <FieldError className="text-[12.5px] font-[560] text-bad-ink">{problem}</FieldError>
  </TextField>
);
