import { Indent, Section } from '../../ui/Section';
import { SelectField } from '../../ui/SelectField';
import { DraftField, DraftSwitch } from './DraftFields';
import type { FormProps } from './form-props';
import { ownTimeZone } from './sending-draft';

const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

/** Every time zone the computer knows, its own first. */
const zonesWith = (chosen: string): readonly { readonly value: string; readonly title: string }[] => {
  const own = ownTimeZone();
  const all = [...new Set([own, chosen, ...Intl.supportedValuesOf('timeZone')])];
  return all.map((zone) => ({
    value: zone,
    title: zone === own ? `${zoneName(zone)} (this computer)` : zoneName(zone),
  }));
};

const Pace = ({ form, lane }: { readonly form: FormProps; readonly lane: 'api' | 'bulk' }) => (
  <fieldset className="m-0 min-w-0 border-0 p-0">
    <legend className="mb-[6px] p-0 font-[560]">
      {lane === 'api' ? 'Between messages of programs' : 'Between messages of a bulk send'}
    </legend>
    <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
      <DraftField
        form={form}
        name={lane === 'api' ? 'apiMinSeconds' : 'bulkMinSeconds'}
        label="At least"
        unit="seconds"
      />
      <DraftField
        form={form}
        name={lane === 'api' ? 'apiMaxSeconds' : 'bulkMaxSeconds'}
        label="At most"
        unit="seconds"
      />
    </div>
  </fieldset>
);

const QuietHours = (form: FormProps) => (
  <Indent>
    <div className="grid items-start gap-4 min-[760px]:grid-cols-[150px_150px_minmax(0,1fr)]">
      <DraftField form={form} name="quietFrom" type="time" label="From" />
      <DraftField form={form} name="quietTo" type="time" label="To" />
      <SelectField
        label="Time zone"
        value={form.draft.quietTimeZone}
        choices={zonesWith(form.draft.quietTimeZone)}
        onChange={(quietTimeZone) => form.change({ quietTimeZone })}
      />
    </div>
    <DraftSwitch
      form={form}
      name="quietHoldsPeople"
      title="Also hold what people type"
      text="Otherwise a person can answer at any hour."
    />
  </Indent>
);

/** What may leave the account, how fast, and when. */
export const SendingSection = (form: FormProps) => {
  const { draft } = form;
  return (
    <Section
      title="Sending"
      text="Numbers that send too much, too fast or to strangers get banned. These hold at once, without a restart."
    >
      <div className="grid gap-4">
        <p className="m-0 text-[12.5px] text-text-2">
          Each gap is a random one between the two. What people type never waits for it.
        </p>
        <Pace form={form} lane="api" />
        <Pace form={form} lane="bulk" />
      </div>
      <DraftSwitch
        form={form}
        name="capsOn"
        title="Cap how much leaves"
        text="In any 60 minutes and any 24 hours. Caps hold everybody, people too."
      />
      {draft.capsOn && (
        <Indent>
          <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
            <DraftField form={form} name="perHour" label="In an hour" unit="messages" hint="Empty for no cap." />
            <DraftField form={form} name="perDay" label="In a day" unit="messages" hint="Empty for no cap." />
          </div>
        </Indent>
      )}
      <DraftSwitch
        form={form}
        name="quietOn"
        title="Quiet hours"
        text="Nothing automatic leaves in them. What is accepted meanwhile waits until they are over."
      />
      {draft.quietOn && <QuietHours {...form} />}
      <DraftSwitch
        form={form}
        name="warmUpOn"
        title="Warm up a new account"
        text="It begins with few automatic messages a day, and more every day until the warm-up is over."
      />
      {draft.warmUpOn && (
        <Indent>
          <div className="grid items-start gap-4 min-[760px]:grid-cols-2">
            <DraftField form={form} name="warmUpFirstDay" label="On the first day" unit="messages" />
            <DraftField form={form} name="warmUpDays" label="The warm-up takes" unit="days" />
          </div>
        </Indent>
      )}
      <DraftSwitch
        form={form}
        name="onlyKnownChats"
        title="Only known chats"
        text="It writes only to people who have written to it, and to groups."
      />
      <DraftSwitch
        form={form}
        name="stopOnFailures"
        title="Stop on failures"
        text="When many automatic messages in a row fail, sending stops and says so until somebody presses Go on."
      />
    </Section>
  );
};
