import type { SettingsDraft, SettingsProblems } from './settings-draft';

/** What every section of the form works on. */
export interface FormProps {
  readonly draft: SettingsDraft;
  /** Shown since somebody pressed Save. */
  readonly problems: SettingsProblems;
  readonly change: (part: Partial<SettingsDraft>) => void;
}
