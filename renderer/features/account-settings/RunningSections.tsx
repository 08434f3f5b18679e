import { ChoiceCards } from '../../ui/ChoiceCards';
import { Field } from '../../ui/Field';
import { SwitchRow } from '../../ui/SwitchRow';
import type { FormProps } from './form-props';
import { Indent, Section } from './Section';

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
export const RunningSection = ({ draft, problems, change }: FormProps) => (
  <Section title="Running">
    <SwitchRow
      title="Start with the app"
      text="Stopping the account by hand turns this off, starting it turns it on."
      selected={draft.autoStart}
      onChange={(autoStart) => change({ autoStart })}
    />
    <SwitchRow
      title="Restart after a crash"
      text="With growing pauses. After repeated failure it rests and says why."
      selected={draft.restartOnCrash}
      onChange={(restartOnCrash) => change({ restartOnCrash })}
    />
    <SwitchRow
      title="Limit its memory"
      text="Above the limit the account is restarted. Nothing is lost by that."
      selected={draft.memoryLimitOn}
      onChange={(memoryLimitOn) => change({ memoryLimitOn })}
    />
    {draft.memoryLimitOn && (
      <Indent>
        <Field
          label="Memory limit"
          inputMode="numeric"
          unit="MB"
          value={draft.memoryLimitMb}
          problem={problems.memoryLimitMb}
          onChange={(memoryLimitMb) => change({ memoryLimitMb })}
        />
      </Indent>
    )}
    <div className="grid items-start gap-4 border-t border-line pt-4 min-[760px]:grid-cols-2">
      <Field
        label="A start may take"
        inputMode="numeric"
        unit="seconds"
        hint="Until a code, reading chats or ready. Then it is tried again."
        value={draft.startTimeoutSeconds}
        problem={problems.startTimeoutSeconds}
        onChange={(startTimeoutSeconds) => change({ startTimeoutSeconds })}
      />
      <Field
        label="Reading chats may stand still"
        inputMode="numeric"
        unit="minutes"
        hint="Accounts with very many chats need longer."
        value={draft.syncTimeoutMinutes}
        problem={problems.syncTimeoutMinutes}
        onChange={(syncTimeoutMinutes) => change({ syncTimeoutMinutes })}
      />
    </div>
  </Section>
);

/** What customers see of the account. */
export const PresenceSection = ({ draft, change }: FormProps) => (
  <Section title="What customers see">
    <ChoiceCards
      label="Presence"
      value={draft.presence}
      choices={presences}
      onChange={(presence) => change({ presence })}
    />
    <SwitchRow
      title="Read receipts"
      text="Opening a conversation tells the customer that it was read."
      selected={draft.readReceipts}
      onChange={(readReceipts) => change({ readReceipts })}
    />
  </Section>
);

/** Whether an idle account gives its memory back. */
export const SleepSection = ({ draft, problems, change }: FormProps) => (
  <Section title="Sleep">
    <SwitchRow
      title="Let it sleep when nothing happens"
      text="Its browser goes, its login stays. Asleep it receives nothing; it looks for news now and then, and wakes for a send or when somebody opens it."
      selected={draft.sleepOn}
      onChange={(sleepOn) => change({ sleepOn })}
    />
    {draft.sleepOn && (
      <Indent>
        <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
          <Field
            label="Falls asleep after"
            inputMode="numeric"
            unit="idle minutes"
            value={draft.afterIdleMinutes}
            problem={problems.afterIdleMinutes}
            onChange={(afterIdleMinutes) => change({ afterIdleMinutes })}
          />
          <Field
            label="Looks for news every"
            inputMode="numeric"
            unit="minutes"
            value={draft.lookEveryMinutes}
            problem={problems.lookEveryMinutes}
            onChange={(lookEveryMinutes) => change({ lookEveryMinutes })}
          />
        </div>
      </Indent>
    )}
  </Section>
);
