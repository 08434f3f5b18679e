import { Field, type FieldProps } from '../../ui/Field';
import { SwitchRow, type SwitchRowProps } from '../../ui/SwitchRow';
import type { FormProps } from './form-props';
import type { SettingsDraft } from './settings-draft';

/** Settings that are typed, and those that are on or off. */
type TypedSetting = {
  [Key in keyof SettingsDraft]: string extends SettingsDraft[Key] ? Key : never;
}[keyof SettingsDraft];
type SwitchSetting = {
  [Key in keyof SettingsDraft]: SettingsDraft[Key] extends boolean ? Key : never;
}[keyof SettingsDraft];

export interface DraftFieldProps extends Omit<FieldProps, 'value' | 'problem' | 'onChange'> {
  readonly form: FormProps;
  readonly name: TypedSetting;
}

/** One typed setting of the form, with what is wrong with it. A number is one that has a unit. */
export const DraftField = ({ form: { draft, problems, change }, name, ...field }: DraftFieldProps) => (
  <Field
    {...(field.unit === undefined ? {} : { inputMode: 'numeric' })}
    {...field}
    value={draft[name]}
    problem={problems[name]}
    onChange={(value) => change({ [name]: value })}
  />
);

export interface DraftSwitchProps extends Omit<SwitchRowProps, 'selected' | 'onChange'> {
  readonly form: FormProps;
  readonly name: SwitchSetting;
}

/** One setting of the form that is on or off. */
export const DraftSwitch = ({ form: { draft, change }, name, ...row }: DraftSwitchProps) => (
  <SwitchRow {...row} selected={draft[name]} onChange={(selected) => change({ [name]: selected })} />
);
