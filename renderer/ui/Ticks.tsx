import { Check, CheckCheck, CircleAlert, CircleHelp, Clock3, type LucideIcon } from 'lucide-react';

export type TickState = 'pending' | 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'unknown';

const looks: Record<TickState, { readonly icon: LucideIcon; readonly words: string; readonly color: string }> = {
  pending: { icon: Clock3, words: 'Waiting', color: 'text-text-3' },
  sent: { icon: Check, words: 'Sent', color: 'text-text-3' },
  delivered: { icon: CheckCheck, words: 'Delivered', color: 'text-text-3' },
  read: { icon: CheckCheck, words: 'Read', color: 'text-accent' },
  played: { icon: CheckCheck, words: 'Played', color: 'text-accent' },
  failed: { icon: CircleAlert, words: 'Failed', color: 'text-bad' },
  unknown: { icon: CircleHelp, words: 'Not certain', color: 'text-warn' },
};

/** How far a message has come, as a word. */
export const tickWords = (state: TickState): string => looks[state].words;

export interface TicksProps {
  readonly state: TickState;
  readonly size?: number;
  /** More than the usual word, for example why it waits. */
  readonly words?: string;
}

/** How far a message has come. */
export const Ticks = ({ state, size = 15, words = looks[state].words }: TicksProps) => {
  const { icon: Picture, color } = looks[state];
  const thin = state === 'pending' || state === 'failed' || state === 'unknown';
  return (
    <span role="img" aria-label={words} title={words} className={`inline-flex shrink-0 ${color}`}>
      <Picture size={thin ? size - 2 : size} strokeWidth={1.9} aria-hidden="true" />
    </span>
  );
};
