import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { PageColumns } from '../../ui/PageColumns';
import { Section } from '../../ui/Section';
import { SideCard } from '../../ui/SideCard';
import { SwitchRow } from '../../ui/SwitchRow';
import { ApiKeysSection } from './ApiKeysSection';
import { LocalApiSection } from './LocalApiSection';
import { ProxyTestField } from './ProxyTestField';

const themes = [
  { value: 'system', title: 'System' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const;

const WindowSection = () => {
  const settings = useConsole((state) => state.settings);
  return (
    <Section title="This window">
      <ChoiceCards
        inline
        label="Theme"
        value={settings.theme}
        choices={themes}
        onChange={(theme) => void actions.changeSettings({ theme })}
      />
      <SwitchRow
        title="Enter sends"
        text={settings.enterSends ? 'Shift Enter starts a new line.' : 'Enter starts a new line, Ctrl Enter sends.'}
        selected={settings.enterSends}
        onChange={(enterSends) => void actions.changeSettings({ enterSends })}
      />
    </Section>
  );
};

const AllAccountsSection = () => (
  <Section title="All accounts">
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <div className="min-w-[220px] flex-1">
        <span className="block font-[560]">Do not contact</span>
        <span className="block text-[12.5px] text-text-2">People whom no account writes to.</span>
      </div>
      <Button onPress={() => actions.openDialog({ kind: 'doNotContact' })}>Open the list</Button>
    </div>
    <ProxyTestField />
  </Section>
);

/** The preferences of this console. Every change holds at once. */
export const SettingsPage = () => (
  <main
    aria-label="Settings"
    data-region="conversation"
    data-region-target
    tabIndex={-1}
    className="flex h-full min-h-0 min-w-0 flex-col bg-canvas focus-visible:outline-none"
  >
    <header className="flex min-h-[58px] shrink-0 items-center border-b border-line bg-surface ps-5 pe-[14px]">
      <h1 className="m-0 text-[17px] font-[680] tracking-[-0.01em]">Settings</h1>
    </header>
    <PageColumns
      asideLabel="About"
      aside={
        <SideCard title="About">
          <p className="m-0 text-[12.8px] text-text-2">
            Changes hold at once. What belongs to one account is in the settings of that account.
          </p>
          <p className="m-0 mt-2 text-[12.8px] text-text-2">
            Switchboard is not affiliated with, or endorsed by, WhatsApp or Meta. Sending to many people at once can get
            a number banned.
          </p>
        </SideCard>
      }
    >
      <WindowSection />
      <LocalApiSection />
      <ApiKeysSection />
      <AllAccountsSection />
    </PageColumns>
  </main>
);
