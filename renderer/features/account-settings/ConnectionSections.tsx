import type { Account } from '../../../electron/contract/entities/account';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { Field } from '../../ui/Field';
import { SelectField } from '../../ui/SelectField';
import { SwitchRow } from '../../ui/SwitchRow';
import type { FormProps } from './form-props';
import { ProxyTest } from './ProxyTest';
import { Indent, Section } from './Section';
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
export const ProxySection = ({ account, draft, problems, change, onProblems }: ProxySectionProps) => (
  <Section title="Connection">
    <SwitchRow
      title="Use a proxy"
      text="Everything of this account goes through it. When it fails the account stops; it never goes around it."
      selected={draft.proxyOn}
      onChange={(proxyOn) => change({ proxyOn })}
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
          <Field
            label="Host"
            placeholder="proxy.example.com"
            value={draft.proxyHost}
            problem={problems.proxyHost}
            onChange={(proxyHost) => change({ proxyHost })}
          />
          <Field
            label="Port"
            inputMode="numeric"
            value={draft.proxyPort}
            problem={problems.proxyPort}
            onChange={(proxyPort) => change({ proxyPort })}
          />
        </div>
        <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
          <Field
            label="User"
            hint="Empty for a proxy without a login."
            value={draft.proxyUsername}
            problem={problems.proxyUsername}
            onChange={(proxyUsername) => change({ proxyUsername })}
          />
          <Field
            type="password"
            autoComplete="new-password"
            label="Password"
            hint={passwordHint(account, isSavedProxy({ ...draft, proxyPassword: '' }, account.settings))}
            value={draft.proxyPassword}
            problem={problems.proxyPassword}
            onChange={(proxyPassword) => change({ proxyPassword })}
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

/** What the account runs in. */
export const BrowserSection = ({ draft, problems, change }: FormProps) => (
  <Section title="Browser" text="Its language and its name are the browser’s own.">
    <ChoiceCards
      inline
      label="Which browser"
      value={draft.browser}
      choices={browsers}
      onChange={(browser) => change({ browser })}
    />
    {draft.browser === 'installed' && (
      <Field
        label="Path of the browser"
        placeholder="/usr/bin/chromium"
        value={draft.browserPath}
        problem={problems.browserPath}
        onChange={(browserPath) => change({ browserPath })}
      />
    )}
    <Field
      lines={2}
      label="Extra switches"
      hint="One per line, for example --disable-gpu. What weakens the browser’s security is refused."
      value={draft.chromiumFlags}
      problem={problems.chromiumFlags}
      onChange={(chromiumFlags) => change({ chromiumFlags })}
    />
  </Section>
);
