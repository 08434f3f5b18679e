import { ChoiceCards } from '../../ui/ChoiceCards';
import { Indent, Section } from '../../ui/Section';
import { DraftField, DraftSwitch } from './DraftFields';
import type { FormProps } from './form-props';

const presences = [
  {
    value: 'unavailable',
    title: 'Not online',
    text: 'The phone keeps ringing for new messages. Customers do not see this account online.',
  },
  {
    value: 'available',
    title: 'Online',
    text: 'Customers see it online while it runs. The phone stays silent: WhatsApp believes that somebody is looking here.',
  },
] as const;

/** When it runs, and when it is ended. */
export const RunningSection = (form: FormProps) => (
  <Section title="Running">
    <DraftSwitch
      form={form}
      name="autoStart"
      title="Start with the app"
      text="Stopping the account by hand turns this off, starting it turns it on."
    />
    <DraftSwitch
      form={form}
      name="restartOnCrash"
      title="Restart after a crash"
      text="With growing pauses. After repeated failure it rests and says why."
    />
    <DraftSwitch
      form={form}
      name="memoryLimitOn"
      title="Limit its memory"
      text="Above the limit the account is restarted. Nothing is lost by that."
    />
    {form.draft.memoryLimitOn && (
      <Indent>
        <DraftField form={form} name="memoryLimitMb" label="Memory limit" unit="MB" />
      </Indent>
    )}
    <div className="grid items-start gap-4 border-t border-line pt-4 min-[760px]:grid-cols-2">
      <DraftField
        form={form}
        name="startTimeoutSeconds"
        label="A start may take"
        unit="seconds"
        hint="Until a code, reading chats or ready. Then it is tried again."
      />
      <DraftField
        form={form}
        name="syncTimeoutMinutes"
        label="Reading chats may stand still"
        unit="minutes"
        hint="Accounts with very many chats need longer."
      />
    </div>
  </Section>
);

/** What customers see of the account. */
export const PresenceSection = (form: FormProps) => (
  <Section title="What customers see">
    <ChoiceCards
      label="Presence"
      value={form.draft.presence}
      choices={presences}
      onChange={(presence) => form.change({ presence })}
    />
    <DraftSwitch
      form={form}
      name="readReceipts"
      title="Read receipts"
      text="Opening a conversation tells the customer that it was read."
    />
  </Section>
);

/** Whether an idle account gives its memory back. */
export const SleepSection = (form: FormProps) => (
  <Section title="Sleep">
    <DraftSwitch
      form={form}
      name="sleepOn"
      title="Let it sleep when nothing happens"
      text="Its browser goes, its login stays. Asleep it receives nothing; it looks for news now and then, and wakes for a send or when somebody opens it."
    />
    {form.draft.sleepOn && (
      <Indent>
        <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
          <DraftField form={form} name="afterIdleMinutes" label="Falls asleep after" unit="idle minutes" />
          <DraftField form={form} name="lookEveryMinutes" label="Looks for news every" unit="minutes" />
        </div>
      </Indent>
    )}
  </Section>
);
