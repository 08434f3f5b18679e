import type { Account } from '../../../electron/contract/entities/account';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { Indent, Section } from '../../ui/Section';
import { SelectField } from '../../ui/SelectField';
import { DraftField, DraftSwitch } from './DraftFields';
import type { FormProps } from './form-props';
import { ProxyTest } from './ProxyTest';
import { isSavedProxy, type ProxyProtocol } from './settings-draft';

const protocols: readonly { readonly value: ProxyProtocol; readonly title: string }[] = [
  { value: 'http', title: 'HTTP' },
  { value: 'https', title: 'HTTPS' },
  { value: 'socks4', title: 'SOCKS4' },
  { value: 'socks5', title: 'SOCKS5' },
  { value: 'socks5h', title: 'SOCKS5, names resolved by the proxy' },
];

const browsers = [
  { value: 'builtin', title: 'Built in', text: 'This app’s own. Needs nothing installed and about half the memory.' },
  { value: 'installed', title: 'Installed', text: 'A Chrome, Chromium or Edge on this computer.' },
] as const;

const passwordHint = (account: Account, isSaved: boolean): string => {
  const { proxy } = account.settings;
  if (proxy?.hasPassword !== true) return 'Goes to this computer’s secret store. It is never shown again.';
  return isSaved
    ? 'A password is saved. Leave this empty to keep it.'
    : 'The saved password belongs to the proxy as it was. Type one for this proxy if it needs one.';
};

export interface ProxySectionProps extends FormProps {
  readonly account: Account;
  readonly onProblems: () => void;
}

/** How the account reaches WhatsApp. */
export const ProxySection = ({ account, onProblems, ...form }: ProxySectionProps) => {
  const { draft, change } = form;
  return (
    <Section title="Connection">
      <DraftSwitch
        form={form}
        name="proxyOn"
        title="Use a proxy"
        text="Everything of this account goes through it. When it fails the account stops; it never goes around it."
      />
      {draft.proxyOn && (
        <Indent>
          <div className="grid items-start gap-4 min-[760px]:grid-cols-[200px_minmax(0,1fr)_110px]">
            <SelectField
              label="Protocol"
              value={draft.proxyProtocol}
              choices={protocols}
              onChange={(proxyProtocol) => change({ proxyProtocol })}
            />
            <DraftField form={form} name="proxyHost" label="Host" placeholder="proxy.example.com" />
            <DraftField form={form} name="proxyPort" label="Port" inputMode="numeric" />
          </div>
          <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
            <DraftField form={form} name="proxyUsername" label="User" hint="Empty for a proxy without a login." />
            <DraftField
              form={form}
              name="proxyPassword"
              type="password"
              autoComplete="new-password"
              label="Password"
              hint={passwordHint(account, isSavedProxy({ ...draft, proxyPassword: '' }, account.settings))}
            />
          </div>
          <ProxyTest
            // A result belongs to the proxy that was tested.
            key={[draft.proxyProtocol, draft.proxyHost, draft.proxyPort, draft.proxyUsername, draft.proxyPassword].join(
              '\n',
            )}
            account={account}
            draft={draft}
            onProblems={onProblems}
          />
        </Indent>
      )}
    </Section>
  );
};

/** What the account runs in. */
export const BrowserSection = (form: FormProps) => (
  <Section title="Browser" text="Its language and its name are the browser’s own.">
    <ChoiceCards
      inline
      label="Which browser"
      value={form.draft.browser}
      choices={browsers}
      onChange={(browser) => form.change({ browser })}
    />
    {form.draft.browser === 'installed' && (
      <DraftField form={form} name="browserPath" label="Path of the browser" placeholder="/usr/bin/chromium" />
    )}
    <DraftField
      form={form}
      name="chromiumFlags"
      lines={2}
      label="Extra switches"
      hint="One per line, for example --disable-gpu. What weakens the browser’s security is refused."
    />
  </Section>
);
