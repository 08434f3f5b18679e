import type { LucideIcon } from 'lucide-react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon } from './Icon';
import { Tooltip, type TooltipProps } from './Tooltip';

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  readonly icon: LucideIcon;
  /** What it does: the accessible name and the tooltip. */
  readonly label: string;
  readonly keys?: string;
  readonly placement?: NonNullable<TooltipProps['placement']>;
  readonly large?: boolean;
  /** Whether what it opens is on the screen. */
  readonly current?: boolean;
}

/** A button that shows a picture; its words are in the tooltip. */
export const IconButton = ({
  icon,
  label,
  keys,
  placement = 'bottom',
  large = false,
  current = false,
  ...props
}: IconButtonProps) => (
  <Tooltip text={label} keys={keys} placement={placement}>
    <AriaButton
      {...props}
      aria-label={label}
      {...(current ? { 'aria-current': 'true' as const } : {})}
      className={`grid shrink-0 place-items-center transition-colors duration-[120ms] pressed:bg-line disabled:opacity-45 ${
        current ? 'bg-accent-weak text-accent-ink' : 'text-text-2 hover:bg-hover hover:text-text'
      } ${large ? 'h-10 w-11 rounded-[11px]' : 'size-8 rounded-[9px]'}`}
    >
      <Icon icon={icon} />
    </AriaButton>
  </Tooltip>
);
