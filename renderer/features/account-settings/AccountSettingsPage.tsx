import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { CallError, messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { PageColumns } from '../../ui/PageColumns';
import { BrowserSection, ProxySection } from './ConnectionSections';
import { PresenceSection, RunningSection, SleepSection } from './RunningSections';
import { SaveBar } from './SaveBar';
import { SendingSection } from './SendingSection';
import { draftOf, editOf, isEdited, problemsOf, type SettingsDraft, type SettingsProblems } from './settings-draft';

/** Forms that were left unsaved for another page. Only in memory, as a typed password may be in one. */
const unsaved = new Map<AccountId, SettingsDraft>();

/** Where an error of main belongs, when it says so by its code. */
const fieldOf = (thrown: unknown): keyof SettingsDraft | undefined => {
  if (!(thrown instanceof CallError)) return undefined;
  if (thrown.code === 'BROWSER_NOT_FOUND') return 'browserPath';
  return thrown.code === 'CHROMIUM_FLAG_REFUSED' ? 'chromiumFlags' : undefined;
};

export interface AccountSettingsPageProps {
  readonly accountId: AccountId;
  /** What is known about the account, beside the page. */
  readonly aside: ReactNode;
}

/** How one account is run: a form that is saved as a whole. */
export const AccountSettingsPage = ({ accountId, aside }: AccountSettingsPageProps) => {
  const account = useConsole(selectAccount(accountId));
  const [edited, setEdited] = useState(() => unsaved.get(accountId));
  const [problems, setProblems] = useState<SettingsProblems>({});
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const hasProblems = Object.keys(problems).length > 0;
  useEffect(() => {
    if (edited === undefined) unsaved.delete(accountId);
    else unsaved.set(accountId, edited);
  }, [accountId, edited]);
  // The first field with a problem comes to the screen with its sentence: after a press of Save, never while typing.
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  if (account === undefined) return undefined;

  const draft = edited ?? draftOf(account);
  const change = (part: Partial<SettingsDraft>): void => {
    const next = { ...draft, ...part };
    setEdited(isEdited(next, account) ? next : undefined);
    setFailure(undefined);
    // A sentence goes when its field is touched; new ones come with Save only.
    setProblems((before) =>
      Object.fromEntries(Object.entries(before).filter(([field]) => !Object.hasOwn(part, field))),
    );
  };
  const mark = (found: SettingsProblems): void => {
    setProblems(found);
    if (Object.keys(found).length > 0) setRefusals((before) => before + 1);
  };
  const save = async (): Promise<void> => {
    const found = problemsOf(draft);
    mark(found);
    if (Object.keys(found).length > 0 || saving) return;
    const { settings, autoStart } = editOf(draft, account);
    setSaving(true);
    setFailure(undefined);
    try {
      if (settings !== undefined) {
        const configured = await call('accounts.configure', { accountId, settings });
        // The gate takes its settings at once; everything else waits for the next start.
        actions.takeConfigured(
          configured.account,
          Object.keys(settings).some((field) => field !== 'sending'),
        );
      }
      if (autoStart !== undefined) {
        const updated = await call('accounts.update', { accountId, autoStart });
        actions.takeConfigured(updated.account, false);
      }
      setEdited(undefined);
    } catch (thrown) {
      const field = fieldOf(thrown);
      if (field === undefined) setFailure(messageOf(thrown));
      else mark({ [field]: messageOf(thrown) });
    }
    setSaving(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const props = { draft, problems, change };
  return (
    <main
      aria-label={`Settings of ${account.label}`}
      data-region="conversation"
      data-region-target
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas focus-visible:outline-none"
    >
      <form ref={form} noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <PageColumns aside={aside} asideLabel="About this account">
          <SendingSection {...props} />
          <ProxySection {...props} account={account} onProblems={() => mark(problemsOf(draft))} />
          <BrowserSection {...props} />
          <RunningSection {...props} />
          <PresenceSection {...props} />
          <SleepSection {...props} />
        </PageColumns>
        <SaveBar
          account={account}
          edited={edited !== undefined}
          saving={saving}
          problem={failure ?? (hasProblems ? 'Nothing was saved. See the marked fields.' : undefined)}
          onDiscard={() => {
            setEdited(undefined);
            setProblems({});
            setFailure(undefined);
          }}
        />
      </form>
    </main>
  );
};
