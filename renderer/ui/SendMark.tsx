import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  CircleSlash,
  Clock3,
  Hourglass,
  type LucideIcon,
  SendHorizontal,
} from 'lucide-react';
import { Icon } from './Icon';

export type SendMarkState =
  | 'queued'
  | 'claimed'
  | 'handed'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'unknown'
  | 'stuck'
  | 'cancelled'
  | 'dismissed';

const looks: Readonly<Record<SendMarkState, { readonly icon: LucideIcon; readonly color: string }>> = {
  queued: { icon: Clock3, color: 'text-text-2' },
  claimed: { icon: SendHorizontal, color: 'text-text-2' },
  handed: { icon: SendHorizontal, color: 'text-text-2' },
  sent: { icon: Check, color: 'text-text-2' },
  delivered: { icon: CheckCheck, color: 'text-text-2' },
  read: { icon: CheckCheck, color: 'text-accent-ink' },
  failed: { icon: CircleAlert, color: 'text-bad-ink' },
  unknown: { icon: CircleHelp, color: 'text-warn-ink' },
  stuck: { icon: Hourglass, color: 'text-warn-ink' },
  cancelled: { icon: Ban, color: 'text-text-2' },
  dismissed: { icon: CircleSlash, color: 'text-text-2' },
};

/** How far something on its way out has come: a picture with its word. */
export const SendMark = ({ state, word }: { readonly state: SendMarkState; readonly word: string }) => (
  <span
    className={`inline-flex items-center gap-[5px] whitespace-nowrap text-[12.5px] font-[560] ${looks[state].color}`}
  >
    <Icon icon={looks[state].icon} size={15} />
    {word}
  </span>
);
