import { useState } from 'react';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { SwitchRow } from '../../ui/SwitchRow';

const themes = [
  { value: 'system', title: 'System' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const;

/** Whom proxy tests ask. It holds as soon as the field is left with an address in it. */
const ProxyTestField = () => {
  const saved = useConsole((state) => state.settings.proxyTestUrl);
  const [typed, setTyped] = useState(saved);
  const [problem, setProblem] = useState<string>();
  const keep = (): void => {
    const address = typed.trim();
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
      setProblem('Type a web address that starts with https:// or http://.');
      return;
    }
    if (address !== saved) void actions.changeSettings({ proxyTestUrl: address });
  };
  return (
    <Field
      label="Proxy tests ask"
      hint="A web address that answers with the caller’s address. It is asked only when you test a proxy."
      value={typed}
      problem={problem}
      onLeave={keep}
      onChange={(value) => {
        setTyped(value);
        setProblem(undefined);
      }}
    />
  );
};

/** The preferences of this console. Every change holds at once. */
export const SettingsDialog = () => {
  const settings = useConsole((state) => state.settings);
  const close = (): void => actions.openDialog(undefined);
  return (
    <Dialog title="Settings" onClose={close}>
      <div className="flex flex-col gap-5">
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
        <ProxyTestField />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <div className="min-w-[220px] flex-1">
            <span className="block font-[560]">Do not contact</span>
            <span className="block text-[12.5px] text-text-2">People whom no account writes to.</span>
          </div>
          <Button onPress={() => actions.openDialog({ kind: 'doNotContact' })}>Open the list</Button>
        </div>
        <section className="border-t border-line pt-4 text-[12.5px] text-text-2">
          <h3 className="m-0 mb-1 text-[12.5px] font-[620] text-text">About</h3>
          <p className="m-0">
            Switchboard is not affiliated with, or endorsed by, WhatsApp or Meta. Sending to many people at once can get
            a number banned.
          </p>
        </section>
      </div>
      <DialogActions>
        <Button look="primary" onPress={close}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
};
