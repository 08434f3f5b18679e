import { FlaskConical, type LucideIcon, Smartphone } from 'lucide-react';
import { actions } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';

interface WayProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly primary?: boolean;
  readonly network: 'whatsapp' | 'practice';
}

const Way = ({ icon, title, text, action, primary = false, network }: WayProps) => (
  <section className="surface-card flex flex-col items-start p-6">
    <span className="grid size-10 place-items-center rounded-[12px] bg-accent-weak text-accent-ink">
      <Icon icon={icon} size={20} />
    </span>
    <h2 className="m-0 mt-4 text-[15.5px] font-[650]">{title}</h2>
    <p className="m-0 mt-1 mb-5 flex-1 text-text-2">{text}</p>
    <Button look={primary ? 'primary' : 'ghost'} onPress={() => actions.openDialog({ kind: 'addAccount', network })}>
      {action}
    </Button>
  </section>
);

/** The window without any account: what this is, and the two ways to begin. */
export const Welcome = () => (
  <main
    aria-label="Welcome"
    data-empty
    data-region="conversation"
    data-region-target
    tabIndex={-1}
    className="h-full min-h-0 overflow-y-auto bg-canvas focus-visible:outline-none"
  >
    <div className="mx-auto flex min-h-full max-w-[720px] flex-col justify-center px-6 py-10">
      <h1 className="m-0 text-[24px] font-[680] leading-[1.25] tracking-[-0.015em]">All your numbers in one inbox</h1>
      <p className="m-0 mt-2 mb-7 max-w-[54ch] text-[14.5px] text-text-2">
        Switchboard shows the chats of several WhatsApp accounts side by side and answers from the right one. Add the
        first account to begin.
      </p>
      <div className="grid gap-4 min-[720px]:grid-cols-2">
        <Way
          primary
          icon={Smartphone}
          network="whatsapp"
          title="WhatsApp"
          text="Link a number of yours with a QR code. Its chats stay on this computer."
          action="Link a WhatsApp number"
        />
        <Way
          icon={FlaskConical}
          network="practice"
          title="Practice network"
          text="See the whole console work with a simulated phone and customers. No phone needed, nothing leaves this computer."
          action="Try the practice network"
        />
      </div>
      <p className="m-0 mt-6 text-[12px] text-text-3">Not affiliated with WhatsApp or Meta.</p>
    </div>
  </main>
);
