import { Switch } from 'react-aria-components';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { ChoiceCards } from '../../ui/ChoiceCards';
import { Dialog, DialogActions } from '../../ui/Dialog';

const themes = [
  { value: 'system', title: 'System' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const;

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
        <Switch
          isSelected={settings.enterSends}
          onChange={(enterSends) => void actions.changeSettings({ enterSends })}
          className="group flex cursor-default items-center gap-3"
        >
          <span className="flex h-5 w-9 shrink-0 items-center rounded-full bg-text-3 p-[2px] transition-colors duration-[140ms] group-selected:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent">
            <span className="size-4 rounded-full bg-white transition-transform duration-[140ms] group-selected:translate-x-4 rtl:group-selected:-translate-x-4" />
          </span>
          <span>
            <span className="block font-[560]">Enter sends</span>
            <span className="block text-[12.5px] text-text-2">
              {settings.enterSends ? 'Shift Enter starts a new line.' : 'Enter starts a new line, Ctrl Enter sends.'}
            </span>
          </span>
        </Switch>
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
